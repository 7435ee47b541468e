"""What a link to a change request says of it."""

from portal.signoff.links import signed

signed(
    "change",
    "changes",
    "Change request",
    """select t.number, t.asked_title = '' as is_internal,
              case when t.asked_title = '' then max(v.title) else t.asked_title end as title
       from change_request t join change_version v on v.change_id = t.id
       where t.project_id = :project group by t.number, t.asked_title""",
)

"""What a link to a change request says of it."""

from portal.signoff.links import signed

signed(
    "change",
    "changes",
    "Change request",
    """select t.number, max(v.title) as title
       from change_request t join change_version v on v.change_id = t.id
       where t.project_id = :project group by t.number""",
)

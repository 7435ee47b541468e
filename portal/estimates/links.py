"""What a link to an estimate says of it."""

from portal.signoff.links import signed

signed(
    "estimate",
    "estimates",
    "Estimate",
    """select t.number, max(v.title) as title, true as is_internal
       from estimate t join estimate_version v on v.estimate_id = t.id
       where t.project_id = :project group by t.number""",
)

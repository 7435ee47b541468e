"""What a link to a prototype says of it."""

from portal.signoff.links import signed

signed(
    "prototype",
    "prototypes",
    "Prototype",
    """select t.number, max(v.title) as title
       from prototype t join prototype_version v on v.prototype_id = t.id
       where t.project_id = :project group by t.number""",
)

"""What a link to a prototype says of it."""

from portal.signoff.links import signed
from portal.threads.links import linkable

signed(
    "prototype",
    "prototypes",
    "Prototype",
    """select t.number, max(v.title) as title, true as is_internal
       from prototype t join prototype_version v on v.prototype_id = t.id
       where t.project_id = :project group by t.number""",
)
linkable(
    "prototypes/pins",
    "Pin",
    """select cast(n.number as text) as ref, substr(n.text, 1, 80) as title,
              case when n.status = 'open' then 'still open' else n.status end as state,
              false as is_internal
       from pin n where n.project_id = :project and n.batch_id is not null
         and cast(n.number as text) in ({refs})""",
)

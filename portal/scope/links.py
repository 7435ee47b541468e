"""What a link to a scope item says of it: as its newest amendment calls it."""

from portal.threads.links import linkable

linkable(
    "scope",
    "Scope item",
    """select cast(i.number as text) as ref, e.title, '' as state, false as is_internal
       from scope_item i join scope_edit e on e.item_id = i.id
       where i.project_id = :project and cast(i.number as text) in ({refs})
         and e.id = (select max(n.id) from scope_edit n where n.item_id = i.id)""",
)

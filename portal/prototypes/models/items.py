"""PrototypeItem: what of the scope a prototype shows."""

import peewee

from portal.access.models import User
from portal.core import clock, db
from portal.core.errors import DomainError
from portal.core.fields import UTCDateTimeField
from portal.core.read import Read
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.scope import baseline, trace
from portal.scope.models import ScopeItem


class PrototypeItem(db.Model):
    """A scope item that a prototype shows. Every version of it does."""

    prototype = peewee.DeferredForeignKey("Prototype", backref="item_links", on_delete="CASCADE")
    item = peewee.ForeignKeyField(ScopeItem)
    by = peewee.ForeignKeyField(User)
    linked_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("prototype", "item"), True),)


class Linking:
    """Mixed into Prototype."""

    def link_items(self, numbers, *, by):
        """Say which scope items it shows: those of these numbers, and no others.

        The client reads it beside the prototype; of a draft nobody learns before it is sent.
        Raises DomainError for an item that is not in the scope now.
        """
        with self.project.change() as project:
            wanted, linked = set(numbers), {part.number for part in self.parts()}
            self._check_there(project, wanted - linked)
            items = {row.number: row for row in project.scope_items}
            for number in wanted - linked:
                PrototypeItem.create(prototype=self, item=items[number], by=by)
            gone = [items[number] for number in linked - wanted]
            mine = PrototypeItem.prototype == self
            PrototypeItem.delete().where(mine, PrototypeItem.item.in_(gone)).execute()
            if wanted != linked:
                self._tell(project, wanted, by)

    def announce_items(self, *, by):
        """Record what it shows when the client first learns of it. Call it inside `change()`."""
        numbers = [part.number for part in self.parts()]
        if numbers:
            record(Verb.PROTOTYPE_LINKED, self, by=by, items=numbers)

    def parts(self):
        """Return the scope items it shows, in order: Parts."""
        return [trace.part(self.project, row) for row in _PARTS.all(prototype=self.id)]

    def _tell(self, project, numbers, by):
        if type(self).find(project, self.number).sent:
            record(Verb.PROTOTYPE_LINKED, self, by=by, items=sorted(numbers))
        else:
            project.revise(is_internal=True)

    def _check_there(self, project, numbers):
        now = baseline.of(project) if numbers else None
        for number in sorted(numbers):
            item = now.item(number)
            if item is None or item.is_removed:
                raise DomainError(f"Scope item {number} is not in the scope now.")


_PARTS = Read(
    """select i.number, (select e.title from scope_edit e
              where e.item_id = i.id and e.title <> '' order by e.id desc limit 1) as title
       from prototype_item p join scope_item i on i.id = p.item_id
       where p.prototype_id = :prototype order by i.number"""
)

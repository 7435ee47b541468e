"""Alternative: one way to make the change. Impact: what it does to one scope item."""

import peewee

from portal.changes.effects import Effect, total_minor
from portal.core import db
from portal.core.fields import EnumField, LineField, ProseField
from portal.core.read import Read
from portal.estimates.pricing import line_price
from portal.scope.models import Action, ScopeItem

ALTERNATIVES_MOST = 5  # More is a menu, not a choice.
IMPACTS_MOST = 60  # Of all alternatives. Of the largest amounts they still add up to below 2^53.


def alone(impacts, launch_on=None):
    """Return the one alternative of a request that offers no choice, as `write` takes it."""
    return {"number": 1, "impacts": impacts, "launch_on": launch_on}


class Alternative(db.Model):
    """One way to make the change: pay more, drop something, launch later.

    Its number is the same in every version that has it. One that stands alone needs no title.
    """

    version = peewee.DeferredForeignKey("ChangeVersion", backref="ways", on_delete="CASCADE")
    number = peewee.IntegerField()
    position = peewee.IntegerField()
    title = LineField(default="")
    summary = LineField(default="")  # One sentence.
    launch_on = peewee.DateField(null=True)  # The new launch, if it moves.
    is_recommended = peewee.BooleanField(default=False)  # By the studio; ticked at first.

    impacts = ()  # Its rows as they were typed, each with its `item_number`; see `alternatives_of`.

    class Meta:
        table_name = "change_alternative"
        indexes = ((("version", "number"), True),)

    @property
    def effects(self):
        """What the rows come to beside the scope as it stands now."""
        now = self.version.baseline
        return [Effect.of(one, now.item(one.item_number)) for one in self.impacts]

    @property
    def total_minor(self):
        return total_minor(self.effects)

    @property
    def new_launch_on(self):
        """The launch it asks for, or None if that is the one there is."""
        return None if self.launch_on == self.version.project.launch_on else self.launch_on

    def columns(self):
        """Return what makes the same alternative again, as `write` takes it."""
        names = ("number", "title", "summary", "launch_on", "is_recommended")
        rows = [one.columns() for one in self.impacts]
        return {**{name: getattr(self, name) for name in names}, "impacts": rows}


class Impact(db.Model):
    """One row of a draft: what happens to one scope item. What is missing may still be missing."""

    alternative = peewee.ForeignKeyField(Alternative, backref="rows", on_delete="CASCADE")
    position = peewee.IntegerField()
    action = EnumField(Action)
    item = peewee.ForeignKeyField(ScopeItem, null=True)  # None for what is added.
    section = LineField(default="")
    title = LineField(default="")  # Empty: as it is called now.
    detail = ProseField(default="")
    price_minor = peewee.BigIntegerField(null=True)  # What it adds; negative when it gives back.
    unit = LineField(default="", max_length=20)  # h, day, piece; empty: the price is fixed.
    quantity_thousandths = peewee.BigIntegerField(null=True)
    rate_minor = peewee.BigIntegerField(null=True)

    COLUMNS = ("action", "section", "title", "detail", "price_minor")
    EFFORT = ("unit", "quantity_thousandths", "rate_minor")

    @property
    def is_by_rate(self):
        return bool(self.unit)

    @property
    def priced_minor(self):
        """What it comes to, or None while what makes it up is missing."""
        numbers = (self.quantity_thousandths, self.rate_minor, self.price_minor)
        return line_price(*numbers, is_fixed=not self.is_by_rate)

    @property
    def effort(self):
        """Quantity, unit and rate, as an Effect has them; nothing for a fixed price."""
        return {name: getattr(self, name) for name in self.EFFORT} if self.is_by_rate else {}

    def columns(self):
        """Return what makes the same row again, as `write` takes it."""
        names = (*self.COLUMNS, *self.EFFORT)
        return {**{name: getattr(self, name) for name in names}, "item": self.item_number}


_WAYS = Read(
    """select {a}, {m}, {i} from change_alternative a
       left join impact m on m.alternative_id = a.id left join scope_item i on i.id = m.item_id
       where a.version_id = :version order by a.position, m.position""",
    models={"a": Alternative, "m": Impact, "i": ScopeItem},
)
_LAST = Read(
    """select max(a.number) as number from change_alternative a
       join change_version v on v.id = a.version_id where v.change_id = :change"""
)


def alternatives_of(version):
    """Return the alternatives of a version in order, each with its rows."""
    found = {}
    for row, impact, item in _WAYS.all(version=version.id):
        way = found.setdefault(row.id, row)
        if way is row:
            way.version, way.impacts = version, []
            way._dirty.clear()
        if impact.id is not None:
            impact.item_number = item.number
            way.impacts.append(impact)
    return list(found.values())


def last_number(change):
    """Return the highest number an alternative has in any version of a change request, or 0."""
    return _LAST.value(change=change.id) or 0

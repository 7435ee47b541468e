"""Section and Line: what a version of an estimate is made of."""

from enum import StrEnum

import peewee

from portal.core import db
from portal.core.fields import EnumField, JSONTextField, LineField
from portal.core.read import Read
from portal.estimates import pricing

UNITS = ("h", "day", "piece")
LINES_MOST = 200  # A form of them stays below what the portal takes in one request.
SECTIONS_MOST = 40


class LineKind(StrEnum):
    QUANTITY = "quantity"  # Quantity × rate.
    FIXED = "fixed"  # A price, whatever it takes; below zero for a discount.


class Section(db.Model):
    """Lines under one name. Its number is the same in every version that has the section.

    Sections that name the same `choice` are packages: the client takes exactly one of them.
    """

    version = peewee.DeferredForeignKey("EstimateVersion", backref="sections", on_delete="CASCADE")
    number = peewee.IntegerField()
    position = peewee.IntegerField()
    title = LineField(default="")
    choice = LineField(default="")  # "Level of care"; empty: everyone gets it.
    is_chosen_by_default = peewee.BooleanField(default=False)  # Among its packages.

    class Meta:
        table_name = "estimate_section"

    def lines_in_order(self):
        return list(self.lines.order_by(Line.position, Line.id))

    def copy_to(self, version):
        """Make the same section in another version, without its lines."""
        names = ("number", "position", "title", "choice", "is_chosen_by_default")
        return Section.create(version=version, **{name: getattr(self, name) for name in names})


class Line(db.Model):
    """One thing with its price. Its number is the same in every version that has the line."""

    section = peewee.ForeignKeyField(Section, backref="lines", on_delete="CASCADE")
    number = peewee.IntegerField()
    position = peewee.IntegerField()
    what = LineField(default="")
    note = LineField(default="")
    kind = EnumField(LineKind, default=LineKind.QUANTITY)
    quantity_thousandths = peewee.BigIntegerField(null=True)
    unit = LineField(default=UNITS[0], max_length=20)
    rate_minor = peewee.BigIntegerField(null=True)
    fixed_minor = peewee.BigIntegerField(null=True)
    is_optional = peewee.BooleanField(default=False)
    is_chosen_by_default = peewee.BooleanField(default=False)
    least_thousandths = peewee.BigIntegerField(null=True)  # Both: the client may choose between.
    most_thousandths = peewee.BigIntegerField(null=True)
    taxes = JSONTextField(null=True)  # Numbers of the version's taxes; None: all of them.
    # What the studio thinks it takes. No client ever reads these.
    role = LineField(default="", max_length=60)  # On the rate card.
    low_minutes = peewee.BigIntegerField(null=True)
    likely_minutes = peewee.BigIntegerField(null=True)
    high_minutes = peewee.BigIntegerField(null=True)

    class Meta:
        table_name = "estimate_line"

    @property
    def is_fixed(self):
        return self.kind == LineKind.FIXED

    @property
    def is_blank(self):
        """Nobody wrote anything in it yet: it is left out of what is sent."""
        by_rate = (self.quantity_thousandths, self.rate_minor)
        numbers = (self.fixed_minor,) if self.is_fixed else by_rate
        return not self.what and not self.note and all(one is None for one in numbers)

    @property
    def price_minor(self):
        """The price, or None while what makes it up is missing."""
        return pricing.line_price(
            self.quantity_thousandths, self.rate_minor, self.fixed_minor, is_fixed=self.is_fixed
        )

    def copy_to(self, section, **changes):
        """Make the same line in another section, or in this one with another number."""
        kept = {
            name: getattr(self, name)
            for name in self._meta.fields
            if name not in ("id", "section", *changes)
        }
        return Line.create(section=section, **kept, **changes)


_PARTS = Read(
    """select {s}, {l} from estimate_section s left join estimate_line l on l.section_id = s.id
       where s.version_id = :version order by s.position, s.id, l.position, l.id""",
    models={"s": Section, "l": Line},
)


def parts_of(version):
    """Return a version's sections in order, each with its lines in order."""
    parts = {}
    for row in _PARTS.all(version=version.id):
        section, lines = parts.setdefault(row[0].id, (row[0], []))
        if row[1].id is not None:
            row[1].section = section
            row[1]._dirty.clear()
            lines.append(row[1])
    return list(parts.values())

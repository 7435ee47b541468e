"""A section and a line of a draft, as a browser posts them."""

import re

from wtforms import BooleanField, Form, SelectField, StringField
from wtforms.validators import Length, ValidationError

from portal.core import money
from portal.core.form_fields import MoneyField, NumberField, QuantityField
from portal.estimates.models import LineKind
from portal.estimates.pricing import LARGEST_LINE_MINOR, line_price
from portal.estimates.ranges import DAY_MINUTES
from portal.estimates.rows import NOTE_CHARACTERS, WHAT_CHARACTERS

FIXED = str(LineKind.FIXED)
MINUTES = {"h": 60, "d": DAY_MINUTES, "m": 1}
EFFORT = re.compile(r"(.*?)\s*(?:(h)(?:ours?)?|(d)(?:ays?)?|(m)(?:in(?:utes?)?)?)?", re.IGNORECASE)


class EffortField(NumberField):
    """Minutes, typed as hours, or as “2d” or “45m”."""

    def parse(self, text):
        number, *units = EFFORT.fullmatch(text).groups()
        thousandths = money.parse_thousandths(number, self.meta.locale)
        if thousandths < 0:
            raise ValueError("Effort is not below zero.")
        unit = next(filter(None, units), "h").lower()
        return money.half_up(thousandths * MINUTES[unit], 1000)

    def write(self, minutes):
        thousandths, rest = divmod(minutes * 1000, MINUTES["h"])
        return f"{minutes}m" if rest else money.show_thousandths(thousandths, self.meta.locale)


class SectionForm(Form):
    title = StringField("Section", [Length(max=WHAT_CHARACTERS)])
    choice = StringField("Choice", [Length(max=WHAT_CHARACTERS)])
    is_chosen_by_default = BooleanField("Chosen at first")

    @classmethod
    def of(cls, section, typed):
        prefix = f"section-{section.id}-"
        is_there = typed is not None and f"{prefix}title" in typed
        return cls(typed if is_there else None, obj=section, prefix=prefix)

    def values(self):
        """Return what could be read, by column."""
        return {field.short_name: field.data for field in self if not field.errors}


class LineForm(Form):
    """One line. `rate` is a rate per unit, or the price when the unit is `fixed`."""

    what = StringField("Line", [Length(max=WHAT_CHARACTERS)])
    note = StringField("Note", [Length(max=NOTE_CHARACTERS)])
    quantity = QuantityField("Quantity")
    unit = SelectField(
        "Unit",
        choices={"h": "hours", "day": "days", "piece": "pieces", FIXED: "fixed"},
    )
    rate = MoneyField("Rate or price")
    is_optional = BooleanField("Optional")
    is_chosen = BooleanField("Ticked when the client opens it")
    role = SelectField("Role")
    low = EffortField("Low, in hours")
    likely = EffortField("Likely, in hours")
    high = EffortField("High, in hours")
    least = QuantityField("Least")
    most = QuantityField("Most")

    #: Fields that stand behind “More”, and those of the studio's own effort.
    RARE = ("least", "most")
    EFFORT = ("low", "likely", "high")

    @classmethod
    def of(cls, line, typed, meta, *, roles=(), taxes=()):
        """Return the form of a line, with what was typed into it if it was on the page."""
        prefix = f"line-{line.number}-"
        is_there = typed is not None and f"{prefix}what" in typed
        form = cls(typed if is_there else None, prefix=prefix, data=data_of(line), meta=meta)
        its = [line.role] if line.role and line.role not in roles else []
        form.role.choices = {"": "No role", **{role: role for role in (*roles, *its)}}
        form.taxed = taxed(line, typed if is_there else {}, prefix, taxes)
        return form

    @property
    def is_fixed(self):
        return self.unit.data == FIXED

    def validate_quantity(self, field):
        if (field.data or 0) < 0:
            raise ValidationError("A quantity is not below zero.")

    def validate_rate(self, field):
        if not self.is_fixed and (field.data or 0) < 0:
            raise ValidationError("A rate is not below zero. For a discount take a fixed price.")
        price = line_price(self.quantity.data, field.data, field.data, is_fixed=self.is_fixed)
        if abs(price or 0) > LARGEST_LINE_MINOR:
            raise ValidationError("That amount is too large.")

    def validate_likely(self, field):
        if None not in (self.low.data, field.data) and field.data < self.low.data:
            raise ValidationError("Likely is not less than low.")

    def validate_high(self, field):
        if None not in (self.likely.data, field.data) and field.data < self.likely.data:
            raise ValidationError("High is not less than likely.")

    def validate_least(self, field):
        if field.data is not None and not 0 <= field.data <= (self.quantity.data or field.data):
            raise ValidationError("The least is from zero to the quantity.")

    def validate_most(self, field):
        if field.data is not None and field.data < (self.quantity.data or 0):
            raise ValidationError("The most is not less than the quantity.")

    def values(self):
        """Return what could be read, by column."""
        columns = {
            "what": self.what,
            "note": self.note,
            "is_optional": self.is_optional,
            "is_chosen_by_default": self.is_chosen,
            "role": self.role,
            "fixed_minor" if self.is_fixed else "rate_minor": self.rate,
            **{f"{name}_minutes": self[name] for name in self.EFFORT},
        }
        if not self.is_fixed:
            columns |= {"quantity_thousandths": self.quantity, "unit": self.unit}
            columns |= {f"{name}_thousandths": self[name] for name in self.RARE}
        read = {name: field.data for name, field in columns.items() if not field.errors}
        if not self.unit.errors:
            read["kind"] = LineKind.FIXED if self.is_fixed else LineKind.QUANTITY
        every, some = set(self.taxed), {number for number, on in self.taxed.items() if on}
        return read | {"taxes": sorted(some) if some != every and len(every) > 1 else None}


def data_of(line):
    """Return what the form of a line holds before anything is typed."""
    return {
        "what": line.what,
        "note": line.note,
        "quantity": line.quantity_thousandths,
        "unit": FIXED if line.is_fixed else line.unit,
        "rate": line.fixed_minor if line.is_fixed else line.rate_minor,
        "is_optional": line.is_optional,
        "is_chosen": line.is_chosen_by_default,
        "role": line.role,
        "low": line.low_minutes,
        "likely": line.likely_minutes,
        "high": line.high_minutes,
        "least": line.least_thousandths,
        "most": line.most_thousandths,
    }


def taxed(line, typed, prefix, taxes):
    """Return which of a draft's taxes a line bears, by number: as ticked, where the page asked
    (`line-7-asked-2`), else as it was.
    """
    borne = taxes if line.taxes is None else line.taxes
    return {
        number: f"{prefix}tax-{number}" in typed
        if f"{prefix}asked-{number}" in typed
        else number in borne
        for number in taxes
    }

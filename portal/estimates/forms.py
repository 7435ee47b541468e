"""A draft as a browser posts it: its head, a form for each section and line, and whom to ask."""

import datetime as dt

from wtforms import (
    BooleanField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from portal.core.filters import READER
from portal.core.form_fields import DayField, MoneyField, QuantityField, ShareField
from portal.estimates.models import LineKind
from portal.estimates.models.lines import LARGEST_LINE_MINOR
from portal.estimates.pricing import line_price
from portal.signoff.models import Rule

FIXED = str(LineKind.FIXED)
WHAT_CHARACTERS = 200
NOTE_CHARACTERS = 250
PROSE_CHARACTERS = 10_000
ANSWER_DAYS = 7  # What the form offers; the producer changes it.


class HeadForm(Form):
    """What a version says besides its lines. Fields are named after its columns."""

    title = TextAreaField("Title", [Length(max=WHAT_CHARACTERS)])
    summary = TextAreaField("In one sentence, for the client", [Length(max=600)])
    contingency_bp = ShareField("Contingency, per cent")
    tax_name = StringField("Tax", [Length(max=40)])
    tax_bp = ShareField("Tax, per cent")
    valid_until_on = DayField("Valid until", [Optional()])
    launch_on = DayField("New launch, if it moves", [Optional()])
    silence = StringField("What happens without an answer", [Length(max=NOTE_CHARACTERS)])
    terms = TextAreaField("Terms", [Length(max=PROSE_CHARACTERS)])

    @classmethod
    def of(cls, draft, typed, meta):
        first = next(iter(draft.taxes), {"name": "VAT", "bp": 0})
        data = {"tax_name": first["name"], "tax_bp": first["bp"]}
        form = cls(typed, obj=draft, data=data, meta=meta)
        form.other_taxes = draft.taxes[1:]
        return form

    def values(self):
        """Return what could be read, by column."""
        read = {field.name: field.data for field in self if not field.errors}
        name, bp = read.pop("tax_name", None), read.pop("tax_bp", None)
        if not self.tax_name.errors and not self.tax_bp.errors:
            tax = {"number": 1, "name": name, "bp": bp, "is_reverse": False}
            read["taxes"] = [tax, *self.other_taxes] if bp else self.other_taxes
        if "contingency_bp" in read:
            read["contingency_bp"] = read["contingency_bp"] or 0
        return read


class CounterForm(Form):
    edits = IntegerField("Saves before this one")


class SectionForm(Form):
    title = StringField("Section", [Length(max=WHAT_CHARACTERS)])

    def values(self):
        return {} if self.title.errors else {"title": self.title.data}


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

    @classmethod
    def of(cls, line, typed, meta):
        """Return the form of a line, with what was typed into it if it was on the page."""
        prefix = f"line-{line.number}-"
        is_there = typed is not None and f"{prefix}what" in typed
        data = {
            "what": line.what,
            "note": line.note,
            "quantity": line.quantity_thousandths,
            "unit": FIXED if line.is_fixed else line.unit,
            "rate": line.fixed_minor if line.is_fixed else line.rate_minor,
            "is_optional": line.is_optional,
            "is_chosen": line.is_chosen_by_default,
        }
        return cls(typed if is_there else None, prefix=prefix, data=data, meta=meta)

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

    def values(self):
        """Return what could be read, by column."""
        columns = {"what": self.what, "note": self.note, "is_optional": self.is_optional}
        columns["is_chosen_by_default"] = self.is_chosen
        columns["fixed_minor" if self.is_fixed else "rate_minor"] = self.rate
        if not self.is_fixed:
            columns |= {"quantity_thousandths": self.quantity, "unit": self.unit}
        read = {name: field.data for name, field in columns.items() if not field.errors}
        if not self.unit.errors:
            read["kind"] = LineKind.FIXED if self.is_fixed else LineKind.QUANTITY
        return read


class SheetForm:
    """The whole draft: the head, and a form for each section and line that it has."""

    def __init__(self, draft, parts, typed=None):
        meta = {"currency": draft.project.currency, "locale": READER.get().locale}
        self.head = HeadForm.of(draft, typed, meta)
        self.counter = CounterForm(typed, obj=draft)
        self.parts = [
            (
                section,
                SectionForm(typed, obj=section, prefix=f"section-{section.id}-"),
                [(line, LineForm.of(line, typed, meta)) for line in lines],
            )
            for section, lines in parts
        ]

    @property
    def lines(self):
        return [(line, form) for _, _, lines in self.parts for line, form in lines]

    @property
    def forms(self):
        return [self.head, *(form for _, form, _ in self.parts), *(form for _, form in self.lines)]

    @property
    def wrong_fields(self):
        return [field for form in self.forms for field in form if field.errors]

    def validate(self):
        """Check every field, also after one that is wrong."""
        checked = [form.validate() for form in self.forms]
        return all(checked)

    def values(self):
        """Return what could be read, as `save_draft` takes it."""
        return {
            **self.head.values(),
            "sections": {section.id: form.values() for section, form, _ in self.parts},
            "lines": {line.number: form.values() for line, form in self.lines},
        }


class PeopleField(SelectMultipleField):
    """Some people, each with a tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SendForm(Form):
    """Whom to ask, whose yes it takes, and by when."""

    deciders = PeopleField("Who decides", coerce=int)
    reviewers = PeopleField("Whose opinion to ask", coerce=int)
    rule = RadioField(
        "Whose yes it takes",
        choices={Rule.ANY: "The first answer decides", Rule.ALL: "Everyone has to approve"},
        default=Rule.ANY,
    )
    due_on = DayField("Answer by", [Optional()])

    def validate_deciders(self, field):
        if not field.data:
            raise ValidationError("Choose at least one person who can approve.")

    @classmethod
    def to(cls, deciders, reviewers, typed=None):
        """Return the form for these people, all ticked unless something was typed."""
        data = {
            "deciders": [user.id for user in deciders],
            "reviewers": [user.id for user in reviewers],
            "due_on": READER.get().today + dt.timedelta(days=ANSWER_DAYS),
        }
        form = cls(typed if typed and "rule" in typed else None, data=data)
        form.offered = data
        form.people = {user.id: user for user in (*deciders, *reviewers)}
        form.deciders.choices = {user.id: user.name for user in deciders}
        form.reviewers.choices = {user.id: user.name for user in reviewers}
        return form

    def terms(self):
        """Return what `EstimateVersion.send` takes."""
        return {
            "deciders": [self.people[one] for one in self.deciders.data],
            "reviewers": [self.people[one] for one in self.reviewers.data],
            "rule": Rule(self.rule.data),
            "due_on": self.due_on.data,
        }

    def kept(self):
        """Return what was chosen, for an address that brings the form back as it is."""
        if all(field.data == self.offered.get(field.name, Rule.ANY) for field in self):
            return {}
        return {field.name: field.raw_data for field in self if field.raw_data}

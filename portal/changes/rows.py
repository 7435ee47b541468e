"""A form for each alternative of a draft, and for each row in it. Rows may be incomplete."""

import re

from wtforms import (
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional, ValidationError

from portal.changes.models import IMPACTS_MOST
from portal.core import money
from portal.core.filters import READER
from portal.core.form_fields import DayField, MoneyField, QuantityField
from portal.estimates.pricing import line_price
from portal.projects.here import Here
from portal.scope.models import Action

WORDS_MOST = 4000
DIGITS = re.compile(r"[0-9]{1,9}")  # More are a number of nothing here.
UNITS = {"": "fixed price", "h": "hours", "day": "days", "piece": "pieces"}


class ImpactForm(Form):
    """What happens to one item. `price` is a rate when there is a unit."""

    Meta = Here

    action = HiddenField()
    item = SelectField("Item", coerce=lambda value: int(value) if value else None)
    section = StringField("Section", [Length(max=200)])
    title = StringField("What", [Length(max=200)])
    detail = TextAreaField("In more words", [Length(max=WORDS_MOST)])
    quantity = QuantityField("Quantity")
    unit = SelectField("Unit", choices=UNITS, default="")
    price = MoneyField("Price")

    @property
    def is_by_rate(self):
        return bool(self.unit.data)

    def validate_action(self, field):
        if field.data not in set(Action):
            raise ValidationError("Added, changed or removed.")

    def validate_quantity(self, field):
        if self.action.data == Action.ADDED and (field.data or 0) < 0:
            raise ValidationError("A quantity is not below zero.")

    def validate_price(self, field):
        if self.is_by_rate and (field.data or 0) < 0:
            raise ValidationError("A rate is not below zero. Write the minus before the quantity.")
        numbers = (self.quantity.data, field.data, field.data)
        if abs(line_price(*numbers, is_fixed=not self.is_by_rate) or 0) > money.LARGEST_MINOR:
            raise ValidationError("That amount is too large.")

    def columns(self):
        """Return the row as the columns of an Impact."""
        return {
            "action": Action(self.action.data),
            "item": self.item.data,
            "section": self.section.data or "",
            "title": self.title.data or "",
            "detail": self.detail.data or "",
            "unit": self.unit.data or "",
            "quantity_thousandths": self.quantity.data,
            "rate_minor": self.price.data if self.is_by_rate else None,
            "price_minor": None if self.is_by_rate else self.price.data,
        }


class AlternativeForm(Form):
    """One way to make the change. One that stands alone has no title and no sentence."""

    Meta = Here

    number = HiddenField()
    title = StringField("Alternative", [Length(max=80)])
    summary = TextAreaField("In one sentence", [Length(max=250)])
    launch_on = DayField("New launch", [Optional()])
    impacts = FieldList(FormField(ImpactForm), max_entries=IMPACTS_MOST)

    def columns(self):
        """Return it as the columns of an Alternative, with its rows."""
        number = self.number.data or ""
        return {
            "number": int(number) if DIGITS.fullmatch(number) else None,
            "title": self.title.data or "",
            "summary": self.summary.data or "",
            "launch_on": self.launch_on.data,
            "impacts": [row.form.columns() for row in self.impacts],
        }

    def offer_items(self, draft):
        """Let each row choose among what is in the scope, and what it names already."""
        for row in self.impacts:
            row.form.item.choices = choices(draft, row.form.item.data)


def choices(draft, chosen):
    """Return the items that a row can be about."""
    currency = draft.project.currency
    found = [one for one in draft.baseline.items if not one.is_removed or one.number == chosen]
    return [SelectChoice("", "Choose an item")] + [
        SelectChoice(item.number, f"{item.title}, {_brief(item.price_minor, currency)}")
        for item in found
    ]


def kept(alternative):
    """Return what the form of an alternative holds, as it is kept."""
    names = ("number", "title", "summary", "launch_on")
    rows = [_row(one) for one in alternative.impacts]
    return {**{name: getattr(alternative, name) for name in names}, "impacts": rows}


def typed(form):
    """Return what another form begins with to be the same alternative, not named yet."""
    same = {"launch_on": form.launch_on.data, "impacts": form.impacts.data}
    return {"number": "", "title": "", "summary": "", **same}


def _row(impact):
    names = ("action", "section", "title", "detail", "unit")
    return {
        **{name: getattr(impact, name) for name in names},
        "item": impact.item_number,
        "quantity": impact.quantity_thousandths,
        "price": impact.rate_minor if impact.is_by_rate else impact.price_minor,
    }


def _brief(minor, currency):
    return money.show(minor, currency, READER.get().locale, brief=True)

"""What a draft says besides its lines, as a browser posts it: head, taxes, payments, terms."""

import datetime as dt
import re

from wtforms import BooleanField, Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from portal.core.fields import plain
from portal.core.form_fields import WHOLE_BP, DayField, ShareField
from portal.estimates.models.versions import Stance
from portal.estimates.sheet import ON_APPROVAL, WHEN

TITLE_CHARACTERS = 200
NOTE_CHARACTERS = 250
PROSE_CHARACTERS = 10_000
ROWS_MOST = 12  # Of taxes, and of payments.
ON_A_DAY = "day"


class HeadForm(Form):
    """Fields are named after the version's columns."""

    title = TextAreaField("Title", [Length(max=TITLE_CHARACTERS)])
    summary = TextAreaField("In one sentence, for the client", [Length(max=600)])
    stance = RadioField(
        "What a yes means", choices={str(Stance.FIRM): "Firm", str(Stance.BALLPARK): "Ballpark"}
    )
    contingency_bp = ShareField("Contingency, per cent")
    discount_bp = ShareField("Discount, per cent")
    valid_until_on = DayField("Valid until", [Optional()])
    launch_on = DayField("New launch, if it moves", [Optional()])
    silence = StringField("What happens without an answer", [Length(max=NOTE_CHARACTERS)])
    terms = TextAreaField("Terms", [Length(max=PROSE_CHARACTERS)])

    def values(self, draft):
        """Return what could be read, by column. Terms that differ now are written for this one."""
        read = {field.name: field.data for field in self if not field.errors}
        for name in ("contingency_bp", "discount_bp"):
            if name in read:
                read[name] = read[name] or 0
        if "terms" in read and plain(read["terms"] or "").strip() != draft.terms:
            read["terms_name"] = ""
        return read


class TaxForm(Form):
    name = StringField("Tax", [Length(max=40)])
    bp = ShareField("Per cent")
    is_reverse = BooleanField("Reverse charge")

    @classmethod
    def data_of(cls, tax):
        return tax

    @property
    def is_blank(self):
        return is_empty(self.name) and is_empty(self.bp)

    def validate_name(self, field):
        if not (field.data or "").strip() and not self.is_blank:
            raise ValidationError("Name the tax, for example VAT.")

    def value(self, number):
        facts = {"name": " ".join(self.name.data.split()), "bp": self.bp.data or 0}
        return facts | {"number": number, "is_reverse": self.is_reverse.data}


class PaymentForm(Form):
    what = StringField("Payment", [Length(max=120)])
    bp = ShareField("Per cent")
    when = SelectField("When", choices={**WHEN, ON_A_DAY: "On a day"}, default=ON_APPROVAL)
    day = DayField("Day", [Optional()])

    @classmethod
    def data_of(cls, payment):
        is_event = payment["on"] in WHEN
        day = None if is_event or not payment["on"] else dt.date.fromisoformat(payment["on"])
        when = payment["on"] if is_event else ON_A_DAY
        return {"what": payment["what"], "bp": payment["bp"], "when": when, "day": day}

    @property
    def is_blank(self):
        return is_empty(self.what) and is_empty(self.bp)

    def validate_when(self, field):
        if field.data == ON_A_DAY and not self.day.data and not self.is_blank:
            raise ValidationError("Say which day.")

    def value(self, _):
        day = self.day.data
        on = day.isoformat() if self.when.data == ON_A_DAY else self.when.data or ON_APPROVAL
        return {"what": " ".join(self.what.data.split()), "bp": self.bp.data or 0, "on": on}


def is_empty(field):
    return not field.raw_data[0].strip() if field.raw_data else field.data in (None, "")


class Rows:
    """Some rows of one kind, and one to write the next in. A row that is blank is none.

    `saved` and `typed` name a row by its place, `tax-2-name`; the row `gone` is left out.
    """

    def __init__(self, form, name, saved, typed, *, meta, gone=None):
        found = re.compile(rf"{name}-([1-9][0-9]{{0,3}})-").match
        places = {int(at[1]) for at in map(found, typed or ()) if at} - {gone}
        self.saved, self.is_there = saved, bool(places) or gone is not None
        places = sorted(places if self.is_there else saved)
        last = max(places, default=0)
        self.forms = {
            place: form(
                typed if self.is_there else None,
                prefix=f"{name}-{place}-",
                data=form.data_of(saved[place]) if place in saved else None,
                meta=meta,
            )
            for place in places
        }
        if not any(one.is_blank for one in self.forms.values()) and len(places) < ROWS_MOST:
            self.forms[last + 1] = form(None, prefix=f"{name}-{last + 1}-", meta=meta)

    def validate(self):
        checked = [one.validate() for one in self.forms.values()]
        return all(checked)

    def values(self):
        """Return the rows; one in which something is wrong is what it was, if it was there."""
        rows = []
        for place, form in self.forms.items():
            if any(field.errors for field in form):
                rows += [self.saved[place]] if place in self.saved else []
            elif not form.is_blank:
                rows.append(form.value(place))
        return rows


def taxes_of(draft, typed, meta, gone=None):
    saved = {one["number"]: one for one in draft.taxes}
    return Rows(TaxForm, "tax", saved, typed, meta=meta, gone=gone)


def payments_of(draft, typed, meta, gone=None):
    saved = dict(enumerate(draft.payments, 1))
    return Rows(PaymentForm, "payment", saved, typed, meta=meta, gone=gone)


def missing_bp(payments):
    """Return how much is missing until shares add up to a whole, in basis points; 0 without any."""
    return WHOLE_BP - sum(one["bp"] for one in payments) if payments else 0

"""Whom to ask about a version: one form for everything that can be sent for sign-off.

The form is a part of each room's own: its fields are drawn by `templates/ui/asking.html`, and what
it says goes to `SignOff.request` as it is.
"""

import datetime as dt

from wtforms import Form, IntegerField, RadioField, SelectMultipleField, StringField
from wtforms.validators import Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from portal.access.permissions import Permission, Role
from portal.core.filters import READER
from portal.core.form_fields import DayField, MoneyField
from portal.signoff.models import Rule
from portal.signoff.models.stand_ins import studio_day

ANSWER_DAYS = 7  # What the form offers; the producer changes it.
PLACES_MOST = 99
RULES = {
    Rule.ANY: "The first answer decides",
    Rule.ALL: "Everyone has to approve",
    Rule.IN_ORDER: "Everyone, one after the other",
}


class PeopleField(SelectMultipleField):
    """Some people, each with a tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PlaceForm(Form):
    """The number beside a name: 1 is asked first."""

    place = IntegerField("Order", [Optional(), NumberRange(1, PLACES_MOST)])


class Asking(Form):
    """Who decides and in which order, whose opinion, who gets a copy, by when, and what waits."""

    deciders = PeopleField("Who decides", coerce=int)
    reviewers = PeopleField("Whose opinion to ask", coerce=int)
    copies = PeopleField("Who gets a copy, and does not answer", coerce=int)
    rule = RadioField("Whose yes it takes", choices=RULES, default=Rule.ANY)
    due_on = DayField("Answer by", [Optional()])
    holds_what = StringField("What waits for the answer", [Length(max=120)])
    holds_on = DayField("Planned to begin on", [Optional()])
    day_cost = MoneyField("What each day of waiting costs")

    @classmethod
    def on(cls, project, typed=None, kept=None, *, is_sending=True):
        """Return the form for a project's people, with what was typed, or else what was kept.

        With neither, whoever may decide is ticked to, and reviewers are asked what they think.
        `is_sending` is false while a draft is only saved: then nobody has to be chosen yet.
        """
        people = project.people(Role.APPROVER, Role.SPONSOR, Role.REVIEWER)
        deciders = [one for one in people if _decides(one)]
        offered = _offered(deciders, people) | _read(kept)
        meta = {"currency": project.currency, "locale": READER.get().locale}
        typed = typed if typed and "rule" in typed else None
        form = cls(typed, data=offered, meta=meta)
        form.is_sending, form.project, form.offered = is_sending, project, offered
        form.people = {one.id: one for one in people}
        form.deciders.choices = [(one.id, one.name) for one in deciders]
        form.reviewers.choices = form.copies.choices = [(one.id, one.name) for one in people]
        order = {id_: place for place, id_ in enumerate(offered["deciders"], 1)}
        form.places = {
            one.id: PlaceForm(typed, prefix=f"{one.id}-", data={"place": order.get(one.id, place)})
            for place, one in enumerate(deciders, 1)
        }
        return form

    @property
    def title_of(self):
        """What each person does, by id."""
        return {id_: one.title for id_, one in self.people.items()}

    @property
    def opiners(self):
        """Who may give an opinion and not decide, by id."""
        return {id_: one for id_, one in self.people.items() if id_ not in self.places}

    @property
    def has_more(self):
        """True if something rarely asked for was filled in, or is wrong."""
        fields = (self.copies, self.holds_what, self.holds_on, self.day_cost)
        chosen = set(self.reviewers.data or ()) & set(self.places)
        return bool(chosen) or any(field.data or field.errors for field in fields)

    @property
    def wrong_fields(self):
        return [field for form in (self, *self.places.values()) for field in form if field.errors]

    def validate(self, *args, **kwargs):
        """Check every field and every number, also after one that is wrong."""
        checked = [super().validate(*args, **kwargs)]
        checked += [place.validate() for place in self.places.values()]
        return all(checked)

    def validate_deciders(self, field):
        if self.is_sending and not field.data:
            raise ValidationError("Choose at least one person who can approve.")

    def validate_due_on(self, field):
        if field.data and field.data < studio_day():
            raise ValidationError("Nobody can answer by a day that has passed.")

    def validate_day_cost(self, field):
        if (field.data or 0) < 0:
            raise ValidationError("What a day costs is not below zero.")

    def terms(self):
        """Return what `SignOff.request` takes besides the subject and who asks."""
        return {
            "deciders": [self.people[one] for one in self.in_order()],
            "reviewers": [self.people[one] for one in self.reviewers.data or ()],
            "copies": [self.people[one] for one in self.copies.data or ()],
            "rule": Rule(self.rule.data),
            "due_on": self.due_on.data,
            "holds_what": self.holds_what.data or "",
            "holds_on": self.holds_on.data,
            "day_cost_minor": self.day_cost.data,
        }

    def in_order(self):
        """Return the ids of who decides, by the numbers beside the names."""
        chosen = self.deciders.data or []
        places = {id_: form.place.data or PLACES_MOST for id_, form in self.places.items()}
        return sorted(chosen, key=lambda id_: places.get(id_, PLACES_MOST))

    def chosen(self):
        """Return what was chosen as plain values, for a draft that keeps it."""
        days = {name: self[name].data for name in ("due_on", "holds_on")}
        return {
            "deciders": self.in_order(),
            "reviewers": self.reviewers.data or [],
            "copies": self.copies.data or [],
            "rule": str(self.rule.data),
            "holds_what": self.holds_what.data or "",
            "day_cost": self.day_cost.data,
            **{name: day and day.isoformat() for name, day in days.items()},
        }

    def kept(self):
        """Return what was chosen, for an address that brings the form back as it is."""
        if all(field.data == self.offered.get(field.name) for field in self):
            return {}
        fields = [field for form in (self, *self.places.values()) for field in form]
        return {field.name: field.raw_data for field in fields if field.raw_data}


def _decides(person):
    return person.membership.role.may(Permission.SIGN_OFF_DECIDE)


def _offered(deciders, people):
    return {
        "deciders": [one.id for one in deciders],
        "reviewers": [one.id for one in people if one not in deciders],
        "copies": [],
        "rule": str(Rule.ANY),
        "due_on": READER.get().today + dt.timedelta(days=ANSWER_DAYS),
        "holds_what": "",
        "holds_on": None,
        "day_cost": None,
    }


def _read(kept):
    """Return what a draft kept, with its days as days."""
    read = dict(kept or {})
    for name in ("due_on", "holds_on"):
        if read.get(name):
            read[name] = dt.date.fromisoformat(read[name])
    return read

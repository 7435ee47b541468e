"""What people type about a change request."""

import datetime as dt

from flask import g
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from portal.access.permissions import Permission
from portal.changes.models import WORDS
from portal.core import clock, money
from portal.core.filters import READER
from portal.scope.models import Action
from portal.signoff.models import Rule

IMPACTS_MOST = 60  # Of the largest amounts they still add up to less than 2^53.
WORDS_MOST = 4000
ANSWER_DAYS = 7  # What the form offers; the producer changes it.


class AskForm(FlaskForm):
    """A client's own words."""

    title = StringField(
        "What should change", [InputRequired("Say it in a few words."), Length(max=200)]
    )
    why = TextAreaField(
        "Why", [InputRequired("Say why, so that we can price it well."), Length(max=WORDS_MOST)]
    )


class AmountField(StringField):
    """An amount as people type it; `data` is minor units of the project's currency, or None."""

    def process_formdata(self, values):
        text = values[0].strip() if values else ""
        self.data = money.parse(text, g.project.currency, READER.get().locale) if text else None

    def _value(self):
        if self.raw_data:
            return self.raw_data[0]
        if self.data is None:
            return ""
        return money.typed(self.data, g.project.currency, READER.get().locale)


class DayField(DateField):
    """A date, or nothing; what is neither is said in words."""

    def process_formdata(self, values):
        try:
            super().process_formdata([text for text in values if text.strip()])
        except ValueError:
            raise ValueError("Write a day, such as 2027-03-31.") from None
        if values and not values[0].strip():
            self.data = None


class TicksField(SelectMultipleField):
    """A tick for each of several people."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ImpactForm(Form):
    """One row: what happens to one item. Rows may be incomplete; sending looks at that."""

    action = HiddenField()
    item = SelectField("Item", coerce=lambda value: int(value) if value else None)
    section = StringField("Section", [Length(max=200)])
    title = StringField("What", [Length(max=200)])
    detail = TextAreaField("In more words", [Length(max=WORDS_MOST)])
    price = AmountField("Price")

    def validate_action(self, field):
        if field.data not in set(Action):
            raise ValidationError("Added, changed or removed.")

    def columns(self):
        """Return the row as the columns of an Impact."""
        return {
            "action": Action(self.action.data),
            "item": self.item.data,
            "section": self.section.data or "",
            "title": self.title.data or "",
            "detail": self.detail.data or "",
            "price_minor": self.price.data,
        }


class DraftForm(FlaskForm):
    """The whole editor: the words, the rows, and whom to ask."""

    edits = IntegerField("Saves before this one")
    title = TextAreaField("Title", [Length(max=200)])
    summary = TextAreaField("In one sentence, for the client", [Length(max=250)])
    why = TextAreaField("Why", [Length(max=WORDS_MOST)])
    impacts = FieldList(FormField(ImpactForm), max_entries=IMPACTS_MOST)
    launch_on = DayField("New launch", [Optional()])
    valid_until_on = DayField("Valid until", [Optional()])
    silence = StringField("What happens without an answer", [Length(max=250)])
    deciders = TicksField("Who decides", coerce=int)
    reviewers = TicksField("Whose opinion to ask", coerce=int)
    rule = RadioField(
        "Whose yes it takes",
        choices=[
            SelectChoice(Rule.ANY, "The first answer decides"),
            SelectChoice(Rule.ALL, "Everyone has to approve"),
        ],
        default=Rule.ANY,
    )
    due_on = DayField("Answer by", [Optional()])

    @classmethod
    def of(cls, draft, people):
        """Return the form of a draft as it is kept."""
        return cls(draft, people, formdata=None, data=_kept(draft, people))

    def __init__(self, draft, people, **options):
        """`people` are those at the client whom the reader may ask; empty: the reader may not."""
        super().__init__(**options)
        self.draft, self.people, self.added = draft, people, None
        self.deciders.choices = [SelectChoice(one.id, one.name) for one in people if decides(one)]
        self.reviewers.choices = [
            SelectChoice(one.id, one.name) for one in people if not decides(one)
        ]
        self.titles = {one.id: one.title for one in people}
        if not people:
            del self.rule
        for row in self.impacts:
            self._offer_items(row.form)

    def change_rows(self, act):
        """Do what a button named, `add:changed` or `remove:impacts-2`, before all is checked."""
        does, _, what = act.partition(":")
        names = [row.name for row in self.impacts]
        if does == "remove" and what in names:
            self.impacts.pop_entry(names.index(what))
        elif does == "add" and what in set(Action) and self.has_room:
            self.added = self.impacts.append_entry({"action": what})
            self._offer_items(self.added.form)

    @property
    def has_room(self):
        return len(self.impacts.entries) < IMPACTS_MOST

    @property
    def wrong_fields(self):
        """Every field with an error, those of the rows among them."""
        rows = [field for row in self.impacts for field in row.form]
        return [one for one in (*self, *rows) if one.errors and one is not self.impacts]

    @property
    def spoken_fields(self):
        """The fields beside which a mistake is said while somebody types."""
        head = (self.title, self.summary, self.why, self.launch_on, self.valid_until_on)
        return [*head, self.silence, *(row.form.price for row in self.impacts)]

    def validate_due_on(self, field):
        if field.data and field.data < clock.now().date():
            raise ValidationError("That day has passed.")

    def columns(self):
        """Return what `ChangeVersion.write` takes besides who and since when."""
        words = ("title", "summary", "why", "silence")
        columns = {name: self[name].data or "" for name in words}
        if self.people:
            columns["asks"] = self._asks()
        return {
            **columns,
            "impacts": [row.form.columns() for row in self.impacts],
            "launch_on": self.launch_on.data,
            "valid_until_on": self.valid_until_on.data,
        }

    def terms(self):
        """Return what `ChangeVersion.send` takes."""
        return {
            "deciders": [one for one in self.people if one.id in self.deciders.data],
            "reviewers": [one for one in self.people if one.id in self.reviewers.data],
            "rule": Rule(self.rule.data),
            "due_on": self.due_on.data,
        }

    def _asks(self):
        return {
            "deciders": self.deciders.data,
            "reviewers": self.reviewers.data,
            "rule": self.rule.data,
            "due_on": self.due_on.data and self.due_on.data.isoformat(),
        }

    def _offer_items(self, row):
        """Let a row choose among what is in the scope, and what it names already."""
        currency = self.draft.project.currency
        row.item.choices = [SelectChoice("", "Choose an item")] + [
            SelectChoice(item.number, f"{item.title}, {_brief(item.price_minor, currency)}")
            for item in self.draft.baseline.items
            if not item.is_removed or item.number == row.item.data
        ]


class SendForm(DraftForm):
    """The same, on its way out."""

    def validate_deciders(self, field):
        if not field.data:
            raise ValidationError("Choose at least one person who can approve.")


def decides(person):
    return person.membership.role.may(Permission.SIGN_OFF_DECIDE)


def _brief(minor, currency):
    return money.show(minor, currency, READER.get().locale, brief=True)


def _kept(draft, people):
    """Return what a form of the draft holds. Whoever may decide is ticked to decide, at first."""
    asks = draft.asks or {
        "deciders": [one.id for one in people if decides(one)],
        "reviewers": [one.id for one in people if not decides(one)],
        "rule": str(Rule.ANY),
        "due_on": (READER.get().today + dt.timedelta(days=ANSWER_DAYS)).isoformat(),
    }
    rows = ("action", "section", "title", "detail")
    return {
        **{name: getattr(draft, name) for name in WORDS},
        **asks,
        "due_on": asks["due_on"] and dt.date.fromisoformat(asks["due_on"]),
        "impacts": [
            {
                **{name: getattr(one, name) for name in rows},
                "item": one.item_number,
                "price": one.price_minor,
            }
            for one in draft.impacts
        ],
    }

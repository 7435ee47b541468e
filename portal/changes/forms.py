"""What people type about a change request."""

from flask_wtf import FlaskForm
from wtforms import (
    FieldList,
    FormField,
    IntegerField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from portal.changes import rows
from portal.changes.models import ALTERNATIVES_MOST, IMPACTS_MOST, WORDS
from portal.changes.rows import WORDS_MOST, AlternativeForm
from portal.core.form_fields import DayField, MoneyField
from portal.projects.here import Here
from portal.scope.models import Action

ANSWER_DAYS = 7  # What the form offers; the producer changes it.


class AskForm(FlaskForm):
    """A client's own words."""

    title = StringField(
        "What should change", [InputRequired("Say it in a few words."), Length(max=200)]
    )
    why = TextAreaField(
        "Why", [InputRequired("Say why, so that we can price it well."), Length(max=WORDS_MOST)]
    )


class DraftForm(FlaskForm):
    """The whole editor: the words, the alternatives with their rows; beside it, whom to ask."""

    Meta = Here

    edits = IntegerField("Saves before this one")
    title = TextAreaField("Title", [Length(max=200)])
    summary = TextAreaField("In one sentence, for the client", [Length(max=250)])
    why = TextAreaField("Why", [Length(max=WORDS_MOST)])
    alternatives = FieldList(
        FormField(AlternativeForm), min_entries=1, max_entries=ALTERNATIVES_MOST
    )
    recommended = IntegerField("We would choose this", [Optional()])  # Counts from 0.
    used = MoneyField("Used so far")
    forecast = MoneyField("Forecast for the whole")
    as_of_on = DayField("As of", [Optional()])
    valid_until_on = DayField("Valid until", [Optional()])
    silence = StringField("What happens without an answer", [Length(max=250)])

    @classmethod
    def of(cls, draft, asking):
        """Return the form of a draft as it is kept."""
        return cls(draft, asking, formdata=None, data=_kept(draft))

    def __init__(self, draft, asking, **options):
        """`asking` says whom the reader asks; None: the reader may not send."""
        super().__init__(**options)
        self.draft, self.asking, self.added = draft, asking, None
        if not draft.change.is_funding:
            del self.used, self.forecast, self.as_of_on
        places = dict(enumerate(self.alternatives))
        self.chosen = places.get(self.recommended.data, self.alternatives[0])
        self._offer_items()

    def change_rows(self, act):
        """Do what a button named, before all is checked.

        "add-changed:alternatives-0", "add-alternative", "remove:alternatives-0-impacts-2"
        """
        does, _, name = act.partition(":")
        if does == "remove":
            self._remove(name)
        elif does == "add-alternative" and self.has_room_for_alternative:
            self.added = self.alternatives.append_entry(rows.typed(self.alternatives[0].form))
        elif does.startswith("add-") and does[4:] in set(Action) and self.has_room:
            found = [one for one in self.alternatives if one.name == name]
            self.added = found and found[0].form.impacts.append_entry({"action": does[4:]})
        self._offer_items()

    def _remove(self, name):
        for each in (self.alternatives, *(one.form.impacts for one in self.alternatives)):
            names = [one.name for one in each]
            is_last = each is self.alternatives and len(names) == 1
            if name in names and not is_last:
                each.pop_entry(names.index(name))
                break
        if self.chosen not in self.alternatives.entries:
            self.chosen = self.alternatives[0]

    @property
    def is_choice(self):
        return len(self.alternatives.entries) > 1

    @property
    def has_room(self):
        return len(self.rows) < IMPACTS_MOST

    @property
    def has_room_for_alternative(self):
        first = len(self.alternatives[0].form.impacts.entries)
        is_few = len(self.alternatives.entries) < ALTERNATIVES_MOST
        return is_few and len(self.rows) + first <= IMPACTS_MOST

    @property
    def rows(self):
        """The rows of all alternatives."""
        return [row for one in self.alternatives for row in one.form.impacts]

    @property
    def wrong_fields(self):
        """Every field with an error, those of the rows among them."""
        ways = [field for one in self.alternatives for field in one.form]
        fields = [*self, *ways, *(field for row in self.rows for field in row.form)]
        fields += self.asking.wrong_fields if self.asking else []
        return [one for one in fields if one.errors and not isinstance(one, FieldList)]

    @property
    def spoken_fields(self):
        """The fields beside which a mistake is said while somebody types."""
        head = (self.title, self.summary, self.why, self.valid_until_on, self.silence)
        money = [self.used, self.forecast, self.as_of_on] if self.used else []
        dates = [one.form.launch_on for one in self.alternatives]
        prices = [field for row in self.rows for field in (row.form.quantity, row.form.price)]
        return [*head, *money, *dates, *prices]

    def validate(self, *args, **kwargs):
        """Check every field, also whom to ask, and also after one that is wrong."""
        is_good = super().validate(*args, **kwargs)
        return (self.asking is None or self.asking.validate()) and is_good

    def columns(self):
        """Return what `write_alternatives` takes besides who and since when."""
        words = ("title", "summary", "why", "silence")
        columns = {name: self[name].data or "" for name in words}
        if self.asking:
            columns["asks"] = self.asking.chosen()
        if self.used:
            columns |= {"used_minor": self.used.data, "forecast_minor": self.forecast.data}
            columns["as_of_on"] = self.as_of_on.data
        ways = [
            one.form.columns() | {"is_recommended": one is self.chosen} for one in self.alternatives
        ]
        return {**columns, "alternatives": ways, "valid_until_on": self.valid_until_on.data}

    def _offer_items(self):
        for one in self.alternatives:
            one.form.offer_items(self.draft)


def _kept(draft):
    """Return what a form of the draft holds."""
    ways = draft.alternatives
    return {
        **{name: getattr(draft, name) for name in WORDS},
        "alternatives": [rows.kept(one) for one in ways],
        "recommended": next((at for at, one in enumerate(ways) if one.is_recommended), 0),
        "used": draft.used_minor,
        "forecast": draft.forecast_minor,
        "as_of_on": draft.as_of_on,
    }

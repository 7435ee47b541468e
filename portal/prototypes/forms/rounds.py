"""What people type about rounds: the terms, what becomes of a pin, the consolidated sentence."""

from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.validators import ValidationError as Invalid

from portal.core import money
from portal.prototypes.forms.pins import NOTE_CHARACTERS, BatchForm
from portal.prototypes.models.further import Price
from portal.prototypes.models.terms import GATHERING_ROLES, MINUTES_MOST, ROUNDS_MOST
from portal.studio.rates import HOUR_MINUTES, Rate

NOBODY = 0


class TermsForm(FlaskForm):
    included = IntegerField(
        "Rounds the contract includes",
        [Optional(), NumberRange(0, ROUNDS_MOST, f"A number from 0 to {ROUNDS_MOST}, or nothing.")],
    )
    captain = SelectField("Who gathers the client’s pins", coerce=int)
    hours = StringField("Hours a further round takes", [Length(max=12)])
    role = SelectField("Whose hours")

    @classmethod
    def of(cls, project, prototype=None):
        """Return the form for the people and the rate card of a project; filled from a prototype."""
        form = cls() if prototype is None else cls(formdata=None)
        form.people = {one.id: one for one in project.people(*GATHERING_ROLES)}
        nobody = SelectChoice(NOBODY, "Nobody: each person publishes for themself")
        form.captain.choices = [
            nobody,
            *(SelectChoice(one.id, one.name) for one in form.people.values()),
        ]
        roles = Rate.roles(project.currency)
        if prototype is not None and prototype.further_role not in ("", *roles):
            roles = [*roles, prototype.further_role]
        form.role.choices = [SelectChoice("", "The studio prices each"), *roles]
        if prototype is not None:
            form.show(prototype)
        return form

    def show(self, prototype):
        """Fill it with what is set."""
        self.included.data = prototype.included_rounds
        captain_id = prototype.captain_id
        self.captain.data = captain_id if captain_id in self.people else NOBODY
        self.role.data = prototype.further_role
        if prototype.further_minutes:
            thousandths = money.half_up(prototype.further_minutes * 1000, HOUR_MINUTES)
            self.hours.data = money.show_thousandths(thousandths)

    def validate_hours(self, field):
        """Keep the minutes; 7.5 hours are 450 of them."""
        self.minutes = None
        if not field.data or not field.data.strip():
            if self.role.data:
                raise Invalid("Say how many hours of this a further round takes.")
            return
        try:
            thousandths = money.parse_thousandths(field.data)
        except ValueError as wrong:
            raise Invalid(str(wrong)) from None
        self.minutes = money.half_up(thousandths * HOUR_MINUTES, 1000)
        if not 0 < self.minutes <= MINUTES_MOST:
            raise Invalid("Between a minute and a thousand hours.")

    def validate_role(self, field):
        if not field.data and self.hours.data and self.hours.data.strip():
            raise Invalid("Choose whose hours they are. The rate card has the roles.")

    def facts(self):
        """Return what the model is told."""
        return {
            "included_rounds": self.included.data,
            "captain": self.people.get(self.captain.data),
            "role": self.role.data or "",
            "minutes": self.minutes,
        }


class PinKeyForm(FlaskForm):
    pin = HiddenField(validators=[InputRequired(), Length(max=64)])


class PinKeysForm(FlaskForm):
    pins = SelectMultipleField("Pins", [InputRequired()], validate_choice=False)


class DropForm(PinKeyForm):
    why = TextAreaField(
        "Why it stays out",
        [DataRequired("Say why; its author reads it."), Length(max=NOTE_CHARACTERS)],
    )


class MergeForm(PinKeysForm):
    into = HiddenField(validators=[InputRequired("Choose the pin that stays."), Length(max=64)])


class SubmitForm(BatchForm):
    """What was on the page that is submitted, and the sentence over all of it."""

    seen = HiddenField(validators=[Length(max=64)])
    total = HiddenField(validators=[Length(max=20)])

    def facts(self):
        """Return what the model is told."""
        return {"key": self.key.data, "note": self.note.data or ""}

    @property
    def agreed(self):
        """The Price that the page showed; an unreadable one is no price that there is."""
        total = self.total.data or ""
        if not total:
            return Price(None)
        return Price(int(total) if total.isascii() and total.isdigit() else -1)

"""The answer, as a browser posts it."""

import datetime as dt
import secrets

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    PasswordField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional, ValidationError

from portal.core import clock, tokens
from portal.signoff.deciding.decide import Form
from portal.signoff.models import Answer, How, View
from portal.signoff.models.answers import PURCHASE_ORDER_CHARACTERS

NOTES_CHARACTERS = 4000
TOKEN_CHARACTERS = 400
MADE = "answer form"  # What the signed moment of a form is for.


class WithFiles(FlaskForm):
    """A form that files can come with. What was kept of an earlier try comes back as tokens."""

    files = MultipleFileField("Files", [Optional()])
    kept = SelectMultipleField("Files we have", validate_choice=False)

    @property
    def uploads(self):
        """The files that were chosen; a browser sends an empty one for none."""
        return [file for file in self.files.data or () if getattr(file, "filename", "")]


class DecisionForm(WithFiles):
    """Everything that says what was read and what is answered."""

    answer = HiddenField(validators=[InputRequired()])
    version = IntegerField(validators=[InputRequired()])
    digest = HiddenField(validators=[InputRequired(), Length(max=64)])
    baseline = IntegerField(validators=[InputRequired()])
    total = IntegerField(validators=[Optional()])
    option = SelectMultipleField(validate_choice=False)
    key = HiddenField(validators=[InputRequired(), Length(max=64)])
    name = StringField("Your name", [Length(max=120)])
    consent = BooleanField("I have read it")
    notes = TextAreaField("Note", [Length(max=NOTES_CHARACTERS)])
    purchase_order = StringField(
        "Your purchase order number", [Length(max=PURCHASE_ORDER_CHARACTERS)]
    )
    made = HiddenField(validators=[Length(max=TOKEN_CHARACTERS)])  # When the page was, signed.
    proof = PasswordField("Your password, or the six digits we mailed", [Length(max=128)])

    def validate_answer(self, field):
        if field.data not in set(Answer):
            raise ValidationError("Choose an answer.")

    def as_read(self, files=()):
        """Return what the person saw and chose, for the engine; `files` are Kept."""
        answer = Answer(self.answer.data)
        if answer == Answer.APPROVE and (self.notes.data or "").strip():
            answer = Answer.APPROVE_WITH_NOTES
        return Form(
            answer=answer,
            version=self.version.data,
            digest=self.digest.data,
            baseline_number=self.baseline.data,
            total_minor=self.total.data,
            options=tuple(sorted(self.option.data)),
            notes=(self.notes.data or "").strip(),
            has_consented=bool(self.consent.data),
            key=self.key.data,
            purchase_order=(self.purchase_order.data or "").strip(),
            files=tuple(files),
        )


class OpinionForm(FlaskForm):
    view = HiddenField(validators=[AnyOf(list(View), message="Choose one.")])
    note = TextAreaField("Why, if you like", [Length(max=NOTES_CHARACTERS)])


class WithdrawalForm(FlaskForm):
    reason = TextAreaField(
        "Why you take it back",
        [InputRequired("Say why; the client reads it."), Length(max=NOTES_CHARACTERS)],
    )


class ObjectionForm(FlaskForm):
    reason = TextAreaField(
        "What is wrong?",
        [DataRequired("Say what is wrong; both sides read it."), Length(max=NOTES_CHARACTERS)],
    )


class RecordForm(WithFiles):
    """An answer that came by letter, mail, call or in a meeting, as somebody of the studio heard it."""

    person = RadioField("Whose answer is it?", [InputRequired("Choose who said it.")], coerce=int)
    answer = RadioField(
        "What is the answer?",
        [InputRequired("Choose the answer.")],
        choices={
            str(Answer.APPROVE): "Approved",
            str(Answer.REQUEST_CHANGES): "Changes requested",
            str(Answer.DECLINE): "Declined",
        },
    )
    how = RadioField(
        "How did it come?",
        [InputRequired("Choose how it came.")],
        choices={str(how): how.title() for how in How},
    )
    on = DateField("On which day?", [InputRequired("Say on which day.")])
    said = TextAreaField(
        "What exactly was said?",
        [DataRequired("Write down what exactly was said."), Length(max=NOTES_CHARACTERS)],
    )
    purchase_order = StringField(
        "Their purchase order number", [Length(max=PURCHASE_ORDER_CHARACTERS)]
    )
    option = SelectMultipleField(validate_choice=False)
    key = HiddenField(validators=[InputRequired(), Length(max=64)])

    def __init__(self, people, *args, **options):
        super().__init__(*args, **options)
        self.people = people
        self.person.choices = {person.id: person.name for person in people}
        if len(people) == 1 and self.person.data is None:
            self.person.data = people[0].id


class ButtonForm(FlaskForm):
    """A button: only the token."""

    addressee = IntegerField(validators=[Optional()])


def new_key():
    """Return a key that makes one rendered form good for one decision."""
    return secrets.token_urlsafe(24)


def made_now(secret_key):
    """Return the moment at which a form is made, signed: it comes back with the answer."""
    return tokens.sign(secret_key, MADE, clock.stamp(clock.now()))


def age_s(secret_key, made):
    """Return how many seconds ago a form was made, or None if it does not say."""
    stamp = tokens.read(secret_key, MADE, made or "")
    return int((clock.now() - dt.datetime.fromisoformat(stamp)).total_seconds()) if stamp else None

"""The answer, as a browser posts it."""

import secrets

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    PasswordField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, InputRequired, Length, Optional, ValidationError

from portal.signoff.decide import Form
from portal.signoff.models import Answer, View

NOTES_CHARACTERS = 4000


class DecisionForm(FlaskForm):
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
    proof = PasswordField("Your password, or the six digits we mailed", [Length(max=128)])

    def validate_answer(self, field):
        if field.data not in set(Answer):
            raise ValidationError("Choose an answer.")

    def as_read(self):
        """Return what the person saw and chose, for the engine."""
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
        )


class OpinionForm(FlaskForm):
    view = HiddenField(validators=[AnyOf(list(View), message="Choose one.")])
    note = TextAreaField("Why, if you like", [Length(max=NOTES_CHARACTERS)])


class WithdrawalForm(FlaskForm):
    reason = TextAreaField(
        "Why you take it back",
        [InputRequired("Say why; the client reads it."), Length(max=NOTES_CHARACTERS)],
    )


class ButtonForm(FlaskForm):
    """A button: only the token."""

    addressee = IntegerField(validators=[Optional()])


def new_key():
    """Return a key that makes one rendered form good for one decision."""
    return secrets.token_urlsafe(24)

"""What people file and answer, as a browser posts it."""

import re

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    Optional,
    ValidationError,
)

from portal.access.models import User
from portal.core.errors import DomainError
from portal.feedback import hours
from portal.feedback.models.replies import NAME_CHARACTERS, unknown_field
from portal.feedback.models.replies import TEXT_CHARACTERS as REPLY_CHARACTERS
from portal.feedback.pictures import MOST
from portal.feedback.words import Kind, Severity, VerdictKind
from portal.studio.models import Studio

TEXT_CHARACTERS = 10_000
REASON_CHARACTERS = 4_000
PLACE_CHARACTERS = 300
TICKED = re.compile(r"([0-9]{1,9})\.([0-9]{1,4})")  # Which feedback, and its verdicts.


def written(sentence):
    """Return what refuses an empty text with this sentence."""
    return [DataRequired(sentence), Length(max=REASON_CHARACTERS)]


class FilingForm(FlaskForm):
    """Feedback, as a client leaves it."""

    kind = RadioField(
        "What is it?",
        [InputRequired("Choose what it is.")],
        choices={str(kind): kind.asked for kind in Kind},
    )
    text = TextAreaField(
        "What did you notice?",
        [DataRequired("Say in a few words what you noticed."), Length(max=TEXT_CHARACTERS)],
    )
    pictures = MultipleFileField(f"Pictures, up to {MOST}", [Optional()])
    kept = SelectMultipleField("Pictures we have", validate_choice=False)
    page = HiddenField(validators=[Length(max=PLACE_CHARACTERS)])
    device = BooleanField(default=True)
    viewport = HiddenField(validators=[Length(max=PLACE_CHARACTERS)])

    @property
    def files(self):
        """The files that were chosen; a browser sends an empty one for none."""
        return [file for file in self.pictures.data or () if getattr(file, "filename", "")]


class MessageForm(FlaskForm):
    message = TextAreaField(
        "Reply", [DataRequired("Write a reply first."), Length(max=TEXT_CHARACTERS)]
    )
    is_question = BooleanField("It is their turn now: we wait for an answer")
    files = MultipleFileField("Files, up to 5")


class NoteForm(FlaskForm):
    note = TextAreaField(
        "Internal note", [DataRequired("Write a note first."), Length(max=TEXT_CHARACTERS)]
    )
    files = MultipleFileField("Files, up to 5")


class ReasonForm(FlaskForm):
    """Why a client reopens it."""

    reason = TextAreaField("Why", written("Say why; the studio reads it."))


class ContestForm(ReasonForm):
    """`seen` is how often the verdict had changed when the form was made."""

    seen = IntegerField(validators=[InputRequired()])


class VerdictForm(FlaskForm):
    """`seen` is how often the verdict had changed when the form was made."""

    kind = RadioField(
        "Verdict",
        [InputRequired("Choose a verdict.")],
        choices={str(kind): kind.label for kind in VerdictKind},
    )
    scope_item = SelectField("What they signed", validate_choice=False)
    reason = TextAreaField("Reason", written("Say why: the client reads it."))
    seen = IntegerField(validators=[InputRequired()])

    @property
    def scope_number(self):
        """The number of the scope item that was chosen, or None."""
        chosen = self.scope_item.data or ""
        return int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else None


class ResolutionForm(FlaskForm):
    words = TextAreaField("What was done, if you like", [Length(max=REASON_CHARACTERS)])


class AssignmentForm(FlaskForm):
    person = SelectField("In whose hands", validate_choice=False)

    @property
    def user(self):
        """The person who was chosen, or None."""
        chosen = self.person.data or ""
        is_id = chosen.isascii() and chosen.isdigit() and len(chosen) < 10
        return User.get_or_none(id=int(chosen)) if is_id else None


class SeverityForm(FlaskForm):
    severity = SelectField("Severity", choices={str(one): one.capitalize() for one in Severity})


class SnoozeForm(FlaskForm):
    """Until the morning of a day; without one it comes back at once."""

    until = DateField("Until", [Optional()])

    @property
    def at(self):
        """The instant, at the hour when the studio's day begins, or None."""
        return self.until.data and hours.opening(self.until.data, hours.of(Studio.here()))


class MergeForm(FlaskForm):
    """Which other says the same: one of those that are offered, or any by its number."""

    alike = StringField()
    into = StringField("Its number")

    @property
    def number(self):
        """The number that was typed, or else chosen; None if it is none."""
        given = (self.into.data or "").strip().removeprefix("#") or self.alike.data or ""
        is_number = given.isascii() and given.isdigit() and len(given) < 10
        return int(given) if is_number else None

    def validate_into(self, field):
        if self.number is None:
            raise ValidationError("Give the number of the other one.")
        if self.alike.data and self.alike.data != str(self.number):
            raise ValidationError("You chose another one above. Empty this, or choose none there.")


class BatchForm(AssignmentForm, SnoozeForm):
    """What is done to all that is ticked; each tick says how many verdicts were on the page."""

    item = SelectMultipleField("Feedback", validate_choice=False)
    kind = SelectField("Verdict", choices={str(one): one.label for one in VerdictKind})
    reason = TextAreaField("Reason", [Length(max=REASON_CHARACTERS)])

    @classmethod
    def sent(cls):
        """Return what was posted. Raises DomainError if it is no such form."""
        form = cls()
        if not form.validate_on_submit():
            raise DomainError("Choose what is to be done with what is ticked.")
        return form

    @property
    def seen(self):
        """How many verdicts each had, by its id."""
        found = (TICKED.fullmatch(one) for one in self.item.data or ())
        return {int(one[1]): int(one[2]) for one in found if one}


class ReplyForm(FlaskForm):
    name = StringField("Name", [DataRequired("Give it a name."), Length(max=NAME_CHARACTERS)])
    text = TextAreaField("Reply", [DataRequired("Write the reply."), Length(max=REPLY_CHARACTERS)])

    def validate_text(self, field):
        wrong = unknown_field(field.data)
        if wrong:
            raise ValidationError(wrong)


class ButtonForm(FlaskForm):
    """A button: only the token."""

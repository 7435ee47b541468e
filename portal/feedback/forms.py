"""What people file and answer, as a browser posts it."""

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from portal.feedback.pictures import MOST
from portal.feedback.words import Kind, VerdictKind

TEXT_CHARACTERS = 10_000
REASON_CHARACTERS = 4_000
PLACE_CHARACTERS = 300


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


class NoteForm(FlaskForm):
    note = TextAreaField(
        "Internal note", [DataRequired("Write a note first."), Length(max=TEXT_CHARACTERS)]
    )


class ReasonForm(FlaskForm):
    """Why a client reopens it, or contests the verdict."""

    reason = TextAreaField("Why", written("Say why; the studio reads it."))


class VerdictForm(FlaskForm):
    """`seen` is how many verdicts there were when the form was made."""

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


class ButtonForm(FlaskForm):
    """A button: only the token."""

"""What people type about prototypes and at their pins."""

import secrets
from dataclasses import asdict
from urllib.parse import urlsplit

from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    IntegerField,
    MultipleFileField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import (
    AnyOf,
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)
from wtforms.widgets import HiddenInput

from portal.core.errors import DomainError
from portal.prototypes.models.answering import PinStatus
from portal.prototypes.models.pins import TEXT_CHARACTERS
from portal.prototypes.models.screens import PICTURES
from portal.prototypes.places import PLACES, WHOLE_BP, Place, milliseconds
from portal.prototypes.preparing.pictures import NAME_CHARACTERS
from portal.signoff.asking.form import Asking

NOTE_CHARACTERS = 2_000
MS_MOST = 24 * 3_600_000  # A day of video.
EMPTY = asdict(Place())
FILES_MOST = 24  # At once in a plain form; more can be added afterwards.


class FilesForm(FlaskForm):
    files = MultipleFileField("Files")

    def validate_files(self, field):
        field.data = [one for one in field.data or [] if getattr(one, "filename", "")]
        if not field.data:
            raise ValidationError("Choose at least one file.")
        if len(field.data) > FILES_MOST:
            raise ValidationError(f"Choose {FILES_MOST} files at most; add the others afterwards.")


class TurnForm(FlaskForm):
    """Which pins a change request begins with, by their numbers."""

    pin = SelectMultipleField("Pins", coerce=int, validate_choice=False)


class NewForm(FlaskForm):
    title = StringField("Name", [DataRequired("Give it a name."), Length(max=120)])
    note = StringField("What to look at, in a sentence", [Length(max=300)])


class LinkForm(FlaskForm):
    address = StringField("Address", [DataRequired("Paste the address."), Length(max=2_000)])
    name = StringField("Called", [DataRequired("Give it a name."), Length(max=NAME_CHARACTERS)])

    def validate_address(self, field):
        parts = urlsplit(field.data.strip())
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValidationError("Paste the whole address, with https:// in front.")
        field.data = field.data.strip()


class VersionForm(FlaskForm):
    title = StringField("Name", [DataRequired("Give it a name."), Length(max=120)])
    note = StringField("What is new, in a sentence", [Length(max=300)])


class ScreenForm(FlaskForm):
    name = StringField("Name", [DataRequired("Give it a name."), Length(max=NAME_CHARACTERS)])


class SendForm(Asking):
    """Whom to ask, and what happens without an answer."""

    silence = StringField("What happens without an answer", [Length(max=300)])

    def facts(self):
        """Return what the model is told."""
        return {**self.terms(), "silence": self.silence.data or ""}


def part(most):
    """A hidden field of a place: a whole number from 0, or nothing."""
    return IntegerField(validators=[Optional(), NumberRange(0, most)], widget=HiddenInput())


class PinForm(FlaskForm):
    """A pin by touch carries its place; one without names a ninth of a picture, a time, a page."""

    key = HiddenField(validators=[InputRequired(), Length(max=64)])
    screen = SelectField("Screen", coerce=int)
    place = SelectField(
        "Where on it",
        choices=[SelectChoice(name, name.replace("-", " ").capitalize()) for name in PLACES],
        default="middle-centre",
    )
    time = StringField("From", [Length(max=12)])
    until = StringField("To", [Length(max=12)])
    page = StringField("On which page", [Length(max=2_000)])
    x_bp, y_bp, w_bp, h_bp, in_x_bp, in_y_bp = (part(WHOLE_BP) for _ in range(6))
    at_ms, until_ms = (part(MS_MOST) for _ in range(2))
    viewport_width, viewport_height = (part(20_000) for _ in range(2))
    route = HiddenField(validators=[Length(max=2_000)])
    element = HiddenField(validators=[Length(max=4_000)])
    text = TextAreaField(
        "What do you see?",
        [DataRequired("Write what you see here."), Length(max=TEXT_CHARACTERS)],
    )

    @classmethod
    def of(cls, screens, **options):
        """Return the form for a version's screens, with a key of its own."""
        form = cls(**options)
        form.screen.choices = [SelectChoice(one.position, one.name) for one in screens]
        form.kinds = {one.position: one.kind for one in screens}
        form.key.data = form.key.data or secrets.token_urlsafe(16)
        return form

    def placed(self):
        """Return the hidden fields that a touch fills."""
        return [self[name] for name in (*EMPTY, "viewport_width", "viewport_height")]

    @property
    def is_placed(self):
        """True if the screen was touched, and not only spoken of."""
        return any(f.data not in (None, "") for f in (self.x_bp, self.at_ms, self.route))

    def validate_time(self, field):
        self.times = [self.moment(one) for one in (field, self.until)]

    def moment(self, field):
        try:
            return milliseconds(field.data) if field.data and field.data.strip() else None
        except DomainError as refused:
            raise ValidationError(refused.message) from refused

    def where(self):
        """Return the Place."""
        if self.is_placed:
            return Place(
                **{
                    name: (EMPTY[name] if self[name].data is None else self[name].data)
                    for name in EMPTY
                }
            )
        kind, (at_ms, until_ms) = self.kinds[self.screen.data], self.times
        x_bp, y_bp = PLACES[self.place.data] if kind in PICTURES else (None, None)
        return Place(
            x_bp=x_bp, y_bp=y_bp, at_ms=at_ms, until_ms=until_ms, route=self.page.data or ""
        )

    def facts(self):
        """Return what the model is told, but for the device."""
        return {
            "key": self.key.data,
            "screen": self.screen.data,
            "text": self.text.data,
            "place": self.where(),
            "seen": {name: self[name].data for name in ("viewport_width", "viewport_height")},
        }


class WordingForm(FlaskForm):
    text = TextAreaField(
        "What do you see?",
        [DataRequired("Write what you see here."), Length(max=TEXT_CHARACTERS)],
    )


class BatchForm(FlaskForm):
    key = HiddenField(validators=[InputRequired(), Length(max=64)])
    note = TextAreaField("Over all, in a sentence", [Length(max=NOTE_CHARACTERS)])

    @classmethod
    def new(cls, **options):
        form = cls(**options)
        form.key.data = form.key.data or secrets.token_urlsafe(16)
        return form


class AnswerForm(FlaskForm):
    outcome = HiddenField(
        default=PinStatus.ADDRESSED,
        validators=[AnyOf([PinStatus.ADDRESSED, PinStatus.WONT_CHANGE], "Press one of the two.")],
    )
    answer = TextAreaField(
        "What was done about it, or why it stays",
        [DataRequired("Say it in a sentence; the client reads it."), Length(max=NOTE_CHARACTERS)],
    )

    def answer_to(self, pin):
        """Return the verb of the pin that the pressed button stands for."""
        return pin.decline if self.outcome.data == PinStatus.WONT_CHANGE else pin.address


class VerificationForm(FlaskForm):
    seen = HiddenField(validators=[Length(max=40)])


class ReopeningForm(FlaskForm):
    words = TextAreaField(
        "What is still wrong?",
        [
            DataRequired("Say what is still wrong; the studio reads it."),
            Length(max=NOTE_CHARACTERS),
        ],
    )


class MessageForm(FlaskForm):
    message = TextAreaField(
        "Reply", [DataRequired("Write a reply first."), Length(max=NOTE_CHARACTERS)]
    )
    files = MultipleFileField("Files, up to 5")

    @classmethod
    def on(cls, pin, **options):
        """Return the form with an id of its own: several threads are open on one page."""
        form = cls(**options)
        form.message.id = f"message-{pin.number}"
        return form


class NoteForm(FlaskForm):
    note = TextAreaField(
        "Internal note", [DataRequired("Write a note first."), Length(max=NOTE_CHARACTERS)]
    )
    files = MultipleFileField("Files, up to 5")

    @classmethod
    def on(cls, pin, **options):
        form = cls(**options)
        form.note.id = f"note-{pin.number}"
        return form


class VersionsForm(FlaskForm):
    keep = SelectField(
        "Screens", choices=[SelectChoice("y", "Keep"), SelectChoice("", "None")], default="y"
    )


def words(person):
    """Anneke de Wit, head of digital"""
    return f"{person.name}, {person.title}" if person.title else person.name

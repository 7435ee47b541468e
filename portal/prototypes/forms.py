"""What people type about prototypes and at their pins."""

import secrets

from flask_wtf import FlaskForm
from wtforms import (
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
from wtforms.fields.choices import SelectChoice
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from portal.access.permissions import Role
from portal.prototypes.models.pins import TEXT_CHARACTERS
from portal.prototypes.pictures import NAME_CHARACTERS
from portal.prototypes.places import PLACES, WHOLE_BP
from portal.signoff.models import Rule

NOTE_CHARACTERS = 2_000
PICTURES_MOST = 24  # At once; more can be added afterwards.
ACCEPT = "image/png,image/jpeg,image/webp,image/gif,image/avif,image/heic"


class PicturesForm(FlaskForm):
    pictures = MultipleFileField("Images")

    def validate_pictures(self, field):
        field.data = [upload for upload in field.data or [] if upload and upload.filename]
        if not field.data:
            raise ValidationError("Choose at least one image.")
        if len(field.data) > PICTURES_MOST:
            raise ValidationError(
                f"Choose {PICTURES_MOST} images at most; add the others afterwards."
            )


class NewForm(PicturesForm):
    title = StringField("Name", [DataRequired("Give it a name."), Length(max=120)])
    note = StringField("What to look at, in a sentence", [Length(max=300)])


class VersionForm(FlaskForm):
    title = StringField("Name", [DataRequired("Give it a name."), Length(max=120)])
    note = StringField("What is new, in a sentence", [Length(max=300)])


class ScreenForm(FlaskForm):
    name = StringField("Name", [DataRequired("Give it a name."), Length(max=NAME_CHARACTERS)])


class People(SelectMultipleField):
    """Ticks, one for each person."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SendForm(FlaskForm):
    deciders = People("Who decides", coerce=int)
    reviewers = People("Who gives an opinion", coerce=int)
    rule = RadioField(
        "Whose answer counts",
        choices=[
            SelectChoice(Rule.ANY, "The first answer decides"),
            SelectChoice(Rule.ALL, "Everyone has to approve"),
        ],
        default=Rule.ANY,
    )
    due_on = DateField("Answer by", [Optional()])
    silence = StringField("What happens without an answer", [Length(max=300)])

    @classmethod
    def of(cls, project, *, posted=False):
        """Return the form for a project's people; unless posted, all who can be asked are ticked."""
        form = cls() if posted else cls(formdata=None)
        people = project.people(Role.APPROVER, Role.SPONSOR, Role.REVIEWER)
        form.people = {person.id: person for person in people}
        for field, opines in ((form.deciders, False), (form.reviewers, True)):
            fit = [p for p in people if (p.membership.role == Role.REVIEWER) == opines]
            field.choices = [SelectChoice(person.id, words(person)) for person in fit]
            if not posted:
                field.data = [person.id for person in fit]
        return form

    def facts(self):
        """Return what the model is told."""
        return {
            "deciders": [self.people[i] for i in self.deciders.data or ()],
            "reviewers": [self.people[i] for i in self.reviewers.data or ()],
            "rule": Rule(self.rule.data),
            "due_on": self.due_on.data,
            "silence": self.silence.data or "",
        }


class PinForm(FlaskForm):
    """A pin by touch carries its place; one without names a ninth of a screen."""

    key = HiddenField(validators=[InputRequired(), Length(max=64)])
    screen = SelectField("Screen", coerce=int)
    place = SelectField(
        "Where on it",
        choices=[SelectChoice(name, name.replace("-", " ").capitalize()) for name in PLACES],
        default="middle-centre",
    )
    x_bp = IntegerField(validators=[Optional(), NumberRange(0, WHOLE_BP)], widget=HiddenInput())
    y_bp = IntegerField(validators=[Optional(), NumberRange(0, WHOLE_BP)], widget=HiddenInput())
    viewport_width = IntegerField(
        validators=[Optional(), NumberRange(1, 20_000)], widget=HiddenInput()
    )
    text = TextAreaField(
        "What do you see?",
        [DataRequired("Write what you see here."), Length(max=TEXT_CHARACTERS)],
    )

    @classmethod
    def of(cls, screens, **options):
        """Return the form for a version's screens, with a key of its own."""
        form = cls(**options)
        form.screen.choices = [SelectChoice(one.position, one.name) for one in screens]
        form.key.data = form.key.data or secrets.token_urlsafe(16)
        return form

    @property
    def is_placed(self):
        """True if the picture was touched."""
        return self.x_bp.data is not None and self.y_bp.data is not None

    def facts(self):
        """Return what the model is told."""
        named = PLACES[self.place.data]
        x_bp, y_bp = (self.x_bp.data, self.y_bp.data) if self.is_placed else named
        return {
            "key": self.key.data,
            "screen": self.screen.data,
            "x_bp": x_bp,
            "y_bp": y_bp,
            "viewport_width": self.viewport_width.data,
            "text": self.text.data,
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
    answer = TextAreaField(
        "What was done about it",
        [
            DataRequired("Say what was done about it; the client reads it."),
            Length(max=NOTE_CHARACTERS),
        ],
    )


class MoveForm(FlaskForm):
    places = IntegerField(validators=[InputRequired(), NumberRange(-60, 60)])


class VersionsForm(FlaskForm):
    keep = SelectField(
        "Screens", choices=[SelectChoice("y", "Keep"), SelectChoice("", "None")], default="y"
    )


def words(person):
    """Anneke de Wit, head of digital"""
    return f"{person.name}, {person.title}" if person.title else person.name

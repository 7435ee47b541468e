"""What a person types to keep a search."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from portal.search.typed import CHARACTERS_MOST


class ButtonForm(FlaskForm):
    """A form of one button: only its token is checked."""


class SavedForm(FlaskForm):
    name = StringField("Name", [DataRequired("Give it a name."), Length(max=60)])
    q = HiddenField(
        validators=[DataRequired("Search for something first."), Length(max=CHARACTERS_MOST)]
    )

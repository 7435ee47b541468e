"""Which screens of a draft are meant, and where they go."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField
from wtforms.validators import InputRequired, NumberRange, Regexp


class ShiftForm(FlaskForm):
    places = IntegerField(validators=[InputRequired(), NumberRange(-60, 60)])


class PickForm(FlaskForm):
    """Screens by their ids, with commas between."""

    screens = HiddenField(validators=[InputRequired(), Regexp(r"\d{1,18}(,\d{1,18}){0,299}$")])

    @property
    def ids(self):
        return {int(one) for one in self.screens.data.split(",")}


class MoveForm(PickForm):
    before = IntegerField(validators=[InputRequired(), NumberRange(0, 10**18)])

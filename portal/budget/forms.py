"""What a producer states of the money."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from portal.budget.models import NOTE_CHARACTERS
from portal.core.form_fields import DayField, MoneyField
from portal.projects.here import Here


class StatementForm(FlaskForm):
    Meta = Here

    used = MoneyField("Used so far", [InputRequired("Write an amount, or 0.")])
    as_of_on = DayField("At the end of", [InputRequired("Choose a day.")])
    forecast = MoneyField("Forecast for the whole")
    note = StringField(
        "Why, in a sentence",
        [Length(max=NOTE_CHARACTERS, message=f"Say it in {NOTE_CHARACTERS} characters.")],
    )

    def facts(self):
        return {
            "used_minor": self.used.data,
            "as_of_on": self.as_of_on.data,
            "forecast_minor": self.forecast.data,
            "note": self.note.data or "",
        }

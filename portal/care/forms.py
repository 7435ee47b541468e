"""What a client answers, and who is named for a client."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import AnyOf, Length

from portal.care import queries
from portal.care.models import WHY_CHARACTERS

GOOD, NOT_GOOD = "good", "not_good"


class AnswerForm(FlaskForm):
    answer = HiddenField(validators=[AnyOf((GOOD, NOT_GOOD), "Choose good or not good.")])
    why = TextAreaField(
        "Why?",
        [Length(max=WHY_CHARACTERS, message=f"Say it in {WHY_CHARACTERS:,} characters.")],
        filters=[lambda text: text or ""],
    )

    def facts(self):
        """Return what the model is told; no why where the page had no field for one."""
        why = self.why.data if self.why.raw_data else None
        return {"is_good": self.answer.data == GOOD, "why": why}


class NamedForm(FlaskForm):
    person = SelectField("Who hears of complaints at once", coerce=int)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = {one.id: one.name for one in queries.colleagues()}
        self.person.choices = {0: "Nobody", **people}

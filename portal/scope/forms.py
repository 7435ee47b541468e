"""The days that a reader asks about. Plain GET forms: they change nothing."""

from flask import request
from flask_wtf import FlaskForm
from wtforms import StringField

NO_DAY = "Write a day as it stands in a calendar, or choose one."


class AskForm(FlaskForm):
    """A form that only asks: it carries no token, and reads the address."""

    class Meta:
        csrf = False

    @classmethod
    def asked(cls, **shown):
        """Return the form as the address fills it; what it does not say is as in `shown`."""
        form = cls(formdata=None)
        for field in form:
            field.data = request.args.get(field.name, shown.get(field.name, "")).strip()
        return form


class DayForm(AskForm):
    on = StringField("On the day")


class DaysForm(AskForm):
    from_ = StringField("From", name="from")
    to = StringField("To")

"""What stands on pages, letters and estimates about the studio, and what its hours cost."""

import datetime as dt

from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    EmailField,
    FileField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from portal.core import money
from portal.estimates.models.templates import NAME_CHARACTERS as TEMPLATE_NAME_CHARACTERS
from portal.projects.models import CURRENCIES
from portal.studio.rates import LARGEST_HOUR_MINOR, ROLE_CHARACTERS
from portal.studio.terms import NAME_CHARACTERS, TEXT_CHARACTERS


class StudioForm(FlaskForm):
    name = StringField("Name", [DataRequired("Write the studio's name."), Length(max=120)])
    legal_name = StringField("Legal name", [Length(max=200)])
    city = StringField("City", [Length(max=80)])
    address = TextAreaField("Address", [Length(max=500)])
    tax_number = StringField("Tax number", [Length(max=60)])
    phone = StringField("Phone", [Length(max=40)])
    email = EmailField("E-mail", [Length(max=254)])
    opens = TimeField("A working day begins", [Optional()])
    closes = TimeField("And ends", [Optional()])
    logo = FileField("Logo")

    def __init__(self, *args, obj=None, **kwargs):
        times = (
            {"opens": clock_of(obj.opens_minutes), "closes": clock_of(obj.closes_minutes)}
            if obj
            else {}
        )
        super().__init__(*args, obj=obj, **times, **kwargs)

    def validate_closes(self, field):
        if field.data and self.opens.data and field.data <= self.opens.data:
            raise ValidationError("It ends after it begins.")

    def facts(self):
        """Return the columns of the studio that it speaks of."""
        others = ("opens", "closes", "logo", "csrf_token")
        texts = {field.name: field.data or "" for field in self if field.name not in others}
        if not (self.opens.data and self.closes.data):
            return texts
        hours = {"opens_minutes": self.opens.data, "closes_minutes": self.closes.data}
        return texts | {name: at.hour * 60 + at.minute for name, at in hours.items()}


def clock_of(minutes):
    """Return so many minutes after midnight as a time of day; the last is 23:59."""
    hour, minute = divmod(min(minutes, 24 * 60 - 1), 60)
    return dt.time(hour, minute)


class RateForm(FlaskForm):
    role = StringField("Role", [DataRequired("Say whose hour it is."), Length(max=ROLE_CHARACTERS)])
    price = StringField("An hour costs", [DataRequired("Write the price."), Length(max=20)])
    currency = SelectField("Currency", choices=CURRENCIES)
    from_on = DateField("From", [DataRequired("Write the first day as a date.")])

    def validate_price(self, field):
        """Keep it in minor units."""
        self.hour_minor = None
        if self.currency.data not in CURRENCIES:
            return
        try:
            self.hour_minor = money.parse(field.data, self.currency.data)
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from None
        if not 0 < self.hour_minor <= LARGEST_HOUR_MINOR:
            raise ValidationError("An hour costs more than nothing, and less than that.")

    def facts(self):
        """Return what the model is told."""
        return {
            "role": self.role.data,
            "currency": self.currency.data,
            "hour_minor": self.hour_minor,
            "from_on": self.from_on.data,
        }


class RateEndForm(FlaskForm):
    until_on = DateField("Last day", [DataRequired("Write the last day as a date.")])


class TermsForm(FlaskForm):
    name = StringField("Name", [DataRequired("Name the terms."), Length(max=NAME_CHARACTERS)])
    text = TextAreaField("Text", [DataRequired("Write the terms."), Length(max=TEXT_CHARACTERS)])
    from_on = DateField("Offered from", [DataRequired("Write the first day as a date.")])

    def facts(self):
        """Return what the model is told."""
        return {field.name: field.data for field in (self.name, self.text, self.from_on)}


class TemplateNameForm(FlaskForm):
    name = StringField("Name", [DataRequired("Name it."), Length(max=TEMPLATE_NAME_CHARACTERS)])

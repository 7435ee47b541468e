"""What stands on pages, letters and estimates about the studio."""

from flask_wtf import FlaskForm
from wtforms import EmailField, FileField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length


class StudioForm(FlaskForm):
    name = StringField("Name", [DataRequired("Write the studio's name."), Length(max=120)])
    legal_name = StringField("Legal name", [Length(max=200)])
    city = StringField("City", [Length(max=80)])
    address = TextAreaField("Address", [Length(max=500)])
    tax_number = StringField("Tax number", [Length(max=60)])
    phone = StringField("Phone", [Length(max=40)])
    email = EmailField("E-mail", [Length(max=254)])
    logo = FileField("Logo")

    def facts(self):
        """Return the columns of the studio that are text."""
        texts = (f for f in self if f.name not in ("logo", "csrf_token"))
        return {field.name: field.data or "" for field in texts}

"""What people type to come in, and about themselves."""

from zoneinfo import available_timezones

from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from portal.access.models.people import THEMES


class SignInForm(FlaskForm):
    email = EmailField("E-mail", [InputRequired("Write your address."), Length(max=254)])
    password = PasswordField("Password", [Length(max=128)])
    next = HiddenField()


class CodeForm(FlaskForm):
    code = StringField(
        "Six digits",
        [
            InputRequired("Type the six digits from the mail."),
            Regexp(r"^\s*\d{3}\s*\d{3}\s*$", message="A code has six digits."),
        ],
    )


class EmptyForm(FlaskForm):
    """A button: only the token."""


class PasswordForm(FlaskForm):
    password = PasswordField("New password", [InputRequired("Write a password."), Length(max=128)])


class AccountForm(FlaskForm):
    name = StringField("Name", [InputRequired("Write your name."), Length(max=120)])
    title = StringField("What you do", [Length(max=120)])
    phone = StringField("Phone", [Length(max=40)])
    zone = SelectField("Time zone", choices=sorted(available_timezones()))
    theme = SelectField(
        "Paper",
        choices=list(
            zip(THEMES, ("As my device", "Always light", "Always dark"), strict=True)
        ),
    )

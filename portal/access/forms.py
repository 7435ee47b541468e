"""What people type to come in, and about themselves."""

from itertools import groupby
from zoneinfo import available_timezones

from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField, SelectField, StringField, TelField
from wtforms.validators import DataRequired, InputRequired, Length, Regexp, ValidationError

from portal.access.models.people import PASSWORD_CHARACTERS, THEMES, clean_email
from portal.core.errors import DomainError

PAPERS = ("As my device", "Always light", "Always dark")


def joined(text):
    """Return what was typed without its spaces: a code is often pasted as "407 182"."""
    return text and "".join(text.split())


class EmailAddress:
    """Says what is wrong with an address, and leaves it as we keep it."""

    def __call__(self, form, field):
        try:
            field.data = clean_email(field.data)
        except DomainError as wrong:
            raise ValidationError(wrong.message) from None


class SignInForm(FlaskForm):
    email = EmailField(
        "E-mail", [InputRequired("Write your address."), Length(max=254), EmailAddress()]
    )
    password = PasswordField("Password", [Length(max=128, message="No password is that long.")])
    next = HiddenField()


class CodeForm(FlaskForm):
    code = StringField(
        "Six digits",
        [
            InputRequired("Type the six digits from the mail."),
            Regexp(r"^[0-9]{6}$", message="A code has six digits."),
        ],
        filters=[joined],
    )


class EmptyForm(FlaskForm):
    """A button: only the token."""


class PasswordForm(FlaskForm):
    password = PasswordField(
        "New password",
        [InputRequired(f"Write at least {PASSWORD_CHARACTERS} characters."), Length(max=128)],
    )


def zones():
    """Return the time zones of the world, by continent: {continent: {name: words}}."""
    places = sorted(name for name in available_timezones() if "/" in name and "Etc/" not in name)
    grouped = {
        area: {name: name.split("/", 1)[1].replace("_", " ") for name in names}
        for area, names in groupby(places, lambda name: name.split("/")[0])
    }
    return {"World": {"UTC": "UTC"}, **grouped}


class AddressForm(FlaskForm):
    email = EmailField(
        "New address", [InputRequired("Write your address."), Length(max=254), EmailAddress()]
    )


class OldAddressForm(FlaskForm):
    email = EmailField(
        "Your old address", [InputRequired("Write your old address."), Length(max=254)]
    )


class AccountForm(FlaskForm):
    name = StringField("Name", [DataRequired("Write your name."), Length(max=120)])
    title = StringField("What you do", [Length(max=120)])
    phone = TelField("Phone", [Length(max=40)])
    zone = SelectField("Time zone", choices=zones())
    theme = SelectField("Paper", choices=dict(zip(THEMES, PAPERS, strict=True)))

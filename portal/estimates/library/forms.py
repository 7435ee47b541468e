"""What people say about a new estimate, a template, a file and its columns."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from portal.estimates.library.importing import COLUMNS, LOCALES, Reading
from portal.estimates.library.keeping import Choice
from portal.estimates.models.templates import NAME_CHARACTERS

NEW = ""  # Into a new estimate.


class UploadForm(FlaskForm):
    file = FileField("File", [FileRequired("Choose a file first.")])
    into = SelectField("Into")

    @classmethod
    def offering(cls, drafts, **options):
        """Return the form with a new estimate and these drafts to choose from."""
        form = cls(**options)
        names = {
            str(one.number): f"Estimate {one.number}, {one.title or 'untitled'}" for one in drafts
        }
        form.into.choices = [(NEW, "A new estimate"), *names.items()]
        return form


class TemplateForm(FlaskForm):
    name = StringField(
        "Name of the template", [DataRequired("Name it."), Length(max=NAME_CHARACTERS)]
    )
    has_notes = BooleanField("Notes below the lines")
    has_prices = BooleanField("Rates and prices")

    def choice(self, keys):
        """Return what was ticked."""
        return Choice(frozenset(keys), self.has_notes.data, self.has_prices.data)


def reading_of(typed, has_decimal_comma):
    """Return the Reading that an address or a form names; what makes no sense counts as unsaid."""
    usual = "comma" if has_decimal_comma else "point"
    numbers = typed.get("numbers", usual)
    reading = {"numbers": numbers if numbers in LOCALES else usual}
    if "columns" not in typed:
        return Reading(**reading)
    columns = {
        int(name[1:]): value
        for name, value in typed.items()
        if name[:1] == "c" and name[1:].isdecimal() and len(name) < 4 and value in COLUMNS
    }
    return Reading(columns=columns, has_headings="headings" in typed, **reading)

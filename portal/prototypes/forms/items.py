"""Which scope items a prototype shows."""

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField


class ItemsForm(FlaskForm):
    items = SelectMultipleField("Scope items", coerce=int)

    @classmethod
    def of(cls, offered, linked=None):
        """Return the form on these items; `linked` are the numbers that it starts with."""
        form = cls() if linked is None else cls(formdata=None, items=linked)
        form.items.choices = [(item.number, item.title) for item in offered]
        return form

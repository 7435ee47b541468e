"""A draft as a browser posts it: one form of its head, sections and lines."""

import re

from wtforms import Form, IntegerField

from portal.core.filters import READER
from portal.estimates.forms.head import HeadForm, payments_of, taxes_of
from portal.estimates.forms.lines import LineForm, SectionForm

_GONE = re.compile(r"^remove-(tax|payment):([1-9][0-9]{0,3})$", re.ASCII)


class CounterForm(Form):
    edits = IntegerField("Saves before this one")


class SheetForm:
    """The whole draft: the head with its rows, and a form for each section and line that it has.

    `roles` are those of the rate card; `act` is the button that was pressed.
    """

    def __init__(self, draft, parts, typed=None, *, roles=(), act=""):
        meta = {"currency": draft.project.currency, "locale": READER.get().locale}
        gone = {name: int(at) for name, at in _GONE.findall(act)}
        self.draft = draft
        self.head = HeadForm(typed, obj=draft, meta=meta)
        self.taxes = taxes_of(draft, typed, meta, gone.get("tax"))
        self.payments = payments_of(draft, typed, meta, gone.get("payment"))
        self.counter = CounterForm(typed, obj=draft)
        numbers = [tax["number"] for tax in draft.taxes]
        self.parts = [
            (
                section,
                SectionForm.of(section, typed),
                [(one, LineForm.of(one, typed, meta, roles=roles, taxes=numbers)) for one in lines],
            )
            for section, lines in parts
        ]

    @property
    def lines(self):
        return [(line, form) for _, _, lines in self.parts for line, form in lines]

    @property
    def rows(self):
        return [*self.taxes.forms.values(), *self.payments.forms.values()]

    @property
    def head_fields(self):
        """The fields of the head and its rows, those that were on the page."""
        fields = [field for form in (self.head, *self.rows) for field in form]
        return [field for field in fields if field.raw_data is not None]

    @property
    def forms(self):
        sections = (form for _, form, _ in self.parts)
        return [self.head, *sections, *(form for _, form in self.lines), *self.rows]

    @property
    def wrong_fields(self):
        return [field for form in self.forms for field in form if field.errors]

    @property
    def has_effort(self):
        """True if anybody named a role or guessed how long something takes."""
        names = ("role", "low_minutes", "likely_minutes", "high_minutes")
        return any(getattr(line, name) for line, _ in self.lines for name in names)

    def validate(self):
        """Check every field, also after one that is wrong."""
        checked = [form.validate() for form in self.forms]
        return all(checked)

    def values(self):
        """Return what could be read, as `save_draft` takes it."""
        rows = {"taxes": self.taxes, "payments": self.payments}
        return {
            **self.head.values(self.draft),
            **{name: rows.values() for name, rows in rows.items() if rows.is_there},
            "sections": {section.id: form.values() for section, form, _ in self.parts},
            "lines": {line.number: form.values() for line, form in self.lines},
        }

"""Terms: what the studio works under, in its own words. Numbered, dated, and never changed."""

import peewee

from portal.core import clock, db
from portal.core.errors import DomainError
from portal.core.fields import LineField, ProseField, UTCDateTimeField, line, plain
from portal.core.read import Read
from portal.studio.hourly import today

NAME_CHARACTERS = 80
TEXT_CHARACTERS = 10_000  # What fits into an estimate.
USUAL_NAME = "General terms"


class Terms(db.Model):
    """One version of one set of terms, in Markdown. What is wrong in it, the next one says right."""

    name = LineField(max_length=NAME_CHARACTERS)
    version = peewee.IntegerField()  # Counts from 1 under its name.
    text = ProseField()
    from_on = peewee.DateField()  # The first day on which it is offered.
    created_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("name", "version"), True),)

    @classmethod
    def issue(cls, *, name, text, from_on):
        """Write the next version of the terms of that name, and return it.

        Raises DomainError without a name or a text, or if it says what the last one says.
        """
        name, text = line(name), plain(text).strip()
        if not name:
            raise DomainError("Name the terms, for example General terms.")
        if not text:
            raise DomainError("Write the terms.")
        if len(text) > TEXT_CHARACTERS:
            raise DomainError(f"Terms have at most {TEXT_CHARACTERS:,} characters.")
        with db.change():
            db.queue_up("terms")
            last = cls.last_of(name)
            if last and (last.text, last.from_on) == (text, from_on):
                raise DomainError(f"{last.label} says exactly this already.")
            number = last.version + 1 if last else 1
            spelt = last.name if last else name
            return cls.create(name=spelt, version=number, text=text, from_on=from_on)

    @classmethod
    def last_of(cls, name):
        """Return the newest version under a name, whatever its capitals and its day; or None."""
        alike = [row for row in cls.every() if row.name.casefold() == line(name).casefold()]
        return alike[0] if alike else None

    @classmethod
    def every(cls):
        """Return every version of all of them: the names as they came, the newest version first."""
        rows = _EVERY.all()
        first = {}
        for row in sorted(rows, key=lambda one: one.id):
            first.setdefault(row.name, row.id)
        return sorted(rows, key=lambda one: (first[one.name], -one.version))

    @classmethod
    def offered(cls, day=None):
        """Return the version of each name that holds on a day (default: today)."""
        day, found = day or today(), {}
        for row in cls.every():
            if row.from_on <= day:
                found.setdefault(row.name, row)
        return list(found.values())

    @classmethod
    def current(cls, name=None, day=None):
        """Return what holds on a day under that name, or None. Without a name: the usual terms."""
        offered = cls.offered(day)
        wanted = [one for one in offered if one.name.casefold() == (name or USUAL_NAME).casefold()]
        return next(iter(wanted if name else wanted or offered), None)

    @property
    def label(self):
        """What an estimate calls them: General terms, version 3."""
        return f"{self.name}, version {self.version}"

    def save(self, *args, **kwargs):
        if self.id is not None:
            raise TypeError("terms are never changed; issue the next version")
        return super().save(*args, **kwargs)

    def delete_instance(self, *args, **kwargs):
        raise TypeError("terms are kept: an estimate may name them")


_EVERY = Read("select * from terms order by id", model=Terms)

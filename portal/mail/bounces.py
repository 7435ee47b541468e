"""Addresses that nobody has: letters to them are held until somebody tries again."""

from collections.abc import Callable

import peewee

from portal.core import clock, db
from portal.core.fields import LineField, UTCDateTimeField

_told: list[Callable] = []


class Bounce(db.Model):
    """What a mail server said when it refused an address for good."""

    address = LineField(unique=True)
    said = peewee.TextField()
    at = UTCDateTimeField(default=clock.now)

    @classmethod
    def of(cls, address):
        """Return what this address bounced with, or None."""
        return cls.get_or_none(cls.address == address)

    @classmethod
    def note(cls, letter, said):
        """Remember it, and tell once: of two workers that hear it, one does."""
        first = cls.insert(address=letter.address, said=said).on_conflict_ignore()
        if first.as_rowcount().execute():
            for tell in _told:
                tell(letter, said)


def on_bounce(tell):
    """Let `tell(letter, said)` hear, in the same transaction, of an address that bounced first."""
    _told.append(tell)
    return tell

"""Upkeep: when somebody last checked and saved what this installation holds."""

from enum import StrEnum

import peewee

from portal.core import clock, db
from portal.core.fields import EnumField, UTCDateTimeField


class Deed(StrEnum):
    BACKUP = "backup"
    VERIFY = "verify"


class Upkeep(db.Model):
    """The last time of each deed, and whether all was well."""

    deed = EnumField(Deed, unique=True)
    done_at = UTCDateTimeField()
    is_well = peewee.BooleanField()

    @classmethod
    def note(cls, deed, *, is_well=True):
        """Note that it was done now."""
        columns = {"done_at": clock.now(), "is_well": is_well}
        with db.change():
            cls.insert(deed=deed, **columns).on_conflict_ignore().execute()
            cls.update(**columns).where(cls.deed == deed).execute()

    @classmethod
    def latest(cls):
        """Return the last of each deed, by its name."""
        return {str(row.deed): row for row in cls.select()}

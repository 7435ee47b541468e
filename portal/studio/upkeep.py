"""Upkeep: when somebody last checked and saved what this installation holds."""

from enum import StrEnum

import peewee

from portal.core import clock, db
from portal.core.fields import EnumField, UTCDateTimeField


class Deed(StrEnum):
    BACKUP = "backup"
    SWEEP = "sweep"  # `files` and `size_bytes` are what nothing owns, and has not been let go yet.
    VERIFY = "verify"


class Upkeep(db.Model):
    """The last time of each deed, and whether all was well."""

    deed = EnumField(Deed, unique=True)
    done_at = UTCDateTimeField()
    is_well = peewee.BooleanField()
    files = peewee.IntegerField(null=True)
    size_bytes = peewee.BigIntegerField(null=True)

    @classmethod
    def note(cls, deed, *, is_well=True, **found):
        """Note that it was done now; `found` is what it counted."""
        columns = {"done_at": clock.now(), "is_well": is_well, **found}
        with db.change():
            cls.insert(deed=deed, **columns).on_conflict_ignore().execute()
            cls.update(**columns).where(cls.deed == deed).execute()

    @classmethod
    def latest(cls):
        """Return the last of each deed, by its name."""
        return {str(row.deed): row for row in cls.select()}

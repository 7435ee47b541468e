"""Studio: one row with the name, address and numbers that stand on pages, letters and PDFs."""

import time

import peewee

from portal.core import db
from portal.core.fields import LineField, ProseField
from portal.core.read import Read
from portal.storage.models import Blob

KEPT_SECONDS = 5  # How long another process may still show the old name.
NOTHING = (None, 0.0, None)
_kept = NOTHING

THE_ONE = 1  # One installation, one studio: the primary key says so.


class Studio(db.Model):
    """Who the clients deal with. The legal fields print on estimates and receipts."""

    name = LineField(default="Your studio")
    legal_name = LineField(default="")
    city = LineField(default="")
    address = ProseField(default="")
    tax_number = LineField(default="")
    phone = LineField(default="")
    email = LineField(default="")
    zone = peewee.CharField(max_length=64, default="Europe/Amsterdam")
    locale = peewee.CharField(max_length=16, default="en")
    currency = peewee.CharField(max_length=3, default="EUR")
    # When its day begins and ends, Monday to Friday: minutes after midnight, in its zone.
    opens_minutes = peewee.BigIntegerField(default=9 * 60)
    closes_minutes = peewee.BigIntegerField(default=18 * 60)
    logo = peewee.ForeignKeyField(Blob, null=True, on_delete="SET NULL")

    @classmethod
    def here(cls):
        """Return the studio; before one is established, an unsaved one with defaults.

        It is read again every few seconds only: every page shows it, and it changes in years.
        """
        global _kept
        database, until, studio = _kept
        if database is not db.handle.obj or time.monotonic() > until:
            studio = _HERE.one(id=THE_ONE) or cls()
            _kept = (db.handle.obj, time.monotonic() + KEPT_SECONDS, studio)
        return studio

    @classmethod
    def establish(cls, **facts):
        """Make the studio, or change what `facts` names. Return it."""
        global _kept
        with db.change():
            cls.insert(id=THE_ONE).on_conflict_ignore().execute()
            studio = cls.get_by_id(THE_ONE)
            for name, value in facts.items():
                if name not in cls._meta.fields:
                    raise TypeError(f"a studio has no {name}")
                setattr(studio, name, value)
            studio.save()
        _kept = NOTHING
        return cls.get_by_id(THE_ONE)


_HERE = Read(
    "select id, name, legal_name, city, address, tax_number, phone, email, zone, locale, currency,"
    " opens_minutes, closes_minutes, logo_id from studio where id = :id",
    model=Studio,
)

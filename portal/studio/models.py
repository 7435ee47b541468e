"""Studio: one row with the name, address and numbers that stand on pages, letters and PDFs."""

import peewee

from portal.core import db
from portal.core.fields import LineField, ProseField
from portal.core.read import Read
from portal.storage.models import Blob

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
    logo = peewee.ForeignKeyField(Blob, null=True, on_delete="SET NULL")

    @classmethod
    def here(cls):
        """Return the studio; before one is established, an unsaved one with defaults."""
        return _HERE.one(id=THE_ONE) or cls()

    @classmethod
    def establish(cls, **facts):
        """Make the studio, or change what `facts` names. Return it."""
        with db.change():
            cls.insert(id=THE_ONE).on_conflict_ignore().execute()
            studio = cls.get_by_id(THE_ONE)
            for name, value in facts.items():
                if name not in cls._meta.fields:
                    raise TypeError(f"a studio has no {name}")
                setattr(studio, name, value)
            studio.save()
        return cls.get_by_id(THE_ONE)


_HERE = Read(
    "select id, name, legal_name, city, address, tax_number, phone, email, zone, locale, currency,"
    " logo_id from studio where id = :id",
    model=Studio,
)

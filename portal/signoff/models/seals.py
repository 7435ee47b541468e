"""Seal: the promise of a sealed PDF for one receipt, and the PDF once it is there."""

import datetime as dt

import peewee

from portal.core import clock, db
from portal.core.fields import UTCDateTimeField
from portal.signoff.models.answers import Receipt
from portal.storage.models import Blob

LEASE = dt.timedelta(minutes=5)  # Far longer than one takes; after it the worker counts as dead.
FIRST_WAIT = dt.timedelta(minutes=1)  # Doubles after every failure, and nobody ever gives up.
LONGEST_WAIT = dt.timedelta(hours=1)
LATE = dt.timedelta(minutes=15)  # From here on somebody should look.
ROUND = 50  # What one sweep takes on, so that a round ends.


class Seal(db.Model):
    """Made with the decision, which counts from the first moment. The PDF follows, once."""

    receipt = peewee.ForeignKeyField(Receipt, backref="seals", unique=True, on_delete="CASCADE")
    pdf = peewee.ForeignKeyField(Blob, null=True)
    fingerprint = peewee.CharField(max_length=64, default="")  # Of the certificate, SHA-256.
    sealed_at = UTCDateTimeField(null=True)
    promised_at = UTCDateTimeField()
    attempts = peewee.IntegerField(default=0)
    next_try_at = UTCDateTimeField()

    class Meta:
        indexes = ((("sealed_at", "next_try_at"), False),)

    @classmethod
    def promise(cls, receipt):
        now = clock.now()
        return cls.create(receipt=receipt, promised_at=now, next_try_at=now)

    @classmethod
    def of(cls, receipt):
        """Return the seal of a receipt with its PDF, or None where none was promised."""
        query = cls.select(cls, Blob).join(Blob, peewee.JOIN.LEFT_OUTER)
        return query.where(cls.receipt == receipt).first()

    @classmethod
    def due(cls):
        """Return those whose time has come, the longest waiting first."""
        ready = cls.sealed_at.is_null() & (cls.next_try_at <= clock.now())
        return list(cls.select().where(ready).order_by(cls.next_try_at).limit(ROUND))

    @classmethod
    def late(cls):
        """Return how many were tried and have waited so long that somebody should look."""
        waiting = cls.sealed_at.is_null() & (cls.promised_at < clock.now() - LATE)
        return cls.select().where(waiting & (cls.attempts > 0)).count()

    @property
    def is_made(self):
        return self.sealed_at is not None

    def claim(self):
        """Take it for as long as the lease runs. True if we are the one who has it."""
        cls, now = type(self), clock.now()
        open_ = (cls.id == self.id, cls.sealed_at.is_null(), cls.next_try_at <= now)
        lease = {"next_try_at": now + LEASE, "attempts": cls.attempts + 1}
        taken = cls.update(lease).where(*open_).execute() == 1
        if taken:
            self.__data__.update(cls.get_by_id(self.id).__data__)
        return taken

    def keep(self, pdf, fingerprint):
        """Link the sealed PDF, a Blob, if there is none yet. True if this is the one that counts."""
        cls, made = type(self), {"pdf": pdf, "fingerprint": fingerprint, "sealed_at": clock.now()}
        first = cls.update(made).where(cls.id == self.id, cls.sealed_at.is_null()).execute() == 1
        self.__data__.update(cls.get_by_id(self.id).__data__)
        return first

    def try_later(self):
        wait = min(FIRST_WAIT * 2 ** min(self.attempts, 10), LONGEST_WAIT)
        cls = type(self)
        cls.update(next_try_at=clock.now() + wait).where(
            cls.id == self.id, cls.sealed_at.is_null()
        ).execute()

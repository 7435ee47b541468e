"""Posting: where a form that was posted led to, for the second of two that are the same."""

import datetime as dt

import peewee

from portal.core import clock, db
from portal.core.fields import UTCDateTimeField


class Posting(db.Model):
    """One post that made something. Of what was typed it keeps a hash."""

    digest = peewee.CharField(max_length=64, unique=True)
    place = peewee.TextField()
    posted_at = UTCDateTimeField(default=clock.now, index=True)

    @classmethod
    def place_of(cls, digest, within):
        """Return where an equal post led `within` this time, or None."""
        young = cls.posted_at > clock.now() - within
        found = cls.get_or_none(cls.digest == digest, young)
        return found and found.place

    @classmethod
    def note(cls, digest, place):
        cls.delete().where(cls.digest == digest).execute()
        cls.create(digest=digest, place=place)

    @classmethod
    def sweep(cls):
        cls.delete().where(cls.posted_at < clock.now() - dt.timedelta(days=1)).execute()

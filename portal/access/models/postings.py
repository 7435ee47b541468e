"""Posting: where a form that was posted led to, for the second of two that are the same."""

import datetime as dt

import peewee

from portal.core import clock, db
from portal.core.fields import UTCDateTimeField


class Posting(db.Model):
    """One post that made something. Of what was typed it keeps a hash."""

    ON_ITS_WAY = ""

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
    def claim(cls, digest, within):
        """Note that such a post is on its way. False if an equal one is, or was `within` this time."""
        with db.change():
            db.queue_up(f"post:{digest}")
            if cls.place_of(digest, within) is not None:
                return False
            cls.note(digest, cls.ON_ITS_WAY)
        return True

    @classmethod
    def settle(cls, digest, place):
        """Say where it led; None: it made nothing, and may come again."""
        mine = cls.digest == digest
        if place is None:
            cls.delete().where(mine).execute()
        else:
            cls.update(place=place).where(mine).execute()

    @classmethod
    def sweep(cls):
        cls.delete().where(cls.posted_at < clock.now() - dt.timedelta(days=1)).execute()

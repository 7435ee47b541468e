"""Receiving: a file comes in by parts, over hours if the connection is bad."""

import datetime as dt
from contextlib import ExitStack

from portal.core import clock, db
from portal.core.errors import Conflict, DomainError
from portal.prototypes import jobs
from portal.prototypes.models.stages import UNDER_WAY, SourceStatus
from portal.storage import store
from portal.storage.base import TooLarge
from portal.storage.jobs import ABANDONED_SECONDS

UNFINISHED_MOST = 20  # Of one person: a browser sends one after the other.
NOT_NEXT = "This part is not the next one of the file."
GONE = "What had arrived of this file is gone. Choose it again."


class Receiving:
    """Mixed into Source."""

    @property
    def offset(self):
        """How many of its bytes are here."""
        return self.received_bytes if self.status == SourceStatus.RECEIVING else self.size_bytes

    @classmethod
    def check_unfinished(cls, user):
        """Raise DomainError if this person has begun too much."""
        theirs = (cls.status == SourceStatus.RECEIVING) & (cls.created_by == user)
        if cls.select().where(theirs).count() >= UNFINISHED_MOST:
            raise DomainError(
                f"{UNFINISHED_MOST} of your uploads are not finished. "
                "Go on with them or remove some, then begin others."
            )

    def receive(self, offset, stream, size_bytes, *, sha256=None, composite=None):
        """Add the part that begins at `offset`, and return how many bytes are here then.

        The last part says what the SHA-256 over the digests of all parts is; both are in hex.

        Raises Conflict if this part is not the next, or the version was sent; TooLarge beyond
        what was declared; Damaged; NoRoom. Then nothing has changed, and it can be sent again.
        """
        self._check_next(offset)
        if offset + size_bytes > self.size_bytes:
            raise TooLarge("This is more than the file was said to hold.")
        uploads = store().uploads
        with ExitStack() as held:
            with db.set_aside():  # A part may take minutes.
                part = held.enter_context(uploads.part(stream, size_bytes, sha256))
            held.enter_context(uploads.hold(self.key))
            self._check_next(offset)
            try:
                uploads.append(self.key, offset, part)
            except FileNotFoundError as lost:
                self.forget()
                raise Conflict(GONE) from lost
            self._grow(offset, offset + size_bytes, composite)
        return self.offset

    def forget(self):
        """Take it out, with what has arrived of it, unless it goes on at this moment."""
        with self.version.project.change() as project:
            if type(self).delete().where(self._is_here(self.received_bytes)).execute():
                db.after_commit(lambda: store().uploads.discard(self.key))
                project.revise(is_internal=True)

    @classmethod
    def forget_abandoned(cls):
        """Take out uploads that nobody has gone on with for a day, or whose bytes are gone."""
        uploads, before = store().uploads, clock.now() - dt.timedelta(seconds=ABANDONED_SECONDS)
        for source in cls.select().where(cls.status == SourceStatus.RECEIVING):
            if source.received_at < before or uploads.received(source.key) < source.received_bytes:
                source.forget()
        awaited = cls.select(cls.key).where(cls.blob.is_null(), cls.status << UNDER_WAY)
        uploads.sweep(ABANDONED_SECONDS, {source.key for source in awaited})

    def _check_next(self, offset):
        self.version.check_draft()
        cls = type(self)
        if not cls.select().where(self._is_here(offset)).exists():
            raise Conflict(NOT_NEXT)

    def _grow(self, before, now, composite):
        facts = {"received_bytes": now, "received_at": clock.now()}
        if now == self.size_bytes:
            facts |= {"status": SourceStatus.WAITING, "composite": composite or ""}
        with self.version.drafting():
            if not type(self).update(**facts).where(self._is_here(before)).execute():
                raise Conflict(NOT_NEXT)
            if now == self.size_bytes:
                db.after_commit(jobs.prepare.later)
        self.__data__.update(facts)

    def _is_here(self, offset):
        cls = type(self)
        is_open = (cls.id == self.id) & (cls.status == SourceStatus.RECEIVING)
        return is_open & (cls.received_bytes == offset)

"""Source: one file that was put into a version, and how far it has come. SiteFile: one file of it."""

import datetime as dt
import secrets

import peewee

from portal.access.models import User
from portal.core import clock, db
from portal.core.fields import EnumField, LineField, UTCDateTimeField
from portal.prototypes.models.receiving import Receiving
from portal.prototypes.models.stages import UNDER_WAY, SourceStatus
from portal.storage.models import Blob

ROWS_AT_ONCE = 150  # Six columns each, below what SQLite takes in one statement.
LEASE_SECONDS = 180  # Without a sign of life; each step of the longest file is shorter.
ATTEMPTS_MOST = 3
CLAIMS = 20  # Looked at in one go, so that a few that were given up do not hide the rest.
TOO_MUCH = "We could not finish this file, though we tried several times. Try a smaller one."


def new_key():
    return secrets.token_urlsafe(16)


class Source(Receiving, db.Model):
    """What the screens of a version were made from. It stays as it came, whatever became of it."""

    version = peewee.DeferredForeignKey("PrototypeVersion", backref="sources", on_delete="CASCADE")
    key = peewee.CharField(max_length=64, unique=True, default=new_key)  # Names it in addresses.
    name = LineField(max_length=120)  # As its file was called.
    size_bytes = peewee.BigIntegerField()
    blob = peewee.ForeignKeyField(Blob, backref="+", null=True)  # None until it is whole.
    status = EnumField(SourceStatus, default=SourceStatus.WAITING)
    received_bytes = peewee.BigIntegerField(default=0)  # While it comes in, by parts.
    received_at = UTCDateTimeField(null=True)  # When the last of them came.
    composite = peewee.CharField(max_length=64, default="")  # SHA-256 over theirs, by the browser.
    done = peewee.IntegerField(default=0)  # Of `total` steps, while it is worked on.
    total = peewee.IntegerField(default=0)
    problem = LineField(default="", max_length=400)  # One sentence for who uploaded it.
    attempts = peewee.IntegerField(default=0)
    claimed_at = UTCDateTimeField(null=True)  # When a worker took it, last sign of life.
    created_by = peewee.ForeignKeyField(User)
    created_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("version", "status"), False), (("status",), False))

    @classmethod
    def claim(cls):
        """Take the file that waits longest, or one whose worker died. None if there is none.

        A file that has cost a worker its life too often is given up.
        """
        late = clock.now() - dt.timedelta(seconds=LEASE_SECONDS)
        is_due = (cls.status == SourceStatus.WAITING) | (
            (cls.status == SourceStatus.WORKING) & (cls.claimed_at < late)
        )
        for source in cls.select().where(is_due).order_by(cls.id).limit(CLAIMS):
            if source.attempts >= ATTEMPTS_MOST:
                source.fail(TOO_MUCH)
            elif source.take(is_due):
                return source
        return None

    def take(self, is_due):
        """Mark it as ours, unless another worker was faster. Returns whether it is."""
        cls, tries = type(self), self.attempts + 1
        facts = {"status": SourceStatus.WORKING, "attempts": tries, "claimed_at": clock.now()}
        with self.version.project.change() as project:
            mine = (cls.id == self.id) & (cls.attempts == self.attempts) & is_due
            is_ours = bool(cls.update(**facts).where(mine).execute())
            project.revise(is_internal=True)
        self.status, self.attempts = SourceStatus.WORKING, tries
        return is_ours

    def tell(self, done, total):
        """Say how far it has come, and that its worker lives."""
        self._set(done=done, total=total, claimed_at=clock.now())

    def keep(self, blob):
        """Note where its bytes are, now that all have come in and were checked."""
        self._set(blob=blob, done=0, total=0, claimed_at=clock.now())
        self.blob = blob

    def fail(self, problem):
        """Say why nothing can be shown of it."""
        self._set(status=SourceStatus.FAILED, problem=problem)

    def finish(self, looks):
        """Put what was made of it into the draft. Raises Conflict if that was sent meanwhile.

        A file that is called like an earlier one takes the place of all its screens.
        """
        with self.version.drafting() as draft:
            if not type(self).get_or_none(id=self.id):
                return  # Somebody took it away meanwhile.
            draft.place(looks)
            draft.drop_screens_before(self, [look.name for look in looks])
            self._set(status=SourceStatus.READY)

    def _set(self, **facts):
        with self.version.project.change() as project:
            type(self).update(**facts).where(type(self).id == self.id).execute()
            project.revise(is_internal=True)

    @property
    def is_under_way(self):
        return self.status in UNDER_WAY

    @property
    def progress(self):
        """How far it is, in per cent, while it is worked on."""
        return 100 * self.done // self.total if self.total else 0


class SiteFile(db.Model):
    """One file of an unpacked website, served at its own path."""

    source = peewee.ForeignKeyField(Source, backref="files", on_delete="CASCADE")
    path = peewee.CharField(max_length=500)  # "css/main.css", as in the archive.
    blob = peewee.ForeignKeyField(Blob, backref="+")
    media_type = peewee.CharField(max_length=100)  # By its name: browsers need the right one.
    title = LineField(default="", max_length=200)  # Of a page, as it calls itself.

    class Meta:
        indexes = ((("source", "path"), True),)

    @classmethod
    def place(cls, source, rows):
        """Keep the files of a website, once: a second try of the same archive changes nothing."""
        with source.version.project.change():
            cls.delete().where(cls.source == source).execute()
            for some in peewee.chunked(rows, ROWS_AT_ONCE):
                cls.insert_many([{"source": source, **row} for row in some]).execute()

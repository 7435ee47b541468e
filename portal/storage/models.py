"""Blob: bytes we keep, once, whatever they are called and wherever they are attached."""

import re
import unicodedata

import peewee

from portal.core import clock, db
from portal.core.errors import DomainError
from portal.core.fields import UTCDateTimeField
from portal.storage import store
from portal.storage.base import Stored
from portal.storage.limits import ANYTHING, EXTENSIONS, LIMITS, MAX_NAME_CHARS
from portal.storage.sniff import Sniffed, sniff

ROWS_AT_ONCE = 150  # Far below the number of values SQLite takes in one statement.
_INVISIBLE = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")  # Controls, bidi marks, private, line breaks.
_FORBIDDEN = re.compile(r'[<>:"|?*]')  # Windows will not save these.


class Blob(db.Model):
    """One content. Its name as people see it belongs to whatever attaches it."""

    sha256 = peewee.FixedCharField(max_length=64, unique=True)
    size_bytes = peewee.BigIntegerField()
    media_type = peewee.CharField(max_length=100)
    width = peewee.IntegerField(null=True)
    height = peewee.IntegerField(null=True)
    created_at = UTCDateTimeField()
    kept_at = UTCDateTimeField(default=clock.now, index=True)  # Last time somebody brought them.

    @classmethod
    def keep(cls, stream, *, limit):
        """Keep an upload of the kind `limit` in `LIMITS`, and return its row.

        Call it before the transaction that attaches it: the upload may take minutes.

        Raises DomainError with a sentence for the uploader; then nothing is kept.
        """
        limit, judged = LIMITS[limit], []

        def inspect(path):
            if not path.stat().st_size:
                raise DomainError("This file is empty. Choose another one.")
            judged.append(sniff(path) if limit.accepted else Sniffed(ANYTHING))
            limit.check(judged[0].media_type)

        return cls.of(store().put(stream, limit.max_bytes, inspect), judged[0])

    @classmethod
    def of(cls, stored, judged):
        """Return the row of bytes that are kept; `judged` says what they are."""
        is_ = {"media_type": judged.media_type, "width": judged.width, "height": judged.height}
        now = clock.now()
        new = {"size_bytes": stored.size_bytes, "created_at": now, "kept_at": now}
        with db.change():
            db.queue_up(f"file:{stored.sha256}")  # Its bytes may be let go in this moment.
            cls.insert(sha256=stored.sha256, **new, **is_).on_conflict_ignore().execute()
            cls.update(kept_at=now).where(cls.sha256 == stored.sha256).execute()
            if judged.media_type != ANYTHING:  # The same bytes may have been kept unjudged.
                unknown = (cls.sha256 == stored.sha256) & (cls.media_type == ANYTHING)
                cls.update(**is_).where(unknown).execute()
        store().confirm(stored.sha256)
        return cls.get(sha256=stored.sha256)

    @classmethod
    def keep_all(cls, paths):
        """Keep files of ours as they are, in few statements. Returns the Blobs, in the same order."""
        kept = []
        for path in paths:
            with path.open("rb") as file:
                kept.append(store().put(file, path.stat().st_size))
        now = clock.now()
        is_ = {"media_type": ANYTHING, "created_at": now, "kept_at": now}
        sizes = {one.sha256: one.size_bytes for one in kept}
        # In order: two that bring some of the same wait for each other in one direction only.
        rows = [{"sha256": sha256, "size_bytes": sizes[sha256], **is_} for sha256 in sorted(sizes)]
        with db.change():
            for some in peewee.chunked(rows, ROWS_AT_ONCE):
                for row in some:
                    db.queue_up(f"file:{row['sha256']}")
                cls.insert_many(some).on_conflict_ignore().execute()
                same = cls.sha256 << [row["sha256"] for row in some]
                cls.update(kept_at=now).where(same).execute()
        for sha256 in sizes:
            store().confirm(sha256)
        asked = peewee.chunked(sizes, ROWS_AT_ONCE)
        found = {b.sha256: b for some in asked for b in cls.select().where(cls.sha256 << some)}
        return [found[one.sha256] for one in kept]

    def learn(self, judged):
        """Say what its bytes are, now that somebody has looked. Returns the row as it is then."""
        return type(self).of(Stored(self.sha256, self.size_bytes), judged)

    @property
    def is_image(self):
        return self.media_type.startswith("image/")

    def open(self):
        """Return the bytes as a file. Raises FileNotFoundError if they are gone."""
        return store().open(self.sha256)

    def path(self):
        """Return where this machine can read the bytes."""
        return store().path(self.sha256)


def display_name(name, media_type):
    """Return a file name that is safe to show and to save, ending as the content says.

    >>> display_name("../../Q3 Pl\\u202egnp.exe", "image/png")
    'Q3 Plgnp.png'
    """
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(c for c in name if unicodedata.category(c) not in _INVISIBLE)
    name = " ".join(_FORBIDDEN.sub("", name).split()).strip(". ")
    stem, dot, extension = name.rpartition(".")
    if media_type in EXTENSIONS:
        stem, extension = (stem if dot else name), EXTENSIONS[media_type]
    else:
        stem, extension = (stem, dot + extension[:10]) if dot else (name, "")
    return (stem[: MAX_NAME_CHARS - len(extension)].strip(". ") or "file") + extension

"""Blob: bytes we keep, once, whatever they are called and wherever they are attached."""

import re
import unicodedata

import peewee

from portal.core import clock, db
from portal.core.errors import DomainError
from portal.core.fields import UTCDateTimeField
from portal.storage import store
from portal.storage.limits import EXTENSIONS, LIMITS, MAX_NAME_CHARS
from portal.storage.sniff import sniff

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
            judged.append(sniff(path))
            limit.check(judged[0].media_type)

        stored = store().put(stream, limit.max_bytes, inspect)
        with db.change():
            cls.insert(
                sha256=stored.sha256,
                size_bytes=stored.size_bytes,
                media_type=judged[0].media_type,
                width=judged[0].width,
                height=judged[0].height,
                created_at=clock.now(),
            ).on_conflict_ignore().execute()
        return cls.get(sha256=stored.sha256)

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

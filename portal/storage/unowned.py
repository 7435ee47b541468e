"""Blobs that nothing owns: pictures of a form nobody sent, what was replaced, what was erased.

A row goes when nothing has pointed to it for days; the bytes go a night later, if nobody has kept
the same content again meanwhile. So a backup that runs beside it finds what it read about, and a
form that is posted at that very moment keeps its file.
"""

import datetime as dt
import logging
from collections.abc import Callable

import peewee
from peewee import fn

from portal.core import clock, db
from portal.storage import store
from portal.storage.models import Blob

GRACE_DAYS = 7  # A form comes back with what it has kept for one day; this is far beyond it.
YOUNG_SECONDS = 24 * 60 * 60  # Bytes this fresh may belong to an upload that is not through yet.
ROUND = 500  # Rows of one night, so that it ends.
log = logging.getLogger(__name__)

_named: list[Callable[[str], bool]] = []


def names(is_named):
    """Register `is_named(sha256)`: what is on record stays, whatever points to it."""
    _named.append(is_named)
    return is_named


def unowned(since=dt.timedelta(0)):
    """Return the query of blobs that nothing points to and nobody has kept for so long."""
    query = Blob.select().where(Blob.kept_at <= clock.now() - since)
    for field in Blob._meta.backrefs:
        owner = field.model.alias()
        column = getattr(owner, field.name)
        query = query.where(~fn.EXISTS(owner.select(peewee.SQL("1")).where(column == Blob.id)))
    return query


def figure():
    """Return how many blobs nothing owns, and how many bytes they have."""
    count, size_bytes = (
        unowned().select(fn.COUNT(Blob.id), fn.SUM(Blob.size_bytes)).scalar(as_tuple=True)
    )
    return count, int(size_bytes or 0)


def sweep():
    """Let go of both: first the bytes of rows that went on another night, then rows."""
    files, rows = forget_files(), forget_rows()
    if files or rows:
        log.info("forgot %s files and %s rows that nothing owned", files, rows)
    return files, rows


def forget_rows():
    """Delete the rows whose grace is over. Returns how many there were."""
    old = unowned(dt.timedelta(days=GRACE_DAYS)).order_by(Blob.id).limit(ROUND)
    return sum(_forget(blob) for blob in list(old))


def forget_files():
    """Delete bytes that no row speaks of. Returns how many there were."""
    known = {sha256 for (sha256,) in Blob.select(Blob.sha256).tuples()}
    return sum(_forget_bytes(sha256) for sha256 in list(store().hashes()) if sha256 not in known)


def _forget(blob):
    if any(is_named(blob.sha256) for is_named in _named):
        # Asked again after the grace: what stays must not stand before what can go.
        Blob.update(kept_at=clock.now()).where(Blob.id == blob.id).execute()
        return 0
    still = unowned(dt.timedelta(days=GRACE_DAYS)).select(Blob.id).where(Blob.id == blob.id)
    try:
        with db.change():
            db.queue_up(f"file:{blob.sha256}")
            # Asked again in the same statement: somebody may have kept or attached it since.
            return Blob.delete().where(Blob.id.in_(still)).execute()
    except peewee.IntegrityError:  # Attached in this very moment: it has an owner now.
        return 0


def _forget_bytes(sha256):
    with db.change():
        db.queue_up(f"file:{sha256}")
        if Blob.select().where(Blob.sha256 == sha256).exists():
            return 0
        return int(store().retire(sha256, YOUNG_SECONDS))

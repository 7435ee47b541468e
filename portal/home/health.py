"""Whether this installation can do its work: for probes, not for people."""

import os
import tempfile

from peewee import PeeweeException

from portal.core import clock, db
from portal.core.read import Read
from portal.signoff.models import Seal
from portal.storage import store

LETTER_MINUTES = 15  # A letter that waits longer than this tells of a worker that is gone.

_OLDEST_DUE = Read("select min(next_try_at) as due_at from letter where status = 'waiting'")


def complaints():
    """Return what is wrong, a sentence each; nothing when all is well."""
    return [wrong for wrong in (database(), storage(), letters(), seals()) if wrong]


def database():
    try:
        db.take_connection()
        Read("select 1 as one").value()
    except PeeweeException as error:
        return f"The database does not answer: {type(error).__name__}."
    return ""


def storage():
    """Say why a file could not be kept now."""
    folder = store().root
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=folder) as file:
            file.write(b"ready")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return f"The folder for files cannot be written: {error.strerror}."
    return ""


def seals():
    """Say how many receipts have waited for their seal for too long."""
    try:
        late = Seal.late()
    except PeeweeException:
        return ""  # The database has complained already.
    return f"{late} receipts could not be sealed; the worker's log says why." if late else ""


def letters():
    """Say how long the oldest letter waits past its time."""
    try:
        row = _OLDEST_DUE.one()
    except PeeweeException:
        return ""  # The database has complained already.
    if row is None or row.due_at is None:
        return ""
    minutes = int((clock.now() - row.due_at).total_seconds() // 60)
    late = f"A letter has been waiting for {minutes} minutes: the worker seems to be gone."
    return late if minutes >= LETTER_MINUTES else ""

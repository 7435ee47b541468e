"""The schema's steps, up and down: `migrations/NNNN_*.py` at the root of the project."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playhouse.migrations import Runner

from portal.core import db

FOLDER = Path(__file__).resolve().parents[2] / "migrations"
LOCK_KEY = 0x436F756E7465  # Any number, as long as each process takes the same: "Counte".


def up(target: str | None = None) -> list[str]:
    """Apply what is pending, as far as `target` if one is named. Returns the names applied."""
    with _alone():
        return list(_runner().up(target))


def down(target: str | None = None) -> list[str]:
    """Revert the newest migration, or each one back through `target`. Returns the names."""
    with _alone():
        return list(_runner().down(target))


def applied() -> list[str]:
    """Return the names of what this database has been through, oldest first."""
    return [step.name for step in _runner().status() if step.applied]


def pending() -> list[str]:
    """Return the names of what is still to be applied, in order."""
    return [step.name for step in _runner().status() if not step.applied]


def _runner() -> Runner:
    return Runner(db.handle.obj, str(FOLDER))


@contextmanager
def _alone() -> Iterator[None]:
    """Let only one process at a time change the schema; a second one waits and finds it done."""
    if db.is_sqlite():
        with _alone_in_folder(Path(db.handle.obj.database)):
            yield
    else:
        db.handle.execute_sql("select pg_advisory_lock(%s)", (LOCK_KEY,))
        try:
            yield
        finally:
            db.handle.execute_sql("select pg_advisory_unlock(%s)", (LOCK_KEY,))


@contextmanager
def _alone_in_folder(database: Path) -> Iterator[None]:
    # The lock is on the folder: nothing to leave behind, and not SQLite's own lock, which a
    # migration that rebuilds a table has to let go of in between.
    folder = os.open(database.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)

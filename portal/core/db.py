"""SQLite and PostgreSQL behind one door.

`change()` is the one way to write, `lock(row)` the one way to hold a row, `Model` the base of
every table. Each thread keeps one connection.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit

import peewee
from playhouse import pool

from portal.core.errors import Conflict

log = logging.getLogger(__name__)
Row = TypeVar("Row", bound="Model")
handle = peewee.DatabaseProxy()
_thread = threading.local()

#: FULL: an approval we confirmed survives a power cut; NORMAL keeps only the application's crash.
SQLITE_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 10_000,
    "cache_size": -2_000,  # Kilobytes for each connection; the machine keeps the file near at hand.
    "secure_delete": 1,
}
POSTGRESQL_OPTIONS: dict[str, Any] = {"prefer_psycopg3": True, "options": "-c timezone=UTC"}
POOL_SECONDS = 10  # How long a request waits for a connection; SQLite's busy_timeout is as long.


class Model(peewee.Model):
    id: peewee.AutoField

    class Meta:
        database = handle
        legacy_table_names = False
        # Save the columns we touched, so a stale copy can't undo someone else's change.
        only_save_dirty = True

    def move(self, field: str, *, was: Any, to: Any) -> None:
        """Set a state column, but only if the row still is where we think it is.

        Two people can press the same button. The second gets Conflict, not a second answer.
        """
        cls, column = type(self), getattr(type(self), field)
        moved = cls.update({column: to}).where(cls.id == self.id, column == was).execute()
        if moved != 1:
            raise Conflict(f"This is no longer {str(was).replace('_', ' ')}. Someone was faster.")
        self.__data__[field] = to  # Not through setattr: the row already has it.


def open_(url: str) -> peewee.Database:
    """Point the handle at the database of `url`, `sqlite:///path` or `postgresql://…`."""
    if is_sqlite_url(url):
        path = url.removeprefix("sqlite:///")
        database: peewee.Database = peewee.SqliteDatabase(path, pragmas=SQLITE_PRAGMAS, timeout=10)
    else:
        database = peewee.PostgresqlDatabase(url, **POSTGRESQL_OPTIONS)
    handle.initialize(database)
    return database


def open_pool(url: str, connections: int) -> peewee.Database:
    """Do the same for a server whose threads come and go: closing a connection hands it on.

    On PostgreSQL there are `connections` at most; whoever finds none waits for one.
    """
    if is_sqlite_url(url):
        path = url.removeprefix("sqlite:///")
        # A connection is one thread's at a time, but not the same thread's each time.
        database: peewee.Database = pool.PooledSqliteDatabase(
            path, max_connections=0, pragmas=SQLITE_PRAGMAS, check_same_thread=False
        )
    else:
        limits = {"max_connections": connections, "timeout": POOL_SECONDS}
        database = pool.PooledPostgresqlDatabase(url, **limits, **POSTGRESQL_OPTIONS)
    handle.initialize(database)
    return database


def is_sqlite_url(url: str) -> bool:
    return urlsplit(url).scheme == "sqlite"


def is_sqlite() -> bool:
    return isinstance(handle.obj, peewee.SqliteDatabase)


def take_connection() -> None:
    """Make sure this thread has a working connection; a lost one is replaced."""
    database = handle.obj
    if not database.is_closed() and not is_sqlite() and not database.is_connection_usable():
        database.close()
    database.connect(reuse_if_open=True)


@contextmanager
def set_aside() -> Iterator[None]:
    """Need no connection meanwhile: whoever sends us bytes slowly keeps none from the others.

    Inside `change()` it stays, for the transaction is its.
    """
    database = handle.obj
    if database.transaction_depth() == 0:
        database.close()
    try:
        yield
    finally:
        take_connection()


@contextmanager
def change() -> Iterator[None]:
    """One transaction: all of it or nothing. Nested, it is a savepoint.

    SQLite takes its write lock at once (IMMEDIATE): a transaction that reads first and asks
    for the lock later fails under two writers, whatever the time-out.
    """
    last_words, is_outermost = _last_words(), handle.obj.transaction_depth() == 0
    already = len(last_words)
    with handle.atomic("IMMEDIATE") if is_sqlite() else handle.atomic():
        try:
            yield
            while is_outermost and last_words:
                last_words.pop(0)()
        except BaseException:
            del last_words[already:]  # What is undone has nothing to say.
            raise


def before_commit(say: Callable[[], object]) -> None:
    """Call `say` inside the transaction, once everything else in it has been done."""
    check_inside()
    _last_words().append(say)


def check_inside() -> None:
    """Raise RuntimeError outside `change()`: what is written there cannot be taken back."""
    if handle.obj.transaction_depth() == 0:
        raise RuntimeError("only inside change()")


def _last_words() -> list[Callable[[], object]]:
    if not hasattr(_thread, "last_words"):
        _thread.last_words = []
    words: list[Callable[[], object]] = _thread.last_words
    return words


def lock(row: Row) -> Row:
    """Hold `row` until the transaction ends, and return it as it is now.

    On SQLite the transaction already holds the whole database.
    """
    cls = type(row)
    query = cls.select().where(cls.id == row.id)
    return (query if is_sqlite() else query.for_update()).get()


def queue_up(name: str) -> None:
    """Let only one transaction at a time go on that gives this name: where there is no row yet.

    On SQLite the transaction already holds the whole database.
    """
    if not is_sqlite():
        handle.execute_sql("select pg_advisory_xact_lock(hashtextextended(%s, 0))", (name,))


def after_commit(wake: Callable[[], object]) -> None:
    """Call `wake` once the change is on disk. It may only wake somebody: a failure is logged."""

    def quietly() -> None:
        try:
            wake()
        except Exception:
            log.exception("a wake-up after a commit failed; the sweep will find the work")

    handle.obj.after_commit(quietly)

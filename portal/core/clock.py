"""The only place that asks the time."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

UTC = dt.UTC

_stopped: ContextVar[dt.datetime | None] = ContextVar("stopped", default=None)


def now() -> dt.datetime:
    """Return this instant in UTC, to the millisecond: what both databases and JSON can keep."""
    at = _stopped.get() or dt.datetime.now(UTC)
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


@contextmanager
def at(instant: dt.datetime) -> Iterator[None]:
    """Let it be `instant`, for this thread, until the block ends.

    Only the demo may use it: it tells what happened in past weeks, through the models.
    """
    token = _stopped.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _stopped.reset(token)


def stamp(at: dt.datetime) -> str:
    """Return an instant as ISO 8601 in UTC with milliseconds, as the ledger writes it.

    >>> stamp(dt.datetime(2026, 3, 12, 10, 45, tzinfo=UTC))
    '2026-03-12T10:45:00.000Z'
    """
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def key(at: dt.datetime) -> str:
    """Return an instant as the databases keep it: SQLite compares instants as it compares text.

    >>> key(dt.datetime(2026, 3, 12, 10, 45, tzinfo=UTC))
    '2026-03-12 10:45:00.000+00:00'
    """
    return at.astimezone(UTC).isoformat(sep=" ", timespec="milliseconds")

"""The only place that asks the time."""

import datetime as dt

UTC = dt.UTC


def now() -> dt.datetime:
    """Return this instant in UTC, to the millisecond: what both databases and JSON can keep."""
    at = dt.datetime.now(UTC)
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def stamp(at: dt.datetime) -> str:
    """Return an instant as ISO 8601 in UTC with milliseconds, as the ledger writes it.

    >>> stamp(dt.datetime(2026, 3, 12, 10, 45, tzinfo=UTC))
    '2026-03-12T10:45:00.000Z'
    """
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

"""Dates and instants as a reader says them."""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date, format_datetime


def place(zone: str) -> ZoneInfo:
    """Return a time zone by its name; UTC for a name that this machine does not know.

    Names come and go with the machine's tables, and nobody's change may fail over one.

    >>> str(place("Europe/Kyiv")), str(place("Europe/Atlantis")), str(place("Europe"))
    ('Europe/Kyiv', 'UTC', 'UTC')
    """
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # The last for a folder of places.
        return ZoneInfo("UTC")


def today(at: dt.datetime, zone: str) -> dt.date:
    """Return the day it is at the instant `at` in the reader's time zone."""
    return at.astimezone(place(zone)).date()


@lru_cache(maxsize=4096)
def day(on: dt.date, locale: str = "en", *, year: bool = True) -> str:
    """Return a date in words.

    >>> day(dt.date(2026, 3, 12)), day(dt.date(2026, 3, 12), year=False)
    ('12 March 2026', '12 March')
    """
    return str(format_date(on, "d MMMM y" if year else "d MMMM", locale=locale))


@lru_cache(maxsize=1024)
def weekday(on: dt.date, locale: str = "en") -> str:
    """Return a date with its weekday.

    >>> weekday(dt.date(2026, 3, 16))
    'Monday 16 March'
    """
    return str(format_date(on, "EEEE d MMMM", locale=locale))


def instant(at: dt.datetime, zone: str, locale: str = "en") -> str:
    """Return an instant in the reader's zone.

    >>> instant(dt.datetime(2026, 3, 12, 9, 47, tzinfo=dt.UTC), "Europe/Amsterdam")
    '12 March 2026, 10:47'
    """
    return str(format_datetime(at.astimezone(place(zone)), "d MMMM y, HH:mm", locale=locale))


def distance(on: dt.date, today: dt.date) -> str:
    """Return how far a day is from today.

    >>> distance(dt.date(2026, 3, 16), dt.date(2026, 3, 12))
    'in 4 days'
    """
    days = (on - today).days
    if days in (-1, 0, 1):
        return ("yesterday", "today", "tomorrow")[days + 1]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def ago(at: dt.datetime, now: dt.datetime) -> str:
    """Return how long ago an instant was, in the largest fitting unit.

    >>> ago(dt.datetime(2026, 3, 12, 9, 0, tzinfo=dt.UTC), dt.datetime(2026, 3, 12, 12, 0, tzinfo=dt.UTC))
    '3 h'
    """
    minutes = max(0, int((now - at).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 60 * 24 else f"{minutes // (60 * 24)} d"

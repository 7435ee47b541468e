"""Working hours: when so many of them have passed, and how many lie between two instants. Pure.

The day begins and ends where the studio is, by its clocks; a day on which they are put forward
or back is as long as it really is.
"""

import datetime as dt
from dataclasses import dataclass
from itertools import takewhile

from portal.core import dates, workdays
from portal.core.clock import UTC

MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Week:
    """From when to when a studio works, Monday to Friday: minutes after midnight, in its zone."""

    zone: str
    opens_minutes: int
    closes_minutes: int

    def __post_init__(self):
        if not 0 <= self.opens_minutes < self.closes_minutes <= 24 * 60:
            raise ValueError("a day begins before it ends")


def of(studio):
    """Return the Week of a studio."""
    return Week(studio.zone, studio.opens_minutes, studio.closes_minutes)


def after(at, minutes, week):
    """Return the instant at which so many working minutes have passed since `at`, in UTC.

    >>> week = Week("Europe/Amsterdam", 9 * 60, 18 * 60)
    >>> friday = dt.datetime(2026, 3, 13, 16, tzinfo=UTC)  # 17:00 there.
    >>> after(friday, 120, week).isoformat()  # An hour is left; the next one is Monday's first.
    '2026-03-16T09:00:00+00:00'
    """
    left = minutes * MINUTE
    stretches = _stretches(at, week)
    opens, closes = next(stretches)
    while closes - opens < left:
        left -= closes - opens
        opens, closes = next(stretches)
    return opens + left


def between(start, end, week):
    """Return how many whole working minutes lie between two instants; 0 if the end comes first.

    >>> week = Week("Europe/Amsterdam", 9 * 60, 18 * 60)
    >>> friday = dt.datetime(2026, 3, 13, 16, tzinfo=UTC)
    >>> between(friday, dt.datetime(2026, 3, 16, 9, tzinfo=UTC), week)
    120
    """
    begun = takewhile(lambda stretch: stretch[0] < end, _stretches(start, week))
    worked = (min(closes, end) - opens for opens, closes in begun)
    return sum(worked, dt.timedelta()) // MINUTE


def opening(day, week):
    """Return the instant at which a day begins, in UTC; at its usual hour, worked on or not."""
    return _clock(day, week.opens_minutes, week)


def _stretches(at, week):
    """Yield (from, until) for each working day's hours that are not over at `at`, without end."""
    day = at.astimezone(dates.place(week.zone)).date()
    while True:
        if workdays.is_working(day):
            opens = max(at, _clock(day, week.opens_minutes, week))
            closes = _clock(day, week.closes_minutes, week)
            if opens < closes:
                yield opens, closes
        day += DAY


def _clock(day, minutes, week):
    midnight = dt.datetime.combine(day, dt.time(), dates.place(week.zone))
    return (midnight + minutes * MINUTE).astimezone(UTC)  # By the clock on the wall.

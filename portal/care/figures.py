"""How fast and how well, as integers with their denominators. Pure: no database, no request."""

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from portal.core import dates, workdays
from portal.feedback import hours

MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)
OVER = ("resolved", "verified")


class Worked:
    """Working minutes between instants of one span, as `hours.between` counts them, only faster."""

    def __init__(self, week, since, until):
        self.opens, self.closes, self.before = [], [], []
        day, total = dates.today(since, week.zone), dt.timedelta()
        while day <= dates.today(until, week.zone):
            if workdays.is_working(day):
                self.opens.append(hours.opening(day, week))
                self.closes.append(hours.closing(day, week))
                self.before.append(total)
                total += self.closes[-1] - self.opens[-1]
            day += DAY

    def between(self, start, end):
        """Return how many whole working minutes lie between two instants of the span."""
        return (self._until(end) - self._until(start)) // MINUTE

    def _until(self, at):
        i = bisect_right(self.opens, at) - 1
        if i < 0:
            return dt.timedelta()
        return self.before[i] + min(at, self.closes[i]) - self.opens[i]


@dataclass(frozen=True)
class Speed:
    """How fast something came: `kept` of `promised` in time, and the median of `measured`."""

    measured: int = 0
    median_minutes: int | None = None  # Of working time.
    promised: int = 0  # Those that are decided: done, or late.
    kept: int = 0


@dataclass(frozen=True)
class Figures:
    """What was filed in one stretch of time, and what became of it."""

    filed: int
    response: Speed
    resolution: Speed
    answered: int  # By how many people it was said how it was handled,
    good: int  # and by how many that it was good.


@dataclass(frozen=True, slots=True)
class Span:
    """How one thing went: working minutes until it was done, and whether in time."""

    minutes: int | None  # None: not done.
    is_decided: bool  # It was promised, and is done or late.
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A row of `queries.facts`, measured once."""

    row: Any
    response: Span
    resolution: Span

    def __getattr__(self, name):
        return getattr(self.row, name)


def case(row, worked, now):
    """Return the Case of a row of `queries.facts`."""
    response = span(row.filed_at, row.responded_at, row.respond_by_at, worked, now)
    return Case(row, response, span(row.filed_at, ended(row), row.resolve_by_at, worked, now))


def ended(row):
    """Return when it was resolved; None if it is open, or open again."""
    return row.resolved_at if row.status in OVER else None


def span(filed, done, promised, worked, now):
    """Return the Span of what was filed and done at instants, and promised by one, or None each.

    What is neither done nor late is not decided: it counts for nothing yet.
    """
    return Span(
        minutes=worked.between(filed, done) if done else None,
        is_decided=promised is not None and (done is not None or promised < now),
        is_kept=promised is not None and done is not None and done <= promised,
    )


def figures(cases):
    """Return the Figures of these cases."""
    cases = list(cases)
    return Figures(
        filed=len(cases),
        response=speed([one.response for one in cases]),
        resolution=speed([one.resolution for one in cases]),
        answered=sum(one.row.answered for one in cases),
        good=sum(one.row.good for one in cases),
    )


def speed(spans):
    """Return the Speed of spans."""
    took = sorted(one.minutes for one in spans if one.minutes is not None)
    decided = [one.is_kept for one in spans if one.is_decided]
    return Speed(len(took), median(took), len(decided), sum(decided))


def median(ordered):
    """Return the middle of ordered integers, the lower half's mean rounded down; None of nothing.

    >>> median([30, 60, 600]), median([30, 61]), median([])
    (60, 45, None)
    """
    if not ordered:
        return None
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) // 2


def by_month(rows, months, zone):
    """Return [(first day, its rows)] for these months, by the day of filing where the studio is."""
    found = {month: [] for month in months}
    for row in rows:
        month = dates.today(row.filed_at, zone).replace(day=1)
        if month in found:
            found[month].append(row)
    return list(found.items())


def by(rows, what):
    """Return [((id, name), its rows)] by "project", "client" or "producer", in order of the names."""

    def key(row):
        return getattr(row, what) or "Nobody", getattr(row, f"{what}_id") or 0

    return [((n, name), list(mine)) for (name, n), mine in groupby(sorted(rows, key=key), key)]


def months_until(today, count):
    """Return the first days of so many months, the one of today the last.

    >>> [str(day) for day in months_until(dt.date(2026, 2, 9), 3)]
    ['2025-12-01', '2026-01-01', '2026-02-01']
    """
    found = [today.replace(day=1)]
    while len(found) < count:
        found.append((found[-1] - DAY).replace(day=1))
    return found[::-1]


def hours_words(minutes):
    """Return a stretch of working time in words.

    >>> hours_words(45), hours_words(90), hours_words(660), hours_words(None)
    ('45 min', '1 h 30', '11 h', '')
    """
    if minutes is None:
        return ""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return f"{rest} min"
    return f"{whole} h {rest:02}" if rest and whole < 10 else f"{whole} h"

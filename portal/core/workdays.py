"""Working days, Monday to Friday. Pure.

Public holidays differ from place to place, so none is known here; the words say "working days".
"""

import datetime as dt

WORKING = range(5)  # Monday to Friday, as `date.weekday()` counts.


def is_working(day: dt.date) -> bool:
    return day.weekday() in WORKING


def between(after: dt.date, until: dt.date) -> int:
    """Return how many working days lie after one day and up to another, that one included.

    >>> between(dt.date(2026, 3, 12), dt.date(2026, 3, 17))  # From a Thursday to a Tuesday.
    3
    """
    weeks, rest = divmod(max(0, (until - after).days), 7)
    days = (after + dt.timedelta(days=n) for n in range(1, rest + 1))
    return weeks * len(WORKING) + sum(map(is_working, days))


def later(day: dt.date, working: int) -> dt.date:
    """Return the day so many working days later; with none, the same day.

    >>> later(dt.date(2026, 6, 9), 4)  # A Tuesday; the Monday after.
    datetime.date(2026, 6, 15)
    """
    while working > 0:
        day += dt.timedelta(days=1)
        working -= is_working(day)
    return day

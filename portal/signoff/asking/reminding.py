"""When the clock reminds: the day before, on the day, then every third working day, five times."""

import datetime as dt

EVERY_DAYS = 3  # Working days, once the day has passed.
AFTERWARDS = 3  # How often, then; five times in all.
LONGEST_DAYS = 16  # After the day: nine working days, with the weekends between.


def is_day(due_on, today):
    """Answer whether whoever has to answer by `due_on` is reminded on this day.

    >>> due = dt.date(2026, 3, 12)  # A Thursday.
    >>> [day for day in range(1, 32) if is_day(due, dt.date(2026, 3, day))]
    [11, 12, 17, 20, 25]
    """
    return today in days(due_on)


def days(due_on):
    """Return the days on which the clock reminds of it."""
    found, day, worked = [due_on - dt.timedelta(days=1), due_on], due_on, 0
    while worked < EVERY_DAYS * AFTERWARDS:
        day += dt.timedelta(days=1)
        worked += day.weekday() < 5
        if day.weekday() < 5 and worked % EVERY_DAYS == 0:
            found.append(day)
    return found

"""What an open question costs while nobody answers it. Pure.

Counted in working days: work that waits over a weekend loses nothing.
"""

import datetime as dt
from dataclasses import dataclass

from portal.core import dates, money, workdays

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Silence:
    """What waits for one answer, and how far it has moved by now."""

    what: str  # "the build of the site"; empty: nobody said.
    planned_on: dt.date | None
    due_on: dt.date | None
    days_over: int  # Working days since the day on which the answer was due.
    earliest_on: dt.date | None  # When it can begin now.
    day_cost_minor: int | None  # What each of these days costs.

    @property
    def cost_minor(self):
        """What the waiting has cost by now, in minor units; 0 if nobody said what a day costs."""
        return self.days_over * (self.day_cost_minor or 0)


def of(asked, today):
    """Return the Silence of an open question on a day, or None if nothing is known to wait.

    `asked` has `holds_what`, `holds_on`, `due_on` and `day_cost_minor`.
    """
    if not (asked.holds_what or asked.holds_on or asked.day_cost_minor):
        return None
    over = workdays.between(asked.due_on, today) if asked.due_on else 0
    earliest = workdays.later(asked.holds_on, over) if asked.holds_on else None
    return Silence(
        what=asked.holds_what,
        planned_on=asked.holds_on,
        due_on=asked.due_on,
        days_over=over,
        earliest_on=max(earliest, today) if earliest and over else earliest,
        day_cost_minor=asked.day_cost_minor,
    )


def words(silence, currency, locale="en"):
    """Return what to say of it, a sentence each, for both sides.

    >>> of_ = Silence("the launch", dt.date(2026, 6, 9), dt.date(2026, 3, 10), 4,
    ...               dt.date(2026, 6, 15), 480_00)
    >>> for sentence in words(of_, "EUR"): print(sentence)
    Holds the launch, planned for 9 June.
    Four working days over: the earliest is now 15 June.
    At 480 EUR a day that is 1,920 EUR so far.
    """
    if silence is None:
        return []
    return [*_held(silence, locale), *_over(silence, locale), *_cost(silence, currency, locale)]


def _held(silence, locale):
    if silence.what or silence.planned_on:
        planned = silence.planned_on
        when = f", planned for {_day(planned, locale)}" if planned else ""
        yield f"Holds {silence.what or 'what comes next'}{when}."


def _over(silence, locale):
    if silence.days_over:
        earliest = silence.earliest_on
        now = f": the earliest is now {_day(earliest, locale)}" if earliest else ""
        yield f"{count(silence.days_over).capitalize()} over{now}."
    elif silence.due_on and silence.planned_on:
        yield f"Each working day after {_day(silence.due_on, locale)} moves it by one."


def _cost(silence, currency, locale):
    if not silence.day_cost_minor:
        return
    day = f"{money.show(silence.day_cost_minor, currency, locale, brief=True)} {currency}"
    if silence.days_over:
        sum_ = f"{money.show(silence.cost_minor, currency, locale, brief=True)} {currency}"
        yield f"At {day} a day that is {sum_} so far."
    else:
        yield f"Each day of waiting costs {day}."


def count(days):
    """Return a number of working days in words.

    >>> count(1), count(12)
    ('one working day', '12 working days')
    """
    number = NUMBERS[days] if days < len(NUMBERS) else str(days)
    return f"{number} working day{'' if days == 1 else 's'}"


def _day(on, locale):
    return dates.day(on, locale, year=False)

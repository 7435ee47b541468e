"""The budget as a picture: what the signatures came to, over time, and what waits."""

import datetime as dt
from dataclasses import dataclass

from babel.dates import format_date

from portal.core import dates, filters, money

PAD_DAYS = 10  # Room beside the first signature and the launch.
SHORTEST_DAYS = 42
MONTHS_MOST = 7  # More names than these collide on a phone.
LINES = 4  # At most; the round amounts between them are what a reader remembers.
STEPS = (10, 20, 25, 50, 100)


@dataclass(frozen=True)
class Picture:
    """What the chart draws. Days are ordinals, amounts minor units of the project's currency."""

    span: tuple[int, int]
    today: int
    top: int
    grid: list[tuple[int, str]]
    months: list[tuple[int, str]]
    approved: list[tuple[int, int]]
    pending: tuple[int, int, str] | None
    description: str


def picture(project, baseline, waiting_minor, until_on=None):
    """Return the picture of a project, or None while nothing is signed.

    `waiting_minor` is what open sign-offs would add; `until_on` a day that it should reach.
    """
    if not baseline.amendments:
        return None
    reader = filters.READER.get()
    today = reader.today.toordinal()
    approved = fold(baseline.amendments, reader)
    total = approved[-1][1]
    days = [day for day, _ in approved] + [today]
    days += [on.toordinal() for on in (project.starts_on, project.launch_on, until_on) if on]
    span = min(days) - PAD_DAYS, max(max(days) + PAD_DAYS, min(days) + SHORTEST_DAYS)
    highest = max(*(amount for _, amount in approved), total + waiting_minor, 1)
    top = highest * 115 // 100
    return Picture(
        span=span,
        today=today,
        top=top,
        grid=grid(top, project.currency),
        months=months(span, reader.locale),
        approved=approved,
        pending=pending(today, total, waiting_minor, project.currency),
        description=description(total, waiting_minor, project.currency),
    )


def fold(amendments, reader):
    """Return the running total after each signature: [(day, minor units), …]."""
    points, total = [], 0
    for one in amendments:
        total += one.amount_minor
        points.append((dates.today(one.signed_at, reader.zone).toordinal(), total))
    return points


def pending(today, total, waiting_minor, currency):
    if waiting_minor <= 0:
        return None
    words = f"{_brief(waiting_minor, currency)} waiting: {_brief(total + waiting_minor, currency)}"
    return today, total + waiting_minor, words


def description(total, waiting_minor, currency):
    words = f"{_brief(total, currency)} {currency} approved"
    if waiting_minor > 0:
        words += f"; {_brief(waiting_minor, currency)} more wait for approval"
    return f"{words}."


def grid(top, currency):
    """Return some lines at round amounts: (minor units, label)."""
    unit = 10 ** money.decimals(currency)
    step = round_step(top // LINES, unit)
    return [(step * n, _brief(step * n, currency)) for n in range(1, top // step + 1)]


def round_step(least, unit):
    """Return the smallest round amount of at least `least`, in whole units of the currency.

    >>> round_step(1_941_666, 100), round_step(5, 1)
    (2000000, 10)
    """
    size = unit
    while size * STEPS[-1] < least:
        size *= 10
    return next(size * step for step in STEPS if size * step >= least)


def months(span, locale):
    """Return the first days of months within the span, few enough to read."""
    first, last = (dt.date.fromordinal(day) for day in span)
    firsts, on = [], first.replace(day=1)
    while (on := (on + dt.timedelta(days=32)).replace(day=1)) <= last:
        firsts.append(on)
    every = -(-len(firsts) // MONTHS_MOST) or 1
    return [(on.toordinal(), str(format_date(on, "MMM", locale=locale))) for on in firsts[::every]]


def _brief(minor, currency):
    return filters.brief(minor, currency)

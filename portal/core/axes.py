"""Where the lines and the words of a picture stand: round amounts, first days of months."""

import datetime as dt

from babel.dates import format_date

from portal.core import filters, money

LINES = 4  # At most; the round amounts between them are what a reader remembers.
MONTHS_MOST = 7  # More names than these collide on a phone.
STEPS = (10, 20, 25, 50, 100)


def amounts(top_minor: int, currency: str) -> list[tuple[int, str]]:
    """Return some round amounts up to `top_minor`, each with its label: (minor units, words)."""
    step = round_step(top_minor // LINES, 10 ** money.decimals(currency))
    rows = [step * n for n in range(1, top_minor // step + 1)]
    return [(minor, filters.brief(minor, currency)) for minor in rows]


def round_step(least: int, unit: int) -> int:
    """Return the smallest round amount of at least `least`, in whole units of the currency.

    >>> round_step(1_941_666, 100), round_step(5, 1)
    (2000000, 10)
    """
    size = unit
    while size * STEPS[-1] < least:
        size *= 10
    return next(size * step for step in STEPS if size * step >= least)


def months(span: tuple[int, int], locale: str) -> list[tuple[int, str]]:
    """Return the first days of months within the span of ordinals, few enough to read."""
    first, last = (dt.date.fromordinal(day) for day in span)
    firsts, on = [], first.replace(day=1)
    while (on := (on + dt.timedelta(days=32)).replace(day=1)) <= last:
        firsts.append(on)
    every = -(-len(firsts) // MONTHS_MOST) or 1
    return [(on.toordinal(), str(format_date(on, "MMM", locale=locale))) for on in firsts[::every]]

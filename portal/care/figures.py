"""How fast and how well, as integers with their denominators. Pure: no database, no request."""

import datetime as dt
from dataclasses import dataclass
from itertools import chain, groupby

DAY = dt.timedelta(days=1)


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


def figures(cells):
    """Return the Figures of rows of `queries.cells`."""
    cells = list(cells)
    return Figures(
        filed=sum(one.filed for one in cells),
        response=speed(cells, "response"),
        resolution=speed(cells, "resolution"),
        answered=sum(one.answered for one in cells),
        good=sum(one.good for one in cells),
    )


def speed(cells, what):
    """Return the Speed of one thing in cells: "response" or "resolution"."""
    took, promised, kept = (
        [getattr(one, f"{what}_{figure}") for one in cells]
        for figure in ("minutes", "promised", "kept")
    )
    minutes = sorted(chain.from_iterable(took))
    return Speed(len(minutes), median(minutes), sum(promised), sum(kept))


def median(ordered):
    """Return the middle of ordered integers, the lower half's mean rounded down; None of nothing.

    >>> median([30, 60, 600]), median([30, 61]), median([])
    (60, 45, None)
    """
    if not ordered:
        return None
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) // 2


def by_month(cells, months):
    """Return [(first day, its cells)] for these months."""
    found = {month: [] for month in months}
    for cell in cells:
        if cell.month_on in found:
            found[cell.month_on].append(cell)
    return list(found.items())


def by(cells, what):
    """Return [((id, name), its cells)] by "project", "client" or "producer", in order of the names."""

    def key(cell):
        return getattr(cell, what) or "Nobody", getattr(cell, f"{what}_id") or 0

    return [((n, name), list(mine)) for (name, n), mine in groupby(sorted(cells, key=key), key)]


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

"""How total and launch moved over time, as the drawings need it."""

import datetime as dt
from dataclasses import dataclass

from portal.core import axes, dates, filters

PAD_DAYS = 7  # Room beside the first signature and today, at least.
SHORTEST_DAYS = 42


@dataclass(frozen=True)
class Line:
    """One step line. Days are ordinals; values minor units, or ordinals of launches."""

    points: list[tuple[int, int]]
    low: int
    top: int
    grid: list[tuple[int, str]]
    label: str  # What it comes to now.
    description: str


@dataclass(frozen=True)
class Picture:
    """Both lines over the same days."""

    span: tuple[int, int]
    today: int
    months: list[tuple[int, str]]
    total: Line
    launch: Line | None  # None while no signature has moved it.


def of(project, history):
    """Return the Picture of what was signed, or None before the first signature."""
    baselines = history.sums()
    if not baselines:
        return None
    reader = filters.READER.get()
    days = [_day(one, reader) for one in baselines]
    today = max(reader.today.toordinal(), days[-1])
    pad = max(PAD_DAYS, (today - days[0]) // 6)  # The words of the lines stand there.
    first = days[0] - pad
    span = first, max(today + PAD_DAYS, first + SHORTEST_DAYS)
    return Picture(
        span=span,
        today=today,
        months=axes.months(span, reader.locale),
        total=_total(days, baselines, project.currency),
        launch=_launch(days, baselines),
    )


def rows(history, currency):
    """Return the figures behind the picture: (what was signed, change, total, launch)."""
    return [_row(one, currency) for one in history.sums()]


def _row(then, currency):
    signed = then.amendments[-1]
    return (
        f"{filters.instant_day(signed.signed_at)}: {signed.subject}",
        filters.signed(signed.amount_minor, currency),
        filters.brief(then.total_minor, currency),
        filters.short_day(then.launch_on) if then.launch_on else "",
    )


def _total(days, baselines, currency):
    points = [(day, one.total_minor) for day, one in zip(days, baselines, strict=True)]
    amounts = [amount for _, amount in points]
    top, low = max(*amounts, 1), min(*amounts, 0)
    top += (top - low) * 15 // 100
    now = f"{filters.brief(amounts[-1], currency)} {currency}"
    return Line(points, low, top, axes.amounts(top, currency), now, f"It comes to {now} now.")


def _launch(days, baselines):
    known = [(day, one.launch_on) for day, one in zip(days, baselines, strict=True)]
    points = [(day, on.toordinal()) for day, on in known if on]
    if len({value for _, value in points}) < 2:
        return None
    values = [value for _, value in points]
    room = max(3, (max(values) - min(values)) // 4)
    low, top = min(values) - room, max(values) + room
    now = filters.short_day(dt.date.fromordinal(values[-1]))
    first = filters.short_day(dt.date.fromordinal(values[0]))
    grid = [(value, filters.short_day(dt.date.fromordinal(value))) for value in _ends(values)]
    return Line(points, low, top, grid, now, f"It was {first} at first and is {now} now.")


def _ends(values):
    """The earliest and the latest: two lines that never collide."""
    return sorted({min(values), max(values)})


def _day(baseline, reader):
    return dates.today(baseline.amendments[-1].signed_at, reader.zone).toordinal()

"""The budget as a picture: what the signatures came to, over time, and what waits."""

from dataclasses import dataclass

from portal.core import axes, dates, filters

PAD_DAYS = 10  # Room beside the first signature and the launch.
SHORTEST_DAYS = 42


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
        grid=axes.amounts(top, project.currency),
        months=axes.months(span, reader.locale),
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


def _brief(minor, currency):
    return filters.brief(minor, currency)

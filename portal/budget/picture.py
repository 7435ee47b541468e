"""The budget as a picture: what the signatures came to, what of it is used, and what waits."""

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
    used: list[tuple[int, int]]  # As stated, from nothing at the start; empty: nothing is stated.
    ahead: list[tuple[int, int]]  # From there to the forecast; empty: there is none.
    pending: tuple[int, int, str] | None
    labels: dict[str, str]
    description: str


def picture(project, baseline, waiting_minor, statements=(), until_on=None):
    """Return the picture of a project, or None while nothing is signed.

    `waiting_minor` is what open sign-offs would add, `statements` what was stated, the oldest
    first; `until_on` a day that it should reach.
    """
    if not baseline.amendments:
        return None
    reader = filters.READER.get()
    today = reader.today.toordinal()
    approved = fold(baseline.amendments, reader)
    total = approved[-1][1]
    used = used_line(project, approved, statements)
    ahead = ahead_line(project, used, statements)
    days = [day for day, _ in (*approved, *used, *ahead)] + [today]
    days += [on.toordinal() for on in (project.starts_on, project.launch_on, until_on) if on]
    span = min(days) - PAD_DAYS, max(max(days) + PAD_DAYS, min(days) + SHORTEST_DAYS)
    highest = max(*(amount for _, amount in (*approved, *used, *ahead)), total + waiting_minor, 1)
    top = highest * 115 // 100
    return Picture(
        span=span,
        today=today,
        top=top,
        grid=axes.amounts(top, project.currency),
        months=axes.months(span, reader.locale),
        approved=approved,
        used=used,
        ahead=ahead,
        pending=pending(today, total, waiting_minor, project.currency),
        labels=labels(total, statements, project.currency),
        description=description(total, waiting_minor, statements, project.currency),
    )


def fold(amendments, reader):
    """Return the running total after each signature: [(day, minor units), …]."""
    points, total = [], 0
    for one in amendments:
        total += one.amount_minor
        points.append((dates.today(one.signed_at, reader.zone).toordinal(), total))
    return points


def used_line(project, approved, statements):
    """Return what was used by which day, from nothing on the day the work began."""
    points = [(one.as_of_on.toordinal(), one.used_minor) for one in statements]
    if not points:
        return []
    first = points[0][0]
    began = project.starts_on.toordinal() if project.starts_on else approved[0][0]
    return [(min(began, first), 0), *points]


def ahead_line(project, used, statements):
    """Return the way from the last statement to its forecast at the launch."""
    last = statements[-1] if statements else None
    if last is None or last.forecast_minor is None or not project.launch_on:
        return []
    launch = project.launch_on.toordinal()
    return [used[-1], (launch, last.forecast_minor)] if launch > used[-1][0] else []


def pending(today, total, waiting_minor, currency):
    if waiting_minor <= 0:
        return None
    words = f"{_brief(waiting_minor, currency)} waiting: {_brief(total + waiting_minor, currency)}"
    return today, total + waiting_minor, words


def labels(total, statements, currency):
    """Return the words that stand at the ends of the lines."""
    words = {"approved": f"{_brief(total, currency)} approved"}
    if statements:
        last = statements[-1]
        words["used"] = f"{_brief(last.used_minor, currency)} used"
        words["ahead"] = f"{_brief(last.forecast_minor or 0, currency)} forecast"
    return words


def description(total, waiting_minor, statements, currency):
    words = f"{_brief(total, currency)} {currency} approved"
    if statements:
        last = statements[-1]
        words += f"; {_brief(last.used_minor, currency)} of it used on {dates.day(last.as_of_on)}"
        if last.forecast_minor is not None:
            words += f"; {_brief(last.forecast_minor, currency)} forecast for the whole"
    if waiting_minor > 0:
        words += f"; {_brief(waiting_minor, currency)} more wait for approval"
    return f"{words}."


def _brief(minor, currency):
    return filters.brief(minor, currency)

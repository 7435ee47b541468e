"""The projects that drift: by date, budget, rounds, silence, by answers that are disputed."""

from dataclasses import dataclass
from typing import Any

from portal.core import dates, filters, workdays
from portal.core.fields import capital
from portal.projects.models import Health
from portal.signoff.models.stand_ins import studio_day

BUDGET_PERCENT = 20  # So much on top of what was agreed is another project than the one agreed.
AHEAD_POINTS = 20  # Of a hundred: so far may the money run ahead of the days.


@dataclass(frozen=True)
class Drift:
    """One project of a person of the studio that needs a look, and why: sentences."""

    row: Any
    why: tuple[str, ...]

    def __getattr__(self, name):
        return getattr(self.row, name)


def of(projects):
    """Return those of these rows of `portfolio.of` that drift, whatever drifts most first."""
    today = studio_day()
    found = [Drift(row, tuple(reasons(row, today))) for row in projects]
    return sorted((one for one in found if one.why), key=lambda one: (-len(one.why), one.name))


def reasons(row, today):
    """Yield why a project drifts, a sentence each."""
    if row.health != Health.ON_TRACK:
        marked = "late" if row.health == Health.LATE else "at risk"
        yield f"Marked {marked}: {row.health_note}" if row.health_note else f"Marked {marked}."
    if row.launch_on and row.launch_on < today:
        yield f"The launch was to be on {filters.short_day(row.launch_on)}."
    if row.next_on and row.next_on < today and row.next_on != row.launch_on:
        what = capital(row.next_what) or "The next date"
        yield f"{what} was to be {dates.distance(row.next_on, today)}."
    yield from budget_reasons(row)
    yield from used_reasons(row)
    if row.silent_on:
        days = workdays.between(row.silent_on, today)
        yield f"An answer is {days} working {'day' if days == 1 else 'days'} over."
    if row.disputed:
        yield f"{_count(row.disputed, 'answer is', 'answers are')} disputed."
    if row.beyond:
        yield f"{_count(row.beyond, 'prototype is', 'prototypes are')} past the included rounds."


def budget_reasons(row):
    """Yield a sentence if signed changes have added much to what was agreed without them."""
    added = row.changes_minor or 0
    agreed = (row.approved_minor or 0) - added
    if agreed > 0 and added * 100 >= agreed * BUDGET_PERCENT:
        amount = filters.signed(added, row.currency)
        yield f"Changes have added {added * 100 // agreed}% to the contract, {amount} {row.currency}."


def used_reasons(row):
    """Yield a sentence if what was stated last does not fit what is signed, or the days left."""
    approved, used = row.approved_minor or 0, row.used_minor
    if used is None:
        return
    if max(used, row.forecast_minor or 0) > approved:
        word, most = ("used", used) if used > approved else ("forecast", row.forecast_minor)
        more = f"{filters.brief(most - approved, row.currency)} {row.currency}"
        yield f"{more} more is {word} than signed."
    elif approved and row.starts_on and row.launch_on and row.starts_on < row.launch_on:
        share, gone = used * 100 // approved, percent_gone(row)
        if share - gone >= AHEAD_POINTS:
            yield f"{share}% of the money is used, {gone}% of the time has passed."


def percent_gone(row):
    """Return how much of a project's time had passed on the day its use was stated for."""
    days = (row.launch_on - row.starts_on).days
    return min(100, max(0, (row.as_of_on - row.starts_on).days * 100 // days))


def _count(number, one, many):
    return f"{'One' if number == 1 else number} {one if number == 1 else many}"

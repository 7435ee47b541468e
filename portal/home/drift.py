"""The projects that drift: by date, by rounds, by silence, by answers that are disputed."""

from dataclasses import dataclass
from typing import Any

from portal.core import dates, filters, workdays
from portal.core.read import Read
from portal.projects.models import Health
from portal.signoff.models.stand_ins import studio_day

MOST = 12  # What one can look after in a day; the page of projects has all.

_DRIFT = Read(
    """select * from
       (select p.slug, p.name, c.name as client, p.health, p.health_note, p.next_on, p.next_what,
               p.launch_on,
               (select min(s.due_on) from sign_off s
                where s.project_id = p.id and s.status = 'open') as silent_on,
               (select count(*) from objection o join decision d on d.id = o.decision_id
                join sign_off s on s.id = d.sign_off_id
                where d.project_id = p.id and o.withdrawn_at is null
                  and s.cancelled_by_id is null) as disputed,
               (select count(*) from prototype t join round r on r.prototype_id = t.id
                where t.project_id = p.id and r.number > t.included_rounds
                  and r.status <> 'closed') as beyond
        from membership m join project p on p.id = m.project_id
        join client c on c.id = p.client_id
        where m.user_id = :user and p.closed_at is null) f
       where f.health <> 'ontrack' or f.next_on < :today or f.launch_on < :today
          or f.silent_on < :today or f.disputed > 0 or f.beyond > 0
       order by f.name"""
)


@dataclass(frozen=True)
class Drift:
    """One project of a person of the studio that needs a look, and why: sentences."""

    row: Any
    why: tuple[str, ...]

    def __getattr__(self, name):
        return getattr(self.row, name)


def of(user):
    """Return (the projects that drift most, how many drift)."""
    today = studio_day()
    rows = _DRIFT.all(user=user.id, today=today)
    found = [Drift(row, tuple(reasons(row, today))) for row in rows]
    found.sort(key=lambda one: -len(one.why))
    return found[:MOST], len(found)


def reasons(row, today):
    """Yield why a project drifts, a sentence each."""
    if row.health != Health.ON_TRACK:
        marked = "late" if row.health == Health.LATE else "at risk"
        yield f"Marked {marked}: {row.health_note}" if row.health_note else f"Marked {marked}."
    if row.launch_on and row.launch_on < today:
        yield f"The launch was to be on {filters.short_day(row.launch_on)}."
    if row.next_on and row.next_on < today and row.next_on != row.launch_on:
        what = row.next_what or "The next date"
        yield f"{what} was to be {dates.distance(row.next_on, today)}."
    if row.silent_on and row.silent_on < today:
        days = workdays.between(row.silent_on, today)
        yield f"An answer is {days} working {'day' if days == 1 else 'days'} over."
    if row.disputed:
        yield f"{_count(row.disputed, 'answer is', 'answers are')} disputed."
    if row.beyond:
        yield f"{_count(row.beyond, 'prototype is', 'prototypes are')} past the included rounds."


def _count(number, one, many):
    return f"{'One' if number == 1 else number} {one if number == 1 else many}"

"""The day of one person of the studio: what is due, and what they said they would do."""

import datetime as dt
from dataclasses import dataclass

from portal.core import clock, dates, filters
from portal.core.fields import capital
from portal.core.read import Read
from portal.feedback.inbox.shows import DUE
from portal.feedback.inbox.triage import due, is_late

MOST = 15  # More is not a day; the inbox has the rest.

# What is in the reader's hands and due, and what they said would be done and is not yet.
_TASKS_SQL = """select f.number, substr(f.text, 1, 120) as text, f.turn, {due} as due_at, p.slug,
               p.name as project,
               case when h.assignee_id = :user then 1 else 0 end as is_in_hand
        from feedback f join handling h on h.feedback_id = f.id
        join project p on p.id = f.project_id
        join membership m on m.project_id = p.id and m.user_id = :user
        where f.turn = 'studio' and p.closed_at is null
          and (h.wakes_at is null or h.wakes_at <= :now)
          and (h.assignee_id = :user and {due} < :tomorrow
               or (h.assignee_id is null or h.assignee_id = :user)
                  and f.status = 'triaged' and exists
                  (select 1 from verdict v where v.feedback_id = f.id and v.by_id = :user
                     and v.kind in ('defect', 'included_revision')
                     and v.id = (select max(g.id) from verdict g where g.feedback_id = f.id)))
        order by case when {due} is null then 1 else 0 end, {due}, f.id limit :rows"""
_TASKS = Read(_TASKS_SQL.format(due=DUE))


@dataclass(frozen=True)
class Task:
    """One line of the day."""

    title: str
    project: str
    path: str
    when: str  # "due in 3 h", "2 d late", "today"; empty: whenever.
    why: str
    is_late: bool = False


def of(user, projects):
    """Return the tasks of a person's day: dates of their projects, then what is due first."""
    reader = filters.READER.get()
    midnight = dt.datetime.combine(
        reader.today + dt.timedelta(days=1), dt.time(), dates.place(reader.zone)
    )
    tasks = _TASKS.all(
        user=user.id, now=clock.key(clock.now()), tomorrow=clock.key(midnight), rows=MOST
    )
    dated = [one for one in projects if reader.today in (one.next_on, one.launch_on)]
    return [date(one, reader.today) for one in dated] + [task(row) for row in tasks]


def task(row):
    why = "In your hands" if row.is_in_hand else "You said that it would be done"
    path = f"/inbox/{row.slug}/{row.number}"
    return Task(title(row.text), row.project, path, due(row), why, is_late(row))


def date(project, today):
    named = capital(project.next_what) or "The next date"
    what = "Launch" if project.launch_on == today else named
    path = f"/projects/{project.slug}"
    return Task(what, project.name, path, "today", "A date of the project")


def title(text):
    line = text.split("\n", 1)[0].strip()
    return line if len(line) < 100 else f"{line[:99].rsplit(' ', 1)[0]}…"

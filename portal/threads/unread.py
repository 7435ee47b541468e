"""What one person has not read yet: counted for a project by its threads, and for all projects.

One's own words are never new, nor what was said before one came, nor what is older than
`RECENT_DAYS`: a count that never comes down is no news. What one may not read is not counted.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from portal.access.permissions import Role
from portal.core import clock
from portal.core.read import Read
from portal.threads.audience import may_read
from portal.threads.topic import TOPICS

RECENT_DAYS = 60

_NEW = """select w.project_id, w.subject_kind, w.subject_number, w.posted_at, b.role
          from {table} w
          join membership b on b.project_id = w.project_id and b.user_id = :user
          left join read_mark r on r.user_id = :user and r.project_id = w.project_id
               and r.subject_kind = w.subject_kind and r.subject_number = w.subject_number
          where w.author_id <> :user and w.posted_at >= :since and w.posted_at > b.created_at
            and w.number > coalesce(r.{mark}, 0)"""
_MESSAGES = _NEW.format(table="message", mark="message_number")
_NOTES = _NEW.format(table="note", mark="note_number")
_BOTH = f"{_MESSAGES} union all {_NOTES}"

_BY_THREAD = """select subject_kind, subject_number, role, count(*) as new
                from ({new}) n where project_id = :project
                group by subject_kind, subject_number, role
                order by max(posted_at) desc, subject_kind, subject_number"""
_BY_PROJECT = """select p.slug, n.subject_kind, n.role, count(*) as new from ({new}) n
                 join project p on p.id = n.project_id group by p.slug, n.subject_kind, n.role"""
#: Each by whether the reader is of the studio: a client's has no word of a note.
_THREADS = {
    False: Read(_BY_THREAD.format(new=_MESSAGES)),
    True: Read(_BY_THREAD.format(new=_BOTH)),
}
_PROJECTS = {
    False: Read(_BY_PROJECT.format(new=_MESSAGES)),
    True: Read(_BY_PROJECT.format(new=_BOTH)),
}


_IN_THREAD = "project_id = :project and subject_kind = :kind and subject_number = :number"
_COUNTED = """select coalesce((select max(number) from message where {here}), 0) as messages,
                     (select count(*) from ({new}) n where {here}) as new"""
_THREAD = {
    False: Read(_COUNTED.format(here=_IN_THREAD, new=_MESSAGES)),
    True: Read(_COUNTED.format(here=_IN_THREAD, new=_BOTH)),
}


@dataclass(frozen=True)
class New:
    """What is new to a reader in one thread, and where they read it."""

    kind: str
    number: int
    count: int
    label: str  # "feedback 3"
    path: str

    def is_of(self, topic):
        return (self.kind, self.number) == (topic.KIND, topic.number)


def on_project(project, reader):
    """Return the threads of a project that hold something new for this reader, the newest first."""
    rows = _THREADS[reader.is_studio].all(project=project.id, user=reader.id, since=_since())
    return [_new(row, project.slug) for row in rows if _may_read(row)]


def counted(project, reader, kind, number):
    """Return how many messages are in one thread, and how much of it is new: messages, new."""
    about = {"project": project.id, "kind": kind, "number": number}
    return _THREAD[reader.is_studio].one(user=reader.id, since=_since(), **about)


def by_number(project, reader, kind):
    """Return how much is new in each thread on things of a kind: {number: how many}."""
    return {one.number: one.count for one in on_project(project, reader) if one.kind == kind}


def by_project(reader):
    """Return how much is new to a person on each of their projects: {slug: how many}."""
    rows, found = _PROJECTS[reader.is_studio].all(user=reader.id, since=_since()), Counter()
    for row in filter(_may_read, rows):
        found[row.slug] += row.new
    return dict(found)


def _may_read(row):
    cls = TOPICS.get(row.subject_kind)
    return cls is not None and may_read(Role(row.role), cls)


def _new(row, slug):
    cls, number = TOPICS[row.subject_kind], row.subject_number
    return New(row.subject_kind, number, row.new, cls.label_of(number), cls.path_of(slug, number))


def _since():
    return clock.key(clock.now() - dt.timedelta(days=RECENT_DAYS))

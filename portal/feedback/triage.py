"""The inbox over all projects: what is new, whose turn it is, and who waits longest."""

from dataclasses import dataclass
from datetime import datetime

from portal.core.clock import UTC
from portal.core.paging import PAGE_ROWS, page
from portal.core.read import Read
from portal.feedback.words import FeedbackStatus, Turn


@dataclass(frozen=True)
class Show:
    """One way to look at the inbox: its name, how it reads when it holds much, one, nothing."""

    key: str
    label: str
    holds: str  # After a number.
    empty: str
    then: str


SHOWS = {
    show.key: show
    for show in (
        Show(
            "ours",
            "Our turn",
            "waiting for us",
            "Nothing waits for us",
            "Whatever a client says next comes here.",
        ),
        Show(
            "new",
            "New",
            "without a verdict",
            "Nothing is new",
            "Feedback without a verdict comes here.",
        ),
        Show(
            "contested",
            "Contested",
            "contested",
            "No verdict is contested",
            "When a client sees a verdict otherwise, it comes here.",
        ),
        Show(
            "theirs",
            "Their turn",
            "waiting for a client",
            "No client owes us an answer",
            "What is resolved, or waits for a client's word, comes here.",
        ),
        Show(
            "done", "Done", "done", "Nothing is done yet", "What a client has verified comes here."
        ),
    )
}

# Who waits longest stands first; what is done stands newest first.
_WAITING = Read(
    """select p.slug, p.name as project, c.name as client, f.number, f.kind, f.status, f.turn,
              f.is_contested, f.text, f.turned_at, f.id,
              (select g.kind from verdict g where g.feedback_id = f.id
               order by g.id desc limit 1) as verdict,
              (select u.name from feedback_assignment a join "user" u on u.id = a.user_id
               where a.feedback_id = f.id) as assignee
       from membership m join project p on p.id = m.project_id join client c on c.id = p.client_id
       join feedback f on f.project_id = m.project_id and f.turn in ('studio', 'client')
       where m.user_id = :user and (f.turned_at, f.id) > (:at, :id)
         and case :show when 'ours' then f.turn = 'studio' when 'theirs' then f.turn = 'client'
             when 'new' then f.status = 'new' else f.is_contested end
       order by f.turned_at, f.id limit :rows"""
)
_DONE = Read(
    """select p.slug, p.name as project, c.name as client, f.number, f.kind, f.status, f.turn,
              f.is_contested, f.text, f.turned_at, f.id,
              (select g.kind from verdict g where g.feedback_id = f.id
               order by g.id desc limit 1) as verdict,
              (select u.name from feedback_assignment a join "user" u on u.id = a.user_id
               where a.feedback_id = f.id) as assignee
       from membership m join project p on p.id = m.project_id join client c on c.id = p.client_id
       join feedback f on f.project_id = m.project_id and f.turn = 'nobody'
       where m.user_id = :user and (f.turned_at, f.id) < (:at, :id)
       order by f.turned_at desc, f.id desc limit :rows"""
)
_COUNTS = Read(
    """select count(case when f.turn = 'studio' then 1 end) as ours,
              count(case when f.status = 'new' then 1 end) as fresh,
              count(case when f.is_contested then 1 end) as contested,
              count(case when f.turn = 'client' then 1 end) as theirs,
              count(case when f.turn = 'nobody' then 1 end) as done
       from membership m join feedback f on f.project_id = m.project_id where m.user_id = :user"""
)
_OURS = Read(
    """select count(*) from membership m
       join feedback f on f.project_id = m.project_id and f.turn = 'studio'
       where m.user_id = :user"""
)
_FIRST = ("0001-01-01 00:00:00.000+00:00", 0)
_LAST = ("9999-12-31 00:00:00.000+00:00", 2**31 - 1)


def ours(user):
    """Return how much waits for the studio on the projects of this person."""
    return _OURS.value(user=user.id)


def counts(user):
    """Return how much each way to look at the inbox holds, by its key."""
    row = _COUNTS.one(user=user.id)
    return {**row._asdict(), "new": row.fresh}


def inbox(user, show, after=None):
    """Return a page of the inbox of this person; `after` is the `next_key` of the page before."""
    read, start = (_DONE, _LAST) if show == "done" else (_WAITING, _FIRST)
    at, number = after or start
    wanted = {"user": user.id, "at": at, "id": number, "rows": PAGE_ROWS + 1}
    rows = read.all(**wanted) if show == "done" else read.all(**wanted, show=show)
    return page(rows, key_of)


def key_of(row):
    """Return where the rows after this one begin."""
    return instant_key(row.turned_at), row.id


def instant_key(at):
    """Return an instant as both databases compare it."""
    return at.astimezone(UTC).isoformat(sep=" ", timespec="milliseconds")


def key_in(text):
    """Return the key that an address holds, or None if it holds none of ours."""
    at, comma, number = text.rpartition(",")
    if not (comma and number.isascii() and number.isdigit() and len(number) < 10):
        return None
    try:
        return instant_key(datetime.fromisoformat(at)), int(number)
    except (ValueError, OverflowError):
        return None


def whose(row):
    """Return what a row of the inbox says of who has to act.

    "New", "Contested", "With Tom Okafor", "They check it", …
    """
    if row.is_contested:
        return "Contested"
    if row.status == FeedbackStatus.RESOLVED and row.turn == Turn.CLIENT:
        return "Resolved, they check it"
    if row.turn == Turn.CLIENT:
        return "They answer next"
    return f"With {row.assignee}" if row.assignee else ""

"""The inbox over all projects: what stands in each way to look at it, and how much that is."""

import datetime as dt

from portal.core import clock, dates
from portal.core.clock import UTC
from portal.core.paging import PAGE_ROWS, page
from portal.core.read import Read
from portal.feedback.inbox.shows import DUE, SHOWS
from portal.feedback.words import FeedbackStatus, Severity, Turn
from portal.threads.unread import RECENT_DAYS

RECENT = dt.timedelta(days=RECENT_DAYS)
OPEN = "f.turn in ('studio', 'client')"
HANDLED = "join handling h on h.feedback_id = f.id"

# Which rows, by the index; then what each says, for a page of them only.
_ROWS = """select p.slug, p.name as project, c.name as client, f.number, f.kind, f.status, f.turn,
                  f.is_contested, substr(f.text, 1, 300) as text, f.turned_at, f.id, f.verdicts,
                  h.severity, h.wakes_at, {due} as due_at, u.name as assignee, h.assigned_at,
                  (select g.kind from verdict g where g.feedback_id = f.id
                   order by g.id desc limit 1) as verdict, {messages} + {notes} as new
           from (select f.id, f.turned_at, m.created_at as came_at from membership m
                 join feedback f on f.project_id = m.project_id and {turns}
                 {handled} where m.user_id = :user and {where} and (f.turned_at, f.id) {beyond} (:at, :id)
                 order by f.turned_at {way}, f.id {way} limit :rows) k
           join feedback f on f.id = k.id join handling h on h.feedback_id = f.id
           join project p on p.id = f.project_id join client c on c.id = p.client_id
           left join "user" u on u.id = h.assignee_id
           left join read_mark r on r.user_id = :user and r.project_id = f.project_id
                and r.subject_kind = 'feedback' and r.subject_number = f.number
           order by k.turned_at {way}, k.id {way}"""
# What was said on it that the reader has not seen, as `threads.unread` counts it.
_NEW = """(select count(*) from {table} w where w.project_id = f.project_id
           and w.subject_kind = 'feedback' and w.subject_number = f.number
           and w.number > coalesce(r.{mark}, 0) and w.author_id <> :user
           and w.posted_at >= :recent and w.posted_at > k.came_at)"""
_SAID = {
    "messages": _NEW.format(table="message", mark="message_number"),
    "notes": _NEW.format(table="note", mark="note_number"),
}


def _rows(show):
    """Return the Read of a page: who waits longest stands first, what is done newest first."""
    if show.key == "done":  # It grows for ever, so it is found by the index alone.
        way = {"way": "desc", "beyond": "<", "turns": show.where, "handled": ""}
    else:
        way = {"way": "", "beyond": ">", "turns": OPEN, "handled": HANDLED}
    return Read(_ROWS.format(due=DUE, where=show.where, **way, **_SAID))


_PAGES = {key: _rows(show) for key, show in SHOWS.items()}
_COUNTED = [show for show in SHOWS.values() if show.is_counted]
_HELD = """select {what} from membership m
           join feedback f on f.project_id = m.project_id and {turns}
           join handling h on h.feedback_id = f.id
           where m.user_id = :user and {where}"""
_SUMS = ", ".join(f'count(case when {one.where} then 1 end) as "{one.key}"' for one in _COUNTED)
_COUNTS = Read(_HELD.format(what=_SUMS, turns=OPEN, where="1 = 1"))
# It stands in the head of every page, so it counts by an index and takes away the few that sleep.
_OURS = Read(
    """select count(*) - (select count(*)
                          from handling h cross join feedback f cross join membership m
                          where h.wakes_at > :now and f.id = h.feedback_id and f.turn = 'studio'
                            and m.project_id = f.project_id and m.user_id = :user)
       from membership m join feedback f on f.project_id = m.project_id and f.turn = 'studio'
       where m.user_id = :user"""
)
_NEWS = {
    show.key: Read(
        _HELD.format(what="count(*)", turns=OPEN, where=f"{show.where} and {show.since} > :since")
    )
    for show in SHOWS.values()
    if show.since
}
_FIRST = ("0001-01-01 00:00:00.000+00:00", 0)
_LAST = ("9999-12-31 00:00:00.000+00:00", 2**31 - 1)


def ours(user):
    """Return how much waits for the studio on the projects of this person."""
    return _OURS.value(user=user.id, now=_now())


def counts(user):
    """Return how much each way to look at the inbox holds, by its key; what is done is not counted."""
    return _COUNTS.one(user=user.id, now=_now())._asdict()


def news(user, show, since):
    """Return how much came into a way to look at the inbox since an instant."""
    if show not in _NEWS:
        return 0
    return _NEWS[show].value(user=user.id, now=_now(), since=clock.key(since))


def inbox(user, show, after=None):
    """Return a page of the inbox of this person; `after` is the `next_key` of the page before."""
    at, number = after or (_LAST if show == "done" else _FIRST)
    wanted = {"user": user.id, "at": at, "id": number, "rows": PAGE_ROWS + 1}
    instants = {"now": _now(), "recent": clock.key(clock.now() - RECENT)}
    return page(_PAGES[show].all(**wanted, **instants), key_of)


def _now():
    return clock.key(clock.now())


def key_of(row):
    """Return where the rows after this one begin."""
    return clock.key(row.turned_at), row.id


def key_in(text):
    """Return the key that an address holds, or None if it holds none of ours."""
    at, comma, number = text.rpartition(",")
    at = instant_in(at)
    if not (comma and at and number.isascii() and number.isdigit() and len(number) < 10):
        return None
    return clock.key(at), int(number)


def instant_in(text):
    """Return the instant that an address holds, or None."""
    try:
        at = dt.datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None


# What a row says -----------------------------------------------------------------------------------


def whose(row):
    """Return what a row of the inbox says of who has to act.

    "Contested", "With Tom Okafor", "They answer next", …; empty for what nobody had yet.
    """
    if row.is_contested:
        return "Contested"
    if row.status == FeedbackStatus.RESOLVED and row.turn == Turn.CLIENT:
        return "Resolved, they check it"
    if row.turn == Turn.CLIENT:
        return "They answer next"
    if row.assignee:
        return f"With {row.assignee}"
    is_back = row.turn == Turn.STUDIO and row.assigned_at is not None
    return "In nobody’s hands" if is_back else ""


def weight(row):
    """Return how bad it is, where it is not as usual: "High"."""
    return "" if row.severity == Severity.NORMAL else row.severity.capitalize()


def is_late(row):
    return row.turn == Turn.STUDIO and row.due_at is not None and row.due_at < clock.now()


def due(row):
    """Return when the studio owes the client an answer: "due in 3 h", "2 d late"; empty: never."""
    if row.turn != Turn.STUDIO or row.due_at is None:
        return ""
    now = clock.now()
    late = is_late(row)
    far = dates.ago(row.due_at, now) if late else dates.ago(now, row.due_at)
    return f"{far} late" if late else f"due in {far}"

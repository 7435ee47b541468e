"""The inbox as its reader looks at it, over HTTP."""

import datetime as dt
from functools import cached_property

from flask import abort, g, request

from portal.access.permissions import Permission
from portal.core import clock
from portal.core.filters import READER
from portal.core.paging import PAGE_ROWS
from portal.core.read import Read
from portal.core.web import wants_part
from portal.feedback.inbox import triage
from portal.feedback.inbox.shows import BY_TURN, SHOWS
from portal.feedback.words import VerdictKind

INBOX = "feedback/inbox.html"
OURS = "ours"
DAYS = (
    (1, "tomorrow"),
    (2, "in two days"),
    (7, "in a week"),
    (14, "in two weeks"),
    (30, "in a month"),
)

_COLLEAGUES = Read(
    """select distinct u.id, u.name from membership m
       join membership o on o.project_id = m.project_id join "user" u on u.id = o.user_id
       where m.user_id = :user and u.house_role is not null and u.disabled_at is null
       order by u.name"""
)


class Box:
    """Read when it is drawn, so a part alone costs nothing."""

    verdicts = tuple(VerdictKind)
    whose, weight, due, is_late = map(
        staticmethod, (triage.whose, triage.weight, triage.due, triage.is_late)
    )

    def __init__(self):
        self.show = SHOWS.get(request.args.get("show", OURS)) or abort(404)
        self.shows = SHOWS.values()
        after = request.args.get("after")
        self.after = triage.key_in(after) or abort(404) if after else None
        self.marks, self.drawn_at = asked(), clock.now()
        self.came = triage.instant_in(request.args.get("came", ""))
        self.may_triage = g.user.may(Permission.FEEDBACK_TRIAGE)
        if not wants_part():
            g.our_turn = self.counts["ours"]  # The head of the page shows it too: one reading.

    @cached_property
    def counts(self):
        return triage.counts(g.user)

    @cached_property
    def rows(self):
        return triage.inbox(g.user, self.show.key, self.after)

    @cached_property
    def colleagues(self):
        """Who of the studio is on a project of this reader's."""
        return _COLLEAGUES.all(user=g.user.id)

    @property
    def says(self):
        """6 waiting for us"""
        held = self.counts.get(self.show.key)
        return f"{held} {self.show.holds}" if self.show.is_counted else self.show.label

    def is_first_come(self, row, before):
        """Answer whether a row is the first of those that came since the list was last drawn."""
        if not self.came or row.turned_at <= self.came:
            return False
        return before is None or before.turned_at <= self.came

    def way_to_new(self, since):
        """Return what leads to what came since: in its place in the list, or on a page of its own.

        Who waits longest stands first, so in a long list it is not on the page that is open.
        """
        asked = {name: value for name, value in self.marks.items() if name == "show"}
        if self.show.since != BY_TURN:
            return asked
        if self.counts[self.show.key] <= PAGE_ROWS:
            return asked | {"came": since.isoformat()}
        return asked | {"after": f"{clock.key(since)},0"}

    @property
    def days(self):
        return snooze_days()


def snooze_days():
    """Return the days until which something can be snoozed with one choice: (day, words)."""
    today = READER.get().today
    days = {today + dt.timedelta(days=n): words for n, words in DAYS}
    monday = today + dt.timedelta(days=7 - today.weekday())
    days.setdefault(monday, "next week")
    return sorted(days.items())


def asked():
    """Return how the address asks for the inbox to be shown, without what goes without saying."""
    asked = {name: request.args.get(name) for name in ("show", "after")}
    return {name: value for name, value in asked.items() if value and value != OURS}

"""The thread of a thing on the thing's own page: its newest words, and the box for more.

A page holds one line of it (`about` in `ui/thread.html`), which asks nothing of the database. Once
it is in sight it becomes the panel; without JavaScript it leads to the whole thread.
"""

from functools import cached_property

from flask import abort, g

from portal.threads import unread
from portal.threads.desk import Desk
from portal.threads.page import Page
from portal.threads.topic import TOPICS

FEW = 3


class Few(Page):
    """The newest messages of a thread."""

    rows = FEW

    @cached_property
    def counted(self):
        return unread.counted(self.topic.project, self.reader, self.topic.KIND, self.topic.number)

    @property
    def shown_new(self):
        return after(self.messages, self.mark and self.mark.message_number, self.reader)

    @property
    def is_all_seen(self):
        """True if nothing new is left out: then whoever sees this has read it."""
        return self.shown_new >= self.counted.new


class FewOnDesk(Few, Desk):
    """The newest messages, with the newest of the studio's notes."""

    @property
    def shown_new(self):
        return super().shown_new + after(
            self.notes, self.mark and self.mark.note_number, self.reader
        )


def after(written, seen, reader):
    """Return how many of these come after what was seen and are another's."""
    return sum(one.number > (seen or 0) and one.author_id != reader.id for one in written)


def find(kind, number):
    """Return the topic, or 404 for what is not there or not for this reader to know of."""
    cls = TOPICS.get(kind) or abort(404)
    found, role = cls.find(g.project, number) or abort(404), g.membership.role
    is_known = role.is_studio or found.is_shared
    return found if is_known and role.may(found.READ) else abort(404)

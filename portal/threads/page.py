"""One thread as one reader sees it. This is all that a client's page can reach of it."""

from functools import cached_property

from portal.threads import audience, mentions, queries
from portal.threads.models import may_edit


class Page:
    """What both sides read. It has no attribute that leads to what only the studio knows."""

    is_desk = False
    is_shared = True  # Whoever has nothing but this page knows of the thing.
    rows = queries.ROWS  # How many of the newest messages.

    def __init__(self, topic, reader, before=None):
        self.topic, self.reader, self.before = topic, reader, before or queries.NEWEST

    @cached_property
    def title(self):
        return self.topic.title

    @cached_property
    def messages(self):
        return queries.messages(self.topic, self.before, self.rows)

    @property
    def earlier(self):
        """The number before which the page with older messages ends, or None."""
        first = self.messages[0].number if self.messages else 1
        return first if first > 1 else None

    @property
    def is_newest(self):
        return self.before == queries.NEWEST

    @cached_property
    def people(self):
        return audience.readers(self.topic)

    @property
    def names(self):
        """Who can be named with an @ in a message."""
        return mentions.of_message(self.people)

    @cached_property
    def told(self):
        """Who is mailed when this reader writes: names as a sentence lists them."""
        told = audience.of_message(self.topic, self.reader)
        return audience.names([person.name for person in told])

    @cached_property
    def mark(self):
        return queries.mark(self.topic, self.reader)

    @cached_property
    def first_new(self):
        """The number of the first message that is new to this reader, or None."""
        seen = self.mark.message_number if self.mark else 0
        return first_new(self.messages, seen, self.reader) if seen else None

    @property
    def last_number(self):
        return self.messages[-1].number if self.messages else 0

    def can_edit(self, written):
        return may_edit(self.topic, written, self.reader)


def first_new(written, seen, reader):
    """Return the number of the first of these that is after `seen` and another's, or None."""
    new = (one.number for one in written if one.number > seen and one.author_id != reader.id)
    return next(new, None)

"""One feedback as one reader sees it, gathered once. This is all that a client's page can reach."""

from functools import cached_property

from portal.access.permissions import Role
from portal.feedback import beside, queries
from portal.feedback.models import Feedback
from portal.feedback.words import FeedbackStatus, StepKind, Turn, VerdictKind
from portal.scope import baseline
from portal.threads import audience, mentions
from portal.threads import queries as threads
from portal.threads.models import is_settled


class Page:
    """What both sides see of it. It has no attribute that leads to what only the studio knows."""

    is_desk = False

    def __init__(self, item: Feedback, reader, role: Role):
        self.item, self.reader, self.role = item, reader, role

    @cached_property
    def talk(self):
        return queries.talk(self.item)

    @cached_property
    def pictures(self):
        return queries.pictures(self.item) if self.item.pictured else []

    @cached_property
    def files(self):
        """The files of its messages, by the number of the message."""
        return threads.files(self.item) if any(one.has_files for one in self.talk) else {}

    @cached_property
    def first_new(self):
        """The number of the first message that is new to this reader, or None."""
        seen = self.item.seen_message
        others = [one for one in self.messages if one.author.id != self.reader.id]
        return next((one.number for one in others if seen is not None and one.number > seen), None)

    @property
    def messages(self):
        return [one for one in self.talk if one.what == "message"]

    @property
    def last_message(self):
        return self.messages[-1].number if self.messages else 0

    last_note = None

    def can_edit(self, entry):
        is_mine = entry.what == "message" and entry.author.id == self.reader.id
        return is_mine and not is_settled(entry.at)

    @cached_property
    def people(self):
        return audience.readers(self.item)

    @property
    def names(self):
        """Who can be named with an @ in a message."""
        return mentions.of_message(self.people)

    @property
    def place(self):
        """Where it was seen: page, its title, viewport and device; empty where we were not told."""
        return {"page": "", "title": "", "viewport": "", "device": ""} | self.item.place

    @property
    def filed_by(self):
        return self.talk[0].author

    @property
    def verdict(self):
        """The entry of the verdict that counts, or None."""
        return next((entry for entry in reversed(self.talk) if entry.verdict), None)

    @property
    def promise(self):
        """What the verdict comes to, for the client."""
        return VerdictKind(self.verdict.verdict).promises

    @cached_property
    def signed(self):
        """The scope item that the verdict is measured by, with its signature, or None."""
        number = self.verdict and self.verdict.scope_item
        return baseline.of(self.item.project).item(number) if number else None

    @property
    def writers(self):
        """The ids of those who wrote a message here."""
        return {entry.author.id for entry in self.talk if entry.what == "message"}

    @property
    def told(self):
        """Who is mailed when this reader writes: names as a sentence lists them."""
        starters = {one.author.id for one in self.talk if one.what in ("filed", "same")}
        told = audience.of_reply(
            self.people, by=self.reader, starters=starters, writers=self.writers
        )
        return audience.names([person.name for person in told])

    @property
    def awaits_answer(self):
        """True while the studio waits for the client to say something."""
        item = self.item
        return item.turn == Turn.CLIENT and not item.status.is_over and self.asked_last

    @property
    def asked_last(self):
        return bool(self.messages) and self.messages[-1].is_question

    @cached_property
    def asks(self):
        """What other rooms ask the reader about it."""
        return beside.asks(self.item, self.reader)

    @property
    def is_to_be_verified(self):
        return self.item.status == FeedbackStatus.RESOLVED and not self.item.merged_into

    @property
    def resolution(self):
        """The last entry that says it is resolved, or None."""
        return next((one for one in reversed(self.talk) if one.what == StepKind.RESOLVED), None)

    @property
    def can_be_contested(self):
        item = self.item
        triaged = item.status == FeedbackStatus.TRIAGED and not item.merged_into
        return triaged and item.verdicts > 0 and self.contest is None

    @property
    def contest(self):
        """The entry with which the client contested a verdict, or None."""
        return next((entry for entry in self.talk if entry.what == StepKind.CONTESTED), None)

    @property
    def is_final(self):
        """True once the studio answered that: the verdict stands, for both sides."""
        return self.contest is not None and not self.item.is_contested

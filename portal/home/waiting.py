"""One open question as its readers see it: what it is, what it costs, who answers."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from portal.core import filters
from portal.signoff.asking import silence
from portal.signoff.models import Answer, Ask, Rule
from portal.signoff.models import View as Opinion
from portal.signoff.models.stand_ins import studio_day
from portal.signoff.subject import SUBJECTS

FOLDERS = {
    "cancellation": "cancellations",
    "change": "changes",
    "estimate": "estimates",
    "prototype": "prototypes",
}
DID = {
    Answer.APPROVE: "approved it",
    Answer.APPROVE_WITH_NOTES: "approved it with a note",
    Answer.REQUEST_CHANGES: "asked for changes",
    Answer.DECLINE: "declined it",
    Opinion.LOOKS_GOOD: "thinks it looks good",
    Opinion.NEEDS_CHANGES: "thinks it needs changes",
}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True)
class Waiting:
    """A row of an open sign-off, with the people who were asked."""

    row: Any
    asked: tuple[Any, ...]
    slug: str
    reader_id: int

    def __getattr__(self, name):
        return getattr(self.row, name)

    @property
    def label(self):
        """Estimate 3, version 2"""
        noun = self.row.noun or SUBJECTS[self.row.kind].NOUN
        return f"{noun.capitalize()} {self.row.subject_number}, version {self.row.version}"

    @property
    def path(self):
        """Where it is read and answered; a prototype is looked at first."""
        if self.row.kind == "prototype":
            document = document_path(self.slug, self.row.kind, self.row.subject_number)
            return f"{document}/versions/{self.row.version}"
        return f"/projects/{self.slug}/sign-offs/{self.row.number}"

    @cached_property
    def offer(self):
        """What it comes to as sent, read from the sealed snapshot."""
        return SUBJECTS[self.row.kind].offer(json.loads(self.row.snapshot), None)

    @property
    def holds(self):
        """What it holds up while it waits, and by how much by now: sentences in one."""
        found = silence.of(self.row, studio_day())
        return " ".join(silence.words(found, self.row.currency, filters.READER.get().locale))

    @property
    def deciders(self):
        return [one for one in self.asked if one.ask == Ask.DECISION]

    @property
    def unanswered(self):
        """Who still has to answer; reviewers only where nobody else is left to ask."""
        return [one for one in self.deciders if one.answered_at is None]

    @property
    def awaits_reader(self):
        """True if the reader was asked, has the turn and has not answered."""
        mine = [one for one in self.asked if one.user_id == self.reader_id and one.asked_at]
        return any(one.answered_at is None for one in mine)

    @property
    def action(self):
        """What its one button says."""
        is_mine = any(one.user_id == self.reader_id for one in self.deciders)
        if not (is_mine or self.absent):
            return "Say what you think"
        return "Review prototype" if self.row.kind == "prototype" else "Read and answer"

    @property
    def absent(self):
        """The name of whoever is away and was asked, for whom the reader answers; or empty."""
        asked_id = getattr(self.row, "asked_id", self.reader_id)
        return self.row.asked_name if asked_id != self.reader_id else ""

    @property
    def company(self):
        """Who else answers, and what they said: sentences, or nothing."""
        mine = {self.reader_id, getattr(self.row, "asked_id", self.reader_id)}
        others = [one for one in self.asked if one.user_id not in mine]
        said = [
            f"{one.name} {DID[one.answer or one.opinion]} on "
            f"{filters.instant_day(one.answered_at)}."
            for one in others
            if one.answered_at
        ]
        absent = [f"You answer for {self.absent}."] if self.absent else []
        return " ".join([*absent, *said, *self._still(others)])

    def _still(self, others):
        open_ = [one.name for one in others if one.ask == Ask.DECISION and not one.answered_at]
        if not open_:
            decided = any(one.ask == Ask.DECISION for one in others)
            return ["Yours is the last answer."] if decided else []
        if self.row.rule == Rule.ANY:
            return [f"{_listed(open_)} can answer too; the first answer counts."]
        return [f"{_listed(open_)} still {'has' if len(open_) == 1 else 'have'} to answer."]


def count(number, one, many):
    """Return a count in words.

    >>> count(1, "thing waits", "things wait"), count(3, "thing waits", "things wait")
    ('one thing waits', 'three things wait')
    """
    words = NUMBERS[number] if number < len(NUMBERS) else str(number)
    return f"{words} {one if number == 1 else many}"


def document_path(slug, kind, number):
    """Return where a document lives: /projects/tidelines/estimates/3"""
    return f"/projects/{slug}/{FOLDERS[kind]}/{number}"


def document_label(kind, number, version=None):
    """Return what a document is called: Change request 6, version 2"""
    words = f"{SUBJECTS[kind].NOUN.capitalize()} {number}"
    return f"{words}, version {version}" if version else words


def _listed(names):
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last

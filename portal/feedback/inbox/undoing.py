"""Undo: what an act among the studio put, and what was there before, so that it can be put back.

A deed travels with the notice about it, signed for whoever did it, and is good for some minutes.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from portal.access.models import User
from portal.core import clock, tokens
from portal.core.errors import DomainError
from portal.feedback.inbox import batch
from portal.feedback.models.retreating import UNDO_MINUTES
from portal.feedback.words import Severity

PURPOSE = "undo in the inbox"
SECONDS = UNDO_MINUTES * 60


@dataclass(frozen=True)
class Deed:
    """One act on some feedback. Its values are what JSON can hold."""

    act: str  # A key of ACTS.
    to: Any
    was: list  # [feedback id, what was before] for each; of a verdict: which it is.

    def token(self, key, user):
        """Return it as a form carries it, good for this person only."""
        value = {"a": self.act, "t": self.to, "w": self.was, "u": user.id}
        return tokens.sign(key, PURPOSE, value)

    @classmethod
    def read(cls, key, user, token):
        """Return the deed of a token. Raises DomainError if it is too old, or somebody else's."""
        value = tokens.read(key, PURPOSE, token, SECONDS)
        if not value or value["u"] != user.id:
            raise DomainError("This can be undone for ten minutes, by whoever did it.")
        return cls(value["a"], value["t"], value["w"])

    @classmethod
    def of_verdict(cls, item, verdict_id, kind):
        """Return the deed of having given a verdict."""
        return cls("judge", str(kind), [[item.id, verdict_id]])

    def undo(self, *, by):
        """Put back what was before, where nobody did anything since. Returns the Outcome."""
        was, (now, put) = dict(self.was), ACTS[self.act]

        def back(item):
            if now(item) != self.to:
                raise DomainError(f"{item.label.capitalize()} has moved on since.")
            put(item, was[item.id], by)

        return batch.each(batch.find(by, was), back)


def stamped(at):
    return at and clock.stamp(at)


def _assign(item, was, by):
    item.assign(User.get_or_none(id=was) if was else None, by=by)


def _weigh(item, was, by):
    item.weigh(Severity(was), by=by)


def _snooze(item, was, by):
    until = dt.datetime.fromisoformat(was) if was else None
    item.snooze(until if until and until > clock.now() else None, by=by)


def _standing(item):
    verdict = item.verdict
    return verdict and str(verdict.kind)


def _take_back(item, was, by):
    item.take_back(was, by=by)


def _split(item, _was, by):
    item.split(by=by)


#: How each kind of act reads what is there now, and puts back what was before.
ACTS = {
    "judge": (_standing, _take_back),
    "assign": (lambda item: item.handling.assignee_id, _assign),
    "weigh": (lambda item: str(item.handling.severity), _weigh),
    "snooze": (lambda item: stamped(item.handling.wakes_at), _snooze),
    "merge": (lambda item: item.merge and item.merge.into.number, _split),
}

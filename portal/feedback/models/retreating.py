"""Taking back a verdict: for some minutes, by whoever gave it, while nobody has built on it.

The client may have read it, so it is no silent retreat: that it was given and taken back stays
in the conversation and on record. What was before is kept with the handling.
"""

import datetime as dt

from portal.core import clock
from portal.core.errors import Conflict, Forbidden
from portal.feedback.models.handling import Handling
from portal.feedback.models.parts import FeedbackChange, FeedbackStep, Verdict
from portal.feedback.models.turns import Turning
from portal.feedback.words import FeedbackStatus, StepKind, Turn
from portal.ledger.models import Event, record
from portal.ledger.verbs import Verb
from portal.mail.recalling import recall
from portal.threads.models import Message, on

UNDO_MINUTES = 10  # A wrong click is seen at once; what stood longer has been read and relied on.
LETTER = "verdict-given"


class Retreating(Turning):
    """Take back the verdict that was given last."""

    def take_back(self, verdict_id, *, by):
        """Let things stand as they did before that verdict; its letters that wait never leave.

        Raises Forbidden for another's verdict, Conflict if it is too late or built upon.
        """
        with self._changing():
            verdict = Verdict.get_or_none(id=verdict_id, feedback=self)
            self._check_can_be_taken_back(verdict, by)
            words = f"{verdict.kind.label}: {verdict.reason}"
            FeedbackStep.create(feedback=self, kind=StepKind.TAKEN_BACK, by=by, words=words)
            verdict.delete_instance()
            self._restore()
            recall(self.event_of_verdict().id, LETTER)
            record(Verb.VERDICT_TAKEN_BACK, self, by=by, verdict=str(verdict.kind))

    def event_of_verdict(self):
        """Return the fact that the last verdict was given."""
        given = Event.select().where(
            Event.verb == Verb.VERDICT_GIVEN,
            Event.project_id == self.project_id,
            Event.subject_kind == self.KIND,
            Event.subject_number == self.number,
        )
        return given.order_by(Event.id.desc()).get()

    def _check_can_be_taken_back(self, verdict, by):
        if verdict is None or verdict != self.verdict or self.merge:
            raise Conflict(f"{self.label.capitalize()} has moved on since.")
        if verdict.by != by:
            raise Forbidden("Only whoever gave a verdict can take it back.")
        if stands(verdict.given_at):
            raise Conflict(
                f"It was given more than {UNDO_MINUTES} minutes ago. Give another verdict instead."
            )
        if self._was_answered_since(verdict.given_at):
            raise Conflict("Somebody has answered it since. Give another verdict instead.")
        made = FeedbackChange.get_or_none(feedback=self)
        if made:
            raise Conflict(f"{made.change.label.capitalize()} is made of it. It has to stand.")

    def _was_answered_since(self, at):
        steps = self.steps.where(FeedbackStep.taken_at >= at)
        return steps.exists() or on(Message, self).where(Message.posted_at >= at).exists()

    def _restore(self):
        """Put back whose turn it was and since when, and what was due."""
        handling = self.handling
        before = handling.before_verdict
        if self.status != before["status"]:
            self.move("status", was=self.status, to=FeedbackStatus(before["status"]))
        self._set(
            verdicts=self.verdicts + 1,  # Whoever has read the one that goes has another page now.
            is_contested=before["is_contested"],
            turn=Turn(before["turn"]),
            turned_at=_instant(before["turned_at"]),
        )
        due = {name: _instant(before[name]) for name in Handling.DUE}
        handling.put(before_verdict=None, **due)
        self._check_holder()


def stands(given_at):
    """Answer whether a verdict given then stands."""
    return clock.now() > given_at + dt.timedelta(minutes=UNDO_MINUTES)


def _instant(stamp):
    return stamp and dt.datetime.fromisoformat(stamp)

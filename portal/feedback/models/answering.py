"""The client's side of a feedback: what they answer to what the studio did."""

from portal.core.errors import Conflict, Forbidden
from portal.feedback.models.turns import Turning, said
from portal.feedback.words import FeedbackStatus, StepKind, Turn
from portal.ledger.verbs import Verb

NEW, TRIAGED = FeedbackStatus.NEW, FeedbackStatus.TRIAGED
RESOLVED, VERIFIED = FeedbackStatus.RESOLVED, FeedbackStatus.VERIFIED


class Answering(Turning):
    """Verify, reopen, contest."""

    def verify(self, *, by):
        """Say that it is solved."""
        _check_client(by)
        with self._changing():
            self.move("status", was=RESOLVED, to=VERIFIED)
            self._step(StepKind.VERIFIED, Verb.FEEDBACK_VERIFIED, by)

    def reopen(self, *, by, reason):
        """Say that it is not solved after all, and why."""
        _check_client(by)
        reason = said(reason, "Say what is still wrong.")
        with self._changing():
            was = self.status if self.status.is_over else RESOLVED
            self.move("status", was=was, to=TRIAGED if self.verdict else NEW)
            self._step(StepKind.REOPENED, Verb.FEEDBACK_REOPENED, by, reason, turn=Turn.STUDIO)

    def contest(self, *, by, reason, seen=None):
        """Disagree with the verdict, once, and say why. The next verdict answers it, and is final.

        `seen` is how many verdicts their page knew of: Conflict if one came or went since.
        """
        _check_client(by)
        reason = said(reason, "Say why you see it otherwise.")
        with self._changing():
            self._check_can_be_contested(seen)
            self._set(is_contested=True)
            self._step(StepKind.CONTESTED, Verb.FEEDBACK_CONTESTED, by, reason)

    def _check_can_be_contested(self, seen):
        if self.merge:
            raise Conflict(f"This goes on in {self.merge.into.label}. Say it there.")
        if self.is_contested:
            raise Conflict("This verdict is contested already. The studio answers next.")
        if self.is_final:
            raise Conflict("A verdict is contested once. The studio has answered, and that stands.")
        if self.status != TRIAGED or not self.verdicts:
            raise Conflict("There is no verdict to contest now.")
        if seen not in (None, self.verdicts):
            raise Conflict("The verdict has changed meanwhile. Read how it stands first.")


def _check_client(by):
    if by.is_studio:
        raise Forbidden("The answer to this is the client's.")

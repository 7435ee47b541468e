"""The studio's side that the client reads: the verdict, the resolution, and what is made of it."""

from portal.changes.models import ChangeRequest
from portal.core import canonical
from portal.core.errors import Conflict, DomainError
from portal.core.fields import plain
from portal.feedback.models.parts import FeedbackChange, Verdict
from portal.feedback.models.turns import Turning, said
from portal.feedback.words import FeedbackStatus, StepKind
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.prototypes.models import PinBatch
from portal.scope.models import ScopeItem

NEW, TRIAGED, RESOLVED = FeedbackStatus.NEW, FeedbackStatus.TRIAGED, FeedbackStatus.RESOLVED


class Judging(Turning):
    """Give a verdict, resolve, turn into a change request."""

    @property
    def verdict(self):
        """The verdict that counts, or None."""
        return self.given.order_by(Verdict.id.desc()).first()

    def give_verdict(self, kind, *, by, reason, seen, scope_item=None):
        """Judge it against what was signed. `reason` is what the client reads.

        `seen` is how many verdicts the giver knew of: Conflict if one came or went since, or if it
        is resolved. `scope_item` is the number of the item it is measured by. Returns the Verdict.
        """
        reason = said(reason, "Say why: the client reads it.")
        with self._changing():
            self._check_can_be_judged(seen)
            self.handling.remember(self)
            verdict = Verdict.create(
                feedback=self,
                kind=kind,
                reason=reason,
                scope_item=self._scope_item(scope_item),
                by=by,
            )
            if self.status == NEW:
                self.move("status", was=NEW, to=TRIAGED)
            self._set(verdicts=seen + 1, is_contested=False)
            self._heard(by)
            self._pass_to(self._whose_turn())
            facts = {"verdict": str(verdict.kind), "scope_item": scope_item}
            sealed = canonical.sha256(reason)
            record(Verb.VERDICT_GIVEN, self, by=by, **facts, reason_sha256=sealed)
        return verdict

    def _check_can_be_judged(self, seen):
        if self.verdicts != seen:
            raise Conflict("The verdict has changed meanwhile. Read how it stands first.")
        if self.status.is_over:
            raise Conflict(f"This is {self.status}. A verdict comes before that.")
        if self.is_final:
            raise Conflict("The verdict is final: it answered what the client contested.")
        self._check_not_merged()

    def _scope_item(self, number):
        if number is None:
            return None
        found = ScopeItem.get_or_none(project=self.project_id, number=number)
        if found is None:
            raise DomainError(f"There is no scope item {number}.")
        return found

    def resolve(self, *, by, words=""):
        """Say that nothing more is to be done; the client looks at it next.

        Raises DomainError if it must be judged first, Conflict while the verdict is contested.
        """
        with self._changing():
            self._check_not_merged()
            was = self.status if self.status in (NEW, TRIAGED) else TRIAGED
            if was == NEW and self.kind.needs_verdict:
                raise DomainError("Give a verdict first, so that the client knows how it stands.")
            if self.is_contested:
                raise Conflict("The client contests the verdict. Answer that with a new one first.")
            self.move("status", was=was, to=RESOLVED)
            self._step(StepKind.RESOLVED, Verb.FEEDBACK_RESOLVED, by, plain(words).strip())

    def turn_into_change(self, *, by):
        """Draft a change request with its words, and return it; the same one the second time."""
        with self.project.change() as project:
            made = FeedbackChange.get_or_none(feedback=self)
            if made:
                return made.change
            change = ChangeRequest.draft(project, by=by, came_of=[self, *self._pins()])
            words = {"title": self.title, "why": self.text}
            change.current.write([], by=by, edits=0, **words)
            FeedbackChange.create(feedback=self, change=change)
        return change

    def _pins(self):
        """Return the pins it was filed with, if it is a published batch of them."""
        if self.source_kind != "prototype":
            return []
        batch = PinBatch.get_or_none(project=self.project_id, number=self.source_number)
        return batch.in_order() if batch else []

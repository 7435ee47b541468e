"""The same thing said twice: it goes on in one place, and whoever said it is led there."""

import peewee

from portal.access.models import User
from portal.core import clock, db
from portal.core.errors import Conflict, DomainError
from portal.core.fields import UTCDateTimeField
from portal.feedback.models.turns import Turning
from portal.feedback.words import FeedbackStatus
from portal.ledger.models import record
from portal.ledger.verbs import Verb


class FeedbackMerge(db.Model):
    """One feedback is the same as another, in which it goes on. Both sides see it."""

    feedback = peewee.DeferredForeignKey("Feedback", unique=True, on_delete="CASCADE")
    into = peewee.DeferredForeignKey("Feedback", backref="merged", on_delete="CASCADE")
    by = peewee.ForeignKeyField(User)
    merged_at = UTCDateTimeField(default=clock.now)


class Merging(Turning):
    """Merge into another one, and take that back."""

    @property
    def merge(self):
        """The FeedbackMerge that says where it goes on, or None."""
        return FeedbackMerge.get_or_none(feedback=self)

    def merge_into(self, number, *, by):
        """Say that it goes on in the feedback of that number of the project; return the merge.

        Raises DomainError if there is none such, Conflict if either goes on elsewhere already, if
        this is over or contested, or that is verified.
        """
        with self._changing() as project:
            self._check_can_go_on_elsewhere()
            other = type(self).get_or_none(project=project, number=number)
            if other is None or other == self:
                raise DomainError("Give the number of another feedback of this project.")
            _check_goes_on(other)
            self._check_nothing_goes_on_here()
            merge = FeedbackMerge.create(feedback=self, into=other, by=by)
            self._heard(by)
            self._pass_to(self._whose_turn())
            record(Verb.FEEDBACK_MERGED, self, by=by, into=number)
        return merge

    def _check_can_go_on_elsewhere(self):
        self._check_not_merged()
        if self.status.is_over:
            raise Conflict(f"This is {self.status}. What is over goes on nowhere.")
        if self.is_contested:
            raise Conflict("The client contests the verdict. Answer that with a new one first.")

    def _check_nothing_goes_on_here(self):
        """Whoever is led here would be led on, and nobody would hear what becomes of theirs."""
        here = self.merged.first()
        if here:
            label = here.feedback.label.capitalize()
            raise Conflict(f"{label} goes on in this one. Take that apart first.")

    def split(self, *, by):
        """Let it go on by itself again. Raises Conflict if it does."""
        with self._changing():
            if not FeedbackMerge.delete().where(FeedbackMerge.feedback == self).execute():
                raise Conflict("This goes on by itself already.")
            self._pass_to(self._whose_turn())
            record(Verb.FEEDBACK_SPLIT, self, by=by)

    def _check_not_merged(self):
        merge = self.merge
        if merge:
            raise Conflict(f"This goes on in {merge.into.label}. Answer it there.")


def _check_goes_on(other):
    if other.merge:
        raise Conflict(f"That one goes on in {other.merge.into.label}. Name that instead.")
    if other.status == FeedbackStatus.VERIFIED:
        raise Conflict("That one is verified: nothing is done there any more.")

"""What the studio does with a feedback among itself. No client ever learns of any of it."""

from portal.core import clock
from portal.core.errors import DomainError
from portal.feedback.models.turns import Turning
from portal.ledger.models import record
from portal.ledger.verbs import Verb


class Triaging(Turning):
    """Assign, weigh, snooze. Each returns what was before, so that it can be undone."""

    @property
    def assignee(self):
        """Who of the studio has it in hand, or None."""
        return self.handling.assignee

    def assigned(self):
        return {self.handling.assignee_id} - {None}

    def assign(self, user, *, by):
        """Put it in somebody's hands, or in nobody's. Returns the id of who had it, or None."""
        with self._changing() as project:
            if user and user.id not in {one.id for one in project.people() if one.is_studio}:
                raise DomainError("Only people of the studio on this project can take it.")
            handling = self.handling
            was = handling.assignee_id
            if was != (user and user.id):
                handling.put(assignee=user, assigned_by=by, assigned_at=clock.now())
                record(Verb.FEEDBACK_ASSIGNED, self, by=by, person=user and user.identity)
        return was

    def weigh(self, severity, *, by):
        """Say how bad it is. Returns the Severity it had."""
        with self._changing():
            handling = self.handling
            was = handling.severity
            if was != severity:
                handling.put(severity=severity)
                record(Verb.SEVERITY_SET, self, by=by, severity=str(severity))
        return was

    def snooze(self, until, *, by):
        """Take it out of sight until an instant, or until the client speaks; None: bring it back.

        Returns until when it slept, or None. Raises DomainError for what is past or over.
        """
        with self._changing():
            if until and until <= clock.now():
                raise DomainError("Choose a day to come.")
            if until and self.status.is_over:
                raise DomainError(f"This is {self.status}: nothing waits.")
            handling = self.handling
            was = handling.wakes_at if handling.is_asleep() else None
            if was != until:
                handling.put(wakes_at=until)
                verb = Verb.FEEDBACK_SNOOZED if until else Verb.FEEDBACK_WOKEN
                record(verb, self, by=by, **({"until": clock.stamp(until)} if until else {}))
        return was

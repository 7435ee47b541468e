"""Moving the day by which an answer is due, while the question is open."""

from portal.core.errors import DomainError
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.signoff.models.stand_ins import studio_day


class Due:
    """Mixed into SignOff."""

    def move_due(self, due_on, *, by):
        """Set another day. Whoever still has to answer gets one letter that says so.

        Raises Conflict once there is an outcome, DomainError for a day that has passed, for the
        same day, or for one after the last day on which it is valid.
        """
        with self.project.change():
            now = type(self).get_by_id(self.id)
            now.check_open()
            check_day(now, due_on)
            record(
                Verb.SIGN_OFF_MOVED,
                now,
                by=by,
                **now.facts(),
                due=due_on.isoformat(),
                due_before=now.due_on and now.due_on.isoformat(),
            )
            now.due_on = due_on
            now.save()
        self.due_on = due_on


def check_day(sign_off, due_on):
    """Raise DomainError if an answer cannot become due on that day."""
    if due_on < studio_day():
        raise DomainError("Nobody can answer by a day that has passed.")
    if due_on == sign_off.due_on:
        raise DomainError("It is due on that day already.")
    if sign_off.expires_on and due_on > sign_off.expires_on:
        raise DomainError("It is not valid so long. Send a new version that is.")

"""What the contract says of a prototype's rounds, and who gathers the client's pins."""

from portal.access.models import Membership, User
from portal.access.permissions import STUDIO_ROLES, Role
from portal.core.errors import DomainError
from portal.core.fields import line
from portal.ledger.models import record
from portal.ledger.verbs import Verb

ROUNDS_MOST = 50
MINUTES_MOST = 60 * 1_000
GATHERING_ROLES = tuple(role for role in Role if role not in STUDIO_ROLES)


class Terms:
    """Mixed into Prototype."""

    def set_terms(self, *, by, included_rounds=None, captain=None, role="", minutes=None):
        """Set how many rounds are included, who gathers, and what a further round takes.

        `included_rounds=None` is as many as it takes. A further round is `minutes` of a `role`,
        at its rate of the day; with neither, the studio prices each. Raises DomainError.
        """
        if included_rounds is not None and not 0 <= included_rounds <= ROUNDS_MOST:
            raise DomainError(f"Include {ROUNDS_MOST} rounds at most.")
        if bool(line(role)) != bool(minutes) or not 0 <= (minutes or 0) <= MINUTES_MOST:
            raise DomainError("Say both: how many hours a further round takes, and whose.")
        with self.project.change() as project:
            prototype = type(self).get_by_id(self.id)
            if captain and captain not in project.people(*GATHERING_ROLES):
                raise DomainError("Only somebody of the client on this project can gather pins.")
            prototype.included_rounds, prototype.captain = included_rounds, captain
            prototype.further_role, prototype.further_minutes = role, minutes
            prototype.terms_by = by
            prototype.save()
            facts = {"included": included_rounds, "person": captain and captain.identity}
            record(Verb.PROTOTYPE_TERMS_SET, prototype, by=by, **facts, minutes=minutes)
            if self.sent:
                project.revise(is_internal=False)  # The client reads it beside the pins.
        self.__data__.update(prototype.__data__)
        self.__rel__.pop("captain", None)

    def acting_captain(self):
        """Return who gathers now: the captain, if still of the client on this project; or None."""
        found = (
            User.select()
            .join(Membership)
            .where(
                User.id == self.captain_id,
                User.disabled_at.is_null(),
                Membership.project == self.project_id,
                Membership.role.in_(GATHERING_ROLES),
            )
        )
        return found.first() if self.captain_id else None

"""Several feedback at once: each is a change of its own, and one refusal does not undo the others."""

from dataclasses import dataclass, field

from portal.access.models import Membership
from portal.access.permissions import Permission, Role
from portal.core.errors import DomainError
from portal.feedback.models import Feedback
from portal.projects.models import Project

MAY = [role for role in Role if role.may(Permission.FEEDBACK_TRIAGE)]


@dataclass
class Outcome:
    """What became of each: (feedback, what the act returned), and the sentences of refusals."""

    done: list = field(default_factory=list)
    refused: list = field(default_factory=list)

    def says(self, did):
        """Return it as a sentence: "3 assigned. 1 not: …" """
        sentence = f"{len(self.done)} {did}."
        if self.refused:
            sentence += f" {len(self.refused)} not: {' '.join(dict.fromkeys(self.refused))}"
        return sentence


def find(user, ids):
    """Return those of these feedback that this person may triage, in the order they were filed.

    Raises DomainError if there are none.
    """
    found = (
        Feedback.select(Feedback, Project)
        .join(Project)
        .join(Membership, on=(Membership.project == Project.id))
        .where(Membership.user == user, Membership.role.in_(MAY), Feedback.id.in_(list(ids)))
    )
    items = list(found.order_by(Feedback.id))
    if not items:
        raise DomainError("Tick what you mean first.")
    return items


def each(items, act):
    """Do `act(item)` to each, and return the Outcome."""
    outcome = Outcome()
    for item in items:
        try:
            outcome.done.append((item, act(item)))
        except DomainError as no:
            outcome.refused.append(no.message)
    return outcome

"""What became of an answer afterwards: disputed by whoever gave it, cancelled by both sides."""

from dataclasses import dataclass, field

from portal.access.models import User
from portal.core import dates
from portal.core.read import Read
from portal.signoff.models import Decision, Objection, SignOff

_OBJECTIONS = Read(
    """select {j}, {u} from objection j join decision d on d.id = j.decision_id
       join "user" u on u.id = j.by_id where d.sign_off_id = :sign_off order by j.id""",
    models={"j": Objection, "u": User},
)
_CANCELLED_BY = Read(
    """select {s}, {d} from sign_off s join decision d on d.sign_off_id = s.id
       where s.id = :sign_off order by d.id desc limit 1""",
    models={"s": SignOff, "d": Decision},
)


@dataclass(frozen=True)
class Marks:
    """The marks of one sign-off."""

    #: Every objection to an answer to it, by the answer's id.
    objections: dict[int, Objection] = field(default_factory=dict)
    cancelled_by: SignOff | None = None
    cancelled_at: object = None

    @property
    def is_cancelled(self):
        return self.cancelled_by is not None

    @property
    def disputes(self):
        """The objections that stand: none any more, once both sides have undone it."""
        if self.is_cancelled:
            return []
        return [one for one in self.objections.values() if one.stands]

    @property
    def words(self):
        """cancelled by cancellation 2; disputed since 3 March 2026; empty for neither."""
        if self.cancelled_by:
            return f"cancelled by {self.cancelled_by.subject_label}"
        if self.disputes:
            return f"disputed since {dates.day(self.disputes[0].made_at.date())}"
        return ""


def of(sign_off):
    """Return the Marks of a sign-off."""
    if sign_off.id is None:  # A preview.
        return Marks()
    found = {}
    for objection, person in _OBJECTIONS.all(sign_off=sign_off.id):
        objection.by = person
        found[objection.decision_id] = objection
    by, decision = (None, None)
    if sign_off.cancelled_by_id:
        by, decision = _CANCELLED_BY.one(sign_off=sign_off.cancelled_by_id)
        by.project = sign_off.project
    return Marks(found, by, decision and decision.made_at)

"""The history of a project's amendments, read once, and the baseline on any number or day."""

from dataclasses import dataclass, fields, replace
from typing import Any

from portal.core import dates
from portal.core.read import Read
from portal.scope.baseline.folding import Baseline, Signed, fold

# An amendment's own columns are those of Signed, in its order; then come those of one of its edits.
_HISTORY = Read(
    """select a.id as amendment_id,
              a.number, a.kind, s.subject_number, s.title as subject_title, a.amount_minor, a.launch_on,
              u.name as signed_by, d.made_at as signed_at, r.public_id as receipt, d.id as decision,
              a.launch_before_on, o.number as cancels, cs.subject_number as cancelled_by,
              j.made_at as disputed_at, d.recorded_how, d.recorded_on,
              c.number as undone_in,
              s.number as sign_off,
              i.number as item, e.action, e.section, e.title, e.detail, e.price_minor
       from amendment a join decision d on d.id = a.decision_id
       join sign_off s on s.id = d.sign_off_id join "user" u on u.id = d.user_id
       join receipt r on r.decision_id = d.id
       left join scope_edit e on e.amendment_id = a.id left join scope_item i on i.id = e.item_id
       left join amendment o on o.id = a.cancels_id
       left join amendment c on c.cancels_id = a.id
       left join decision cd on cd.id = c.decision_id
       left join sign_off cs on cs.id = cd.sign_off_id
       left join objection j on j.decision_id = d.id and j.withdrawn_at is null
       where a.project_id = :project order by a.number, e.id"""
)
_SIGNED = slice(1, 1 + len(fields(Signed)))
_NUMBER = Read("select max(number) as number from amendment where project_id = :project")


@dataclass(frozen=True)
class History:
    """Everything that was ever signed on a project, in order."""

    signed: dict[int, Signed]  # By the id of the amendment.
    edits: list[Any]

    @property
    def number(self):
        """The number of the baseline as it stands; 0 before anything was signed."""
        return len(self.signed)

    def at(self, number):
        """Return the baseline on this number: what was signed later is not known to it."""
        signed = self._until(number)
        edits = [edit for edit in self.edits if edit.amendment_id in signed]
        items = tuple(fold(edits, signed).values())
        return Baseline(min(number, self.number), items, tuple(signed.values()))

    def sums(self):
        """Return every baseline from the first on without its items: only total and launch."""
        numbers = range(1, self.number + 1)
        return [Baseline(number, (), tuple(self._until(number).values())) for number in numbers]

    def _until(self, number):
        known = {key: one for key, one in self.signed.items() if one.number <= number}
        return {key: _then(one, number) for key, one in known.items()}

    @property
    def now(self):
        return self.at(self.number)

    def number_on(self, day, zone):
        """Return the number that stood at the end of a day in a time zone; 0 before the first."""
        days = [dates.today(one.signed_at, zone) for one in self.signed.values()]
        return sum(1 for on in days if on <= day)


def _then(one, number):
    """Return what was known of a signature when the baseline had this number."""
    if one.undone_in is None or one.undone_in <= number:
        return one
    return replace(one, cancelled_by=None, undone_in=None)


def history(project):
    """Return everything that was signed on a project, in one read."""
    rows, signed = _HISTORY.all(project=project.id), {}
    for row in rows:
        if row.amendment_id not in signed:
            signed[row.amendment_id] = Signed(*row[_SIGNED])
    return History(signed, [row for row in rows if row.item is not None])


def of(project, upto=None):
    """Return the project's baseline, now or as it was at number `upto`."""
    found = history(project)
    return found.now if upto is None else found.at(upto)


def number_of(project):
    """Return the number of the project's baseline; 0 before anything was signed."""
    return _NUMBER.value(project=project.id) or 0

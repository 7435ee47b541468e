"""The baseline: the fold of a project's amendments, on any number.

Scope, budget and launch are never stored as such; they are what the signed amendments come to.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from portal.core import dates
from portal.core.read import Read
from portal.scope.models import Action
from portal.signoff.subject import Difference, DiffRow, Strip


@dataclass(frozen=True, slots=True)
class Item:
    """One scope item as it stands, and the signature it last got."""

    number: int
    section: str
    title: str
    detail: str
    price_minor: int
    is_removed: bool
    edited_by: int  # The amendment that last touched it.
    signed_by: str
    signed_at: datetime
    receipt: str  # The public id of the receipt of that signature.
    subject: str  # "estimate 1", "change 4"


@dataclass(frozen=True, slots=True)
class Signed:
    """One amendment with the signature that made it."""

    number: int
    kind: str
    subject_number: int
    title: str
    amount_minor: int
    launch_on: date | None
    signed_by: str
    signed_at: datetime
    receipt: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the signatures up to a number come to."""

    number: int
    items: tuple[Item, ...]
    amendments: tuple[Signed, ...]

    @property
    def total_minor(self):
        return sum(amendment.amount_minor for amendment in self.amendments)

    @property
    def contract_minor(self):
        """The first signed amount: what the client calls the contract."""
        return self.amendments[0].amount_minor if self.amendments else 0

    @property
    def changes_minor(self):
        return self.total_minor - self.contract_minor

    @property
    def launch_on(self):
        moved = [a.launch_on for a in self.amendments if a.launch_on]
        return moved[-1] if moved else None

    def item(self, number):
        return next((item for item in self.items if item.number == number), None)


_AMENDMENTS = Read(
    """select a.id, a.number, a.kind, s.subject_number, s.title, a.amount_minor, a.launch_on,
              u.name as signed_by, d.made_at as signed_at, r.public_id as receipt
       from amendment a join decision d on d.id = a.decision_id
       join sign_off s on s.id = d.sign_off_id join "user" u on u.id = d.user_id
       join receipt r on r.decision_id = d.id
       where a.project_id = :project and a.number <= :upto order by a.number"""
)
_EDITS = Read(
    """select i.number as item, e.amendment_id, e.action, e.section, e.title, e.detail,
              e.price_minor
       from scope_edit e join scope_item i on i.id = e.item_id
       join amendment a on a.id = e.amendment_id
       where a.project_id = :project and a.number <= :upto order by a.number, e.id"""
)
_NUMBER = Read("select max(number) as number from amendment where project_id = :project")
_EVER = 2**31 - 1


def number_of(project):
    """Return the number of the project's baseline; 0 before anything was signed."""
    return _NUMBER.value(project=project.id) or 0


def of(project, upto=_EVER):
    """Return the project's baseline, now or as it was at number `upto`."""
    rows = _AMENDMENTS.all(project=project.id, upto=upto)
    signed = {row.id: Signed(*row[1:]) for row in rows}
    edits = _EDITS.all(project=project.id, upto=upto)
    return Baseline(
        number=rows[-1].number if rows else 0,
        items=tuple(fold(edits, signed).values()),
        amendments=tuple(signed.values()),
    )


def fold(edits, signed):
    """Return what a list of edits leaves, by item number, in the order the items came."""
    items = {}
    for edit in edits:
        by = signed[edit.amendment_id]
        stamp = {
            "edited_by": by.number,
            "signed_by": by.signed_by,
            "signed_at": by.signed_at,
            "receipt": by.receipt,
            "subject": f"{by.kind} {by.subject_number}",
        }
        before = items.get(edit.item)
        if before is None:
            items[edit.item] = Item(
                number=edit.item,
                section=edit.section,
                title=edit.title,
                detail=edit.detail,
                price_minor=edit.price_minor,
                is_removed=False,
                **stamp,
            )
        else:
            items[edit.item] = replace(
                before,
                title=edit.title or before.title,
                detail=edit.detail or before.detail,
                price_minor=before.price_minor + edit.price_minor,
                is_removed=edit.action == Action.REMOVED,
                **stamp,
            )
    return items


def strip(project, this_minor, launch_on=None):
    """Return the project's running total with one more amount in it."""
    baseline = of(project)
    first = baseline.amendments[0] if baseline.amendments else None
    return Strip(
        contract_minor=baseline.contract_minor,
        contract_on=first and first.signed_at.date(),
        changes_minor=baseline.changes_minor,
        changes_count=max(0, len(baseline.amendments) - 1),
        this_minor=this_minor,
        launch_on=launch_on or project.launch_on,
        launch_before_on=project.launch_on,
    )


def changed_since(project, decision):
    """Return what others signed on this project after a decision of the reader."""
    baseline = of(project)
    later = [a for a in baseline.amendments if a.signed_at > decision.made_at]
    rows = tuple(
        DiffRow(a.title, f"{a.kind} {a.subject_number}, signed by {a.signed_by}", None, a.amount_minor)
        for a in later
    )
    day = dates.day(decision.made_at.date())
    return Difference(since=f"Since your last yes, {day}.", rows=rows)

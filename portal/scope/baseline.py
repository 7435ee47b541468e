"""The baseline: the fold of a project's amendments, on any number.

Scope, budget and launch are never stored as such; they are what the signed amendments come to.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from portal.core import dates, money
from portal.core.read import Read
from portal.scope.models import Action
from portal.signoff.models.answers import recorded
from portal.signoff.subject import SUBJECTS, Difference, DiffRow, Strip


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
    receipt: str  # The public id of the receipt of that signature.
    decision_id: int
    launch_before_on: date | None = None
    cancels: int | None = None  # The number of the amendment that this one undid.
    cancelled_by: int | None = None  # The number of the cancellation that undid this one.
    disputed_at: datetime | None = None  # An objection stands since then.
    recorded_how: str | None = None  # Written down by the studio: "letter", "call".
    recorded_on: date | None = None

    @property
    def subject(self):
        """estimate 1, change request 4"""
        return label(self.kind, self.subject_number)

    @property
    def stands(self):
        """False for what was undone, and for what undid it: the two come to nothing."""
        return self.cancels is None and self.cancelled_by is None

    @property
    def source(self):
        """recorded by the studio from a letter of 3 March 2026; empty: signed here."""
        return recorded(self.recorded_how, self.recorded_on)


@dataclass(frozen=True, slots=True)
class Touch:
    """What one signature did to one item."""

    action: Action
    price_minor: int  # What it added to the sum; negative when it gave back.
    by: Signed


@dataclass(frozen=True, slots=True)
class Item:
    """One scope item as it stands, and every signature it got, oldest first."""

    number: int
    section: str
    title: str
    detail: str
    price_minor: int
    touches: tuple[Touch, ...]

    @property
    def last(self):
        return self.touches[-1]

    @property
    def is_removed(self):
        return self.last.action == Action.REMOVED

    @property
    def edited_by(self):
        """The number of the amendment that last touched it."""
        return self.last.by.number

    @property
    def signed_by(self):
        return self.last.by.signed_by

    @property
    def signed_at(self):
        return self.last.by.signed_at

    @property
    def receipt(self):
        """The public id of the receipt of its last signature."""
        return self.last.by.receipt

    @property
    def subject(self):
        return self.last.by.subject


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
    def standing(self):
        """The amendments that were not undone."""
        return tuple(amendment for amendment in self.amendments if amendment.stands)

    @property
    def contract_minor(self):
        """The first signed amount that stands: what the client calls the contract."""
        return self.standing[0].amount_minor if self.standing else 0

    @property
    def changes_minor(self):
        return self.total_minor - self.contract_minor

    @property
    def launch_on(self):
        moved = [a.launch_on for a in self.standing if a.launch_on]
        return moved[-1] if moved else None

    @property
    def sections(self):
        """The items by section: {name: [item, …]}, in the order the sections came."""
        found = {}
        for item in self.items:
            found.setdefault(item.section, []).append(item)
        return found

    def is_whole(self, currency):
        """True if no price has a fraction, so that a column can leave out the decimals."""
        unit = 10 ** money.decimals(currency)
        return not any(touch.price_minor % unit for item in self.items for touch in item.touches)

    def item(self, number):
        return next((item for item in self.items if item.number == number), None)


_AMENDMENTS = Read(
    """select a.id, a.number, a.kind, s.subject_number, s.title, a.amount_minor, a.launch_on,
              u.name as signed_by, d.made_at as signed_at, r.public_id as receipt, d.id as decision,
              a.launch_before_on, o.number as cancels, cs.subject_number as cancelled_by,
              j.made_at as disputed_at, d.recorded_how, d.recorded_on
       from amendment a join decision d on d.id = a.decision_id
       join sign_off s on s.id = d.sign_off_id join "user" u on u.id = d.user_id
       join receipt r on r.decision_id = d.id
       left join amendment o on o.id = a.cancels_id
       left join amendment c on c.cancels_id = a.id and c.number <= :upto
       left join decision cd on cd.id = c.decision_id
       left join sign_off cs on cs.id = cd.sign_off_id
       left join objection j on j.decision_id = d.id and j.withdrawn_at is null
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
_OPEN = Read(
    """select kind, subject_number from sign_off
       where project_id = :project and status = 'open' and amount_minor is not null
       order by number"""
)
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
    """Return what a list of edits leaves, by item number, in the order the items came.

    Each edit names its item, its amendment (a key of `signed`), an action, section, title and
    detail (empty: as before), and what it adds to the item's price in minor units.
    """
    items = {}
    for edit in edits:
        touch = Touch(Action(edit.action), edit.price_minor, signed[edit.amendment_id])
        before = items.get(edit.item)
        if before is None:
            items[edit.item] = Item(
                edit.item, edit.section, edit.title, edit.detail, edit.price_minor, (touch,)
            )
        else:
            items[edit.item] = replace(
                before,
                title=edit.title or before.title,
                detail=edit.detail
                if edit.action == Action.RESTORED
                else edit.detail or before.detail,
                price_minor=before.price_minor + edit.price_minor,
                touches=(*before.touches, touch),
            )
    return items


def strip(project, this_minor, launch_on=None, *, subject=None):
    """Return the project's running total with one more amount in it.

    With the `subject` that the amount belongs to, the other things that wait are named.
    """
    baseline = of(project)
    first = baseline.standing[0] if baseline.standing else None
    return Strip(
        contract_minor=baseline.contract_minor,
        contract_on=first and first.signed_at.date(),
        changes_minor=baseline.changes_minor,
        changes_count=max(0, len(baseline.standing) - 1),
        this_minor=this_minor,
        launch_on=launch_on or project.launch_on,
        launch_before_on=project.launch_on,
        pending=_pending(project, subject) if subject else (),
    )


def _pending(project, subject):
    own = (subject.KIND, subject.number)
    return tuple(
        f"{label(row.kind, row.subject_number).capitalize()} waits for an answer too; it is not "
        "in this sum."
        for row in _OPEN.all(project=project.id)
        if (row.kind, row.subject_number) != own
    )


def changed_since(project, decision):
    """Return what others signed on this project after a decision of the reader."""
    later = [a for a in of(project).amendments if a.decision_id > decision.id]
    rows = tuple(
        DiffRow(a.title, f"{a.subject.capitalize()}, signed by {a.signed_by}", None, a.amount_minor)
        for a in later
    )
    day = dates.day(decision.made_at.date())
    yes = decision.sign_off.label.capitalize()
    return Difference(since=f"{yes}, which you approved on {day}.", rows=rows)


def label(kind, number):
    """Return a signed subject as a reader says it.

    >>> label("estimate", 1)
    'estimate 1'
    """
    known = SUBJECTS.get(kind)
    return f"{known.NOUN if known else kind} {number}"

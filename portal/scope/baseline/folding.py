"""The fold: what a list of edits comes to, and what each item and each signature is in it.

Pure: no database.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from portal.core import money
from portal.scope.models import Action
from portal.signoff.models.answers import recorded
from portal.signoff.subject import SUBJECTS


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
    undone_in: int | None = None  # The number of the baseline since which it is undone.
    sign_off: int = 0  # The number of the sign-off.

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
    title: str = ""  # What the item was called after it, and what it was.
    detail: str = ""
    becomes_minor: int = 0  # The item's price after it.


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


def fold(edits, signed):
    """Return what a list of edits leaves, by item number, in the order the items came.

    Each edit names its item, its amendment (a key of `signed`), an action, section, title and
    detail (empty: as before), and what it adds to the item's price in minor units.
    """
    items = {}
    for edit in edits:
        was = items.get(edit.item) or Item(edit.item, edit.section, "", "", 0, ())
        items[edit.item] = _touched(was, edit, signed[edit.amendment_id])
    return items


def _touched(item, edit, by):
    action, price_minor = Action(edit.action), item.price_minor + edit.price_minor
    title = edit.title or item.title
    detail = edit.detail if action == Action.RESTORED else edit.detail or item.detail
    touch = Touch(action, edit.price_minor, by, title, detail, price_minor)
    return replace(
        item, title=title, detail=detail, price_minor=price_minor, touches=(*item.touches, touch)
    )


def label(kind, number):
    """Return a signed subject as a reader says it.

    >>> label("estimate", 1)
    'estimate 1'
    """
    known = SUBJECTS.get(kind)
    return f"{known.NOUN if known else kind} {number}"

"""What a room must say about a thing before a client can sign it.

A room registers a class with `@signable`; a row of it is one exact version. The engine asks it
only the questions below, and only `snapshot()` reads the live rows: everything after the sending
is answered from the sealed snapshot.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

SUBJECTS: dict[str, type["Subject"]] = {}


class SubjectStatus(StrEnum):
    """The life of one version: a draft can change, a sent one cannot."""

    DRAFT = "draft"
    SENT = "sent"
    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    CANCELLED = "cancelled"  # Approved once, and undone by both sides.


@dataclass(frozen=True)
class Offer:
    """What a snapshot comes to with the options a person chose. Money excludes tax."""

    currency: str
    total_minor: int | None  # None: nothing about money is decided.
    options: tuple[str, ...] = ()
    launch_on: date | None = None  # The new launch, if the yes moves it.
    is_binding: bool = True  # False: a yes commits neither side to the amount.
    sheet: Any = None  # What the room's own template draws.
    choice: str = ""  # What the options come to, by name; empty: there was nothing to choose.
    is_small: bool = False  # Little to read: its page is set to fit one screen of a phone.

    @property
    def commits_minor(self) -> int:
        """What a yes commits the client to: nothing for a ballpark, or for money given back."""
        return max(self.total_minor or 0, 0) if self.is_binding else 0


@dataclass(frozen=True)
class DiffRow:
    """One line that differs between two versions. Amounts in minor units; None: not there."""

    what: str
    note: str
    before_minor: int | None
    after_minor: int | None

    @property
    def change_minor(self) -> int:
        return (self.after_minor or 0) - (self.before_minor or 0)


@dataclass(frozen=True)
class DiffFact:
    """One fact that differs: a date, a term, a count."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """What changed since a version or a day that the reader knows."""

    since: str  # "Version 1, which you approved on 27 February."
    heading: str = "Changed since your last yes"
    rows: tuple[DiffRow, ...] = ()
    facts: tuple[DiffFact, ...] = ()
    total: DiffRow | None = None

    def __bool__(self) -> bool:
        return bool(self.rows or self.facts)


@dataclass(frozen=True)
class Strip:
    """The running total: contract, signed changes, this one, and what they come to."""

    contract_minor: int
    contract_on: date | None
    changes_minor: int
    changes_count: int
    this_minor: int
    launch_on: date | None
    launch_before_on: date | None
    pending: tuple[str, ...] = field(default=())  # What else waits and is not in the sum.
    pending_minor: int = 0  # What that comes to as it was sent.

    @property
    def total_minor(self) -> int:
        return self.contract_minor + self.changes_minor + self.this_minor


def _unsaid(cls: type) -> TypeError:
    return TypeError(f"{cls.__name__} can be signed, so it must answer this question")


class Subject:
    """Mixed into the model of one version of something that can be signed.

    The model has `project`, `number` (counted per project), `version` (counted per number),
    `title`, and a `status` that the engine moves.
    """

    KIND = ""  # "estimate": in the ledger, in sentences and in URLs.
    NOUN = ""  # "estimate", "change request": as a reader says it.
    SEEN = "read"  # What the signer did with it: "I have read estimate 3".
    SHEET = ""  # The template that draws a snapshot's body.
    CAN_BE_CANCELLED = True  # Both sides can undo it, if its approval moved anything.
    CHOICES = ""  # The template that lists on a receipt what there was to choose from.
    IS_MONEY = True  # Deciding it needs a recent proof of who one is.
    IS_CHANGE = False  # Its amount is more or less than what is signed: said with + or −.
    STRIP_LAST = False  # The running total stands after the body, beside what is chosen in it.

    @property
    def noun(self) -> str:
        """What this one is called, where a kind has more than one name."""
        return self.NOUN

    # Before it is sent, from the live rows.

    @classmethod
    def draft(cls, project: Any, number: int) -> Any:
        """Return the draft version of this number in the project, or None."""
        raise _unsaid(cls)

    def check_ready(self) -> None:
        """Raise DomainError, with what is missing, if it cannot be sent."""

    def snapshot(self) -> dict[str, Any]:
        """Return all that the client is shown, in canonical values, without names of people."""
        raise _unsaid(type(self))

    # Once it is sent, from the snapshot alone.

    @classmethod
    def offer(cls, snapshot: dict[str, Any], options: tuple[str, ...] | None) -> Offer:
        """Return what it comes to. `options=None` means as sent. Raises DomainError if unknown."""
        raise _unsaid(cls)

    @classmethod
    def read_options(cls, snapshot: dict[str, Any], form: Any) -> tuple[str, ...]:
        """Return the options that a browser's form names, spelled as `offer` spells them."""
        return tuple(sorted(form.getlist("option")))

    @classmethod
    def places(cls, snapshot: dict[str, Any]) -> dict[str, str]:
        """Return what can be asked about: {"line-7": "Recording day"}, the same in each version."""
        return {}

    @classmethod
    def difference(cls, before: dict[str, Any], after: dict[str, Any]) -> Difference:
        """Return what changed from one sent version to another."""
        raise _unsaid(cls)

    # About the project as it is now.

    def baseline_number(self) -> int:
        """Return the number of the baseline that a yes would be added to; 0: none is touched."""
        return 0

    def strip(self, offer: Offer) -> Strip | None:
        """Return the project's running total with this offer in it."""
        return None

    def changed_since(self, decision: Any) -> Difference | None:
        """Return what others signed on this project after a decision of the reader."""
        return None

    def overtaken(self, snapshot: dict[str, Any]) -> str | None:
        """Return why it can no longer be answered (a touched scope item changed), or None."""
        return None

    def scope_parts(self) -> list[Any]:
        """Return the scope items it belongs to or its approval made: number, title, path."""
        return []

    def last_words(self, offer: Offer) -> list[str]:
        """Return what happens now, a sentence each, for the receipt."""
        return []

    # Called inside the decision's transaction.

    def approved(self, decision: Any, offer: Offer) -> None:
        """Let the yes take effect."""


def signable(cls: type[Subject]) -> type[Subject]:
    """Make a kind of thing known to the engine."""
    SUBJECTS[cls.KIND] = cls
    return cls

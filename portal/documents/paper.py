"""A document as data: parts with blocks of a few kinds, set by `templates/pdf/paper.typ`.

A room says how its snapshot becomes one, in its module `paper.py`:

    @paper("estimate")
    def parts(snapshot, options):  # None: with the options it was sent with
        return [Part("Terms", Prose.of(snapshot["terms"]))]

Everything here is text and lists of text, so that nothing a client wrote is ever read as markup.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from portal.core import dates
from portal.core.fields import capital
from portal.documents import prose

PARTS: dict[str, Callable[..., list["Part"]]] = {}


def paper(kind):
    """Register `function(snapshot, options) -> list[Part]` for one kind of subject."""

    def register(function):
        PARTS[kind] = function
        return function

    return register


@dataclass(frozen=True, slots=True)
class Prose:
    """What a person wrote, as paragraphs of runs."""

    paragraphs: list[dict[str, Any]]
    block: str = "prose"

    @classmethod
    def of(cls, text):
        return cls(prose.paragraphs(text))


@dataclass(frozen=True, slots=True)
class Fact:
    """One named value. Each of `more` is a line below it, in the second voice."""

    name: str
    value: str
    more: tuple[str, ...] = ()
    look: str = ""  # "hash": digits in groups; "quiet": there is none, and that is said.

    @classmethod
    def hash(cls, name, digits, *more):
        """Return a fact about digits, in groups that can be read aloud, in lines of 32."""
        lines = (digits[i : i + 32] for i in range(0, len(digits), 32))
        grouped = (" ".join(line[i : i + 4] for i in range(0, 32, 4)) for line in lines)
        return cls(name, "\n".join(grouped), more, look="hash")


@dataclass(frozen=True, slots=True)
class Facts:
    """Names on the left, values beside them."""

    facts: list[Fact]
    block: str = "facts"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: what it is, notes below that, and a text for each further column."""

    what: str
    cells: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    look: str = ""  # "off": not counted; "sum": of a group; "gone": struck out.


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one title, which is said again where they go on over the page."""

    title: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of figures under one head, which stands on every page, and what they come to."""

    head: tuple[str, ...]
    groups: list[Group]
    totals: list[Row] = field(default_factory=list)  # Look "grand" for the one that is decided.
    block: str = "table"


@dataclass(frozen=True, slots=True)
class Signature:
    """A name on a line, and who that is."""

    name: str
    lines: tuple[str, ...]
    is_yes: bool = True
    block: str = "signature"


@dataclass(frozen=True, slots=True)
class Lines:
    """Empty lines for a pen, each with what belongs on it."""

    names: tuple[str, ...]
    block: str = "lines"


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks under a name, which hangs in the margin."""

    name: str
    blocks: list[Any]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document. `made_at` is the only time it knows: the same facts give the same text."""

    label: str  # "Estimate 3, version 2": beside the studio's name.
    title: str
    lede: str
    issuer: str
    foot: tuple[str, ...]  # At the foot of every page.
    parts: list[Part]
    made_at: str  # ISO 8601.
    under: tuple[str, ...] = ()  # Below the label: "Sent 10 March 2026".
    state: str = ""  # "Approved": below that.
    is_signed: bool = False  # Then the state is green.
    across: str = ""  # "Draft": large, across every page.

    def data(self):
        """Return it as plain values."""
        return asdict(self)


def dates_part(snapshot, launch):
    """Return the part that says when; `launch` is the Fact about it."""
    until, silence = snapshot["valid_until"], snapshot["silence"]
    quiet = Fact("Valid until", "No last day was set", look="quiet")
    facts = [launch, Fact("Valid until", day(until)) if until else quiet]
    if silence:
        facts.append(Fact("Without an answer", capital(silence)))
    return Part("Dates", [Facts(facts)])


def between(snapshot):
    """Return the part that names the two sides as they stood when it was sent."""
    sides = (("Studio", snapshot["studio"]), ("Client", snapshot["client"]))
    return Part("Between", [Facts([_party(side, one) for side, one in sides])])


def day(text):
    """Return a day of a snapshot, 2026-03-12, in words."""
    return dates.day(dt.date.fromisoformat(text))


def _party(side, one):
    more = one["address"].splitlines()
    if one["tax_number"]:
        more.append(f"Tax number {one['tax_number']}")
    return Fact(side, one["legal_name"] or one["name"], tuple(more))

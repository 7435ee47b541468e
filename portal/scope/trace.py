"""From an item to everything that belongs to it: what priced it, signed it, shows it, judges it.

This room knows the signatures. Each room above adds what it knows with `@traces`; a room that is
not there simply has no links.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from portal.core.read import Read


class Step(IntEnum):
    """The stations of a chain, in the order in which work goes."""

    ASKED = 1
    PRICED = 2
    SIGNED = 3
    WORKED = 4
    SHOWN = 5
    JUDGED = 6
    ACCEPTED = 7

    @property
    def heading(self):
        return _HEADINGS[self]


_HEADINGS = {
    Step.ASKED: "Asked for",
    Step.PRICED: "Priced",
    Step.SIGNED: "Signed",
    Step.WORKED: "Worked on",
    Step.SHOWN: "Shown",
    Step.JUDGED: "Feedback",
    Step.ACCEPTED: "Accepted",
}


@dataclass(frozen=True, slots=True)
class Link:
    """One thing that belongs to an item, as this reader may see it."""

    step: Step
    what: str  # "Prototype 2, version 3".
    path: str
    at: datetime
    note: str = ""
    state: str = ""  # A state of `ui/status.html`; empty: it has none.
    word: str = ""  # Another word for that state.
    also: tuple[tuple[str, str], ...] = ()  # Further ways on: (label, path).


SOURCES: list[Callable[..., list[Link]]] = []


def traces(source):
    """Let a room say what it knows of an item: `source(project, item_id, role)` returns Links.

    It asks the database a constant number of times, and leaves out what the role may not see.
    """
    SOURCES.append(source)
    return source


def chain(project, item, role):
    """Return the Links of an item (of a baseline) by station: [(Step, [Link, …]), …]."""
    links = list(map(_signature(project), item.touches))
    for source in SOURCES:
        links += source(project, item.number, role)
    links.sort(key=lambda link: (link.step, link.at))
    return [(step, found) for step in Step if (found := [k for k in links if k.step == step])]


def _signature(project):
    def link(touch):
        by = touch.by
        return Link(
            step=Step.SIGNED,
            what=by.subject.capitalize(),
            path=f"/projects/{project.slug}/sign-offs/{by.sign_off}",
            at=by.signed_at,
            note=by.signed_by,
            state="cancelled" if by.cancelled_by else "disputed" if by.disputed_at else "approved",
            also=(("Receipt", f"/receipts/{by.receipt}"),),
        )

    return link


# The way back ------------------------------------------------------------------------------------

_OF_SUBJECT = Read(
    """select distinct i.number, (select t.title from scope_edit t
              where t.item_id = i.id and t.title <> '' order by t.id desc limit 1) as title
       from scope_edit e join scope_item i on i.id = e.item_id
       join amendment a on a.id = e.amendment_id join decision d on d.id = a.decision_id
       join sign_off s on s.id = d.sign_off_id
       where a.project_id = :project and a.kind = :kind and s.subject_number = :number
       order by i.number"""
)


@dataclass(frozen=True, slots=True)
class Part:
    """An item that something belongs to, as it is called now."""

    number: int
    title: str
    path: str


def parts_of(project, kind, number):
    """Return the items that the signature under a subject made or changed: Parts, in order."""
    rows = _OF_SUBJECT.all(project=project.id, kind=kind, number=number)
    return [part(project, row) for row in rows]


def part(project, row):
    """Return the Part of a row that has an item's number and title."""
    return Part(row.number, row.title, f"/projects/{project.slug}/scope/{row.number}")

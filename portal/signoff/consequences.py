"""Which edit forces which answer again. The one list: models ask it, tests act it out row by row,
and the page /help/changes-after-sending prints it. Pure data.
"""

from dataclasses import dataclass
from enum import StrEnum

from portal.signoff.subject import SubjectStatus


class Consequence(StrEnum):
    NOTHING = "nothing"
    NOTICE = "notice"
    REAPPROVAL = "re-approval"
    RESIGNATURE = "re-signature"

    @property
    def is_in_place(self) -> bool:
        """True if the thing itself changes; otherwise a new version or a change request does."""
        return self in (Consequence.NOTHING, Consequence.NOTICE)

    @property
    def label(self) -> str:
        return LABELS[self][0]

    @property
    def means(self) -> str:
        return LABELS[self][1]


LABELS = {
    Consequence.NOTHING: (
        "Nothing",
        "Nobody has to answer again. What was sent stays as it was sent, word for word.",
    ),
    Consequence.NOTICE: (
        "A notice",
        "Whoever was asked gets one letter that says what is different. What was answered stays.",
    ),
    Consequence.REAPPROVAL: (
        "The answer again",
        "It cannot change in place. A new version replaces it, and everybody is asked again.",
    ),
    Consequence.RESIGNATURE: (
        "A new signature",
        "It is agreed, so only a change request moves it, and the client has to sign that.",
    ),
}


class Stage(StrEnum):
    """How far a thing has come when somebody edits it."""

    DRAFT = "draft"
    SENT = "sent"  # Asked about and not approved: also declined, taken back or expired.
    APPROVED = "approved"

    @classmethod
    def of(cls, status: SubjectStatus) -> "Stage":
        """Return the stage of a version in this state."""
        return {SubjectStatus.DRAFT: cls.DRAFT, SubjectStatus.APPROVED: cls.APPROVED}.get(
            status, cls.SENT
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of edit. None: in that stage it cannot happen."""

    kind: str
    what: str
    label: str
    draft: Consequence | None
    sent: Consequence | None
    approved: Consequence | None

    def at(self, stage: Stage) -> Consequence | None:
        found: Consequence | None = getattr(self, stage.value)
        return found


_NO, _NOTE = Consequence.NOTHING, Consequence.NOTICE
_ASK, _SIGN = Consequence.REAPPROVAL, Consequence.RESIGNATURE

#: How each kind is called, in the order of the page.
KINDS = {
    "estimate": "Estimate",
    "ballpark": "Ballpark estimate",
    "change": "Change request",
    "prototype": "Prototype",
    "sign_off": "Sign-off",
    "project": "Project",
    "company": "Studio and client",
}

TABLE = (
    Row("estimate", "wording", "Title and summary", _NO, _ASK, _SIGN),
    Row("estimate", "lines", "Lines, quantities and prices", _NO, _ASK, _SIGN),
    Row("estimate", "taxes", "Taxes, discount and contingency", _NO, _ASK, _SIGN),
    Row("estimate", "terms", "Terms, payments and how long it is valid", _NO, _ASK, _SIGN),
    Row("estimate", "launch", "The launch", _NO, _ASK, _SIGN),
    Row("ballpark", "wording", "Anything in it", _NO, _ASK, _ASK),
    Row("change", "wording", "Title, summary and why", _NO, _ASK, _SIGN),
    Row("change", "effects", "What changes in the scope, and prices", _NO, _ASK, _SIGN),
    Row("change", "launch", "The launch", _NO, _ASK, _SIGN),
    Row("prototype", "wording", "Title and note", _NO, _ASK, _ASK),
    Row("prototype", "screens", "Screens", _NO, _ASK, _ASK),
    Row("prototype", "items", "Which scope items it shows", _NO, _NO, _NO),
    Row("prototype", "rounds", "How many rounds are included, and who gathers", _NO, _NO, _NO),
    Row("sign_off", "due", "The day on which the answer is due", None, _NOTE, None),
    Row("sign_off", "people", "Who is asked, because somebody left", None, _NOTE, None),
    Row("sign_off", "role", "Who is asked, because their part changed", None, _NOTE, None),
    Row("project", "facts", "Name, summary, phase and health", _NO, _NO, _NO),
    Row("project", "launch", "The launch, once it is set", _SIGN, _SIGN, _SIGN),
    Row("project", "scope", "A scope item", None, None, _SIGN),
    Row("company", "identity", "Legal name, address and tax number", _NO, _NO, _NO),
    Row("company", "rates", "The studio’s rate card", _NO, _NO, _NO),
)
_BY_EDIT = {(row.kind, row.what): row for row in TABLE}


def of(kind: str, what: str, stage: Stage) -> Consequence | None:
    """Return what an edit leads to. Raises KeyError for one that the table does not know."""
    return _BY_EDIT[kind, what].at(stage)


def may_edit(kind: str, what: str, status: SubjectStatus) -> bool:
    """Answer whether a version in this state can be edited in place."""
    found = of(kind, what, Stage.of(status))
    return found is not None and found.is_in_place


def is_final(kind: str, what: str, status: SubjectStatus) -> bool:
    """Answer whether no further version can follow one in this state: only a new signature."""
    return of(kind, what, Stage.of(status)) == Consequence.RESIGNATURE


def editable(kind: str, what: str) -> list[SubjectStatus]:
    """Return the states in which a version can be edited in place."""
    return [status for status in SubjectStatus if may_edit(kind, what, status)]


def final(kind: str, what: str) -> list[SubjectStatus]:
    """Return the states of a version after which there is no further one."""
    return [status for status in SubjectStatus if is_final(kind, what, status)]


def groups() -> list[tuple[str, list[Row]]]:
    """Return the table by kind, as the page prints it."""
    return [(name, [row for row in TABLE if row.kind == kind]) for kind, name in KINDS.items()]

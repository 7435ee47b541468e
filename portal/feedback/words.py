"""The closed lists of feedback, and how each reads to either side."""

from enum import StrEnum


class Kind(StrEnum):
    """What the client says it is."""

    DEFECT = "defect"
    CHANGE = "change"
    QUESTION = "question"
    COMPLAINT = "complaint"
    PRAISE = "praise"

    @property
    def asked(self):
        """The words beside the choice."""
        return ASKED[self]

    @property
    def needs_verdict(self):
        """True if it must be judged against what was signed before it can be resolved."""
        return self not in (Kind.QUESTION, Kind.PRAISE)


class FeedbackStatus(StrEnum):
    NEW = "new"
    TRIAGED = "triaged"
    RESOLVED = "resolved"
    VERIFIED = "verified"

    @property
    def is_over(self):
        """True once the studio has said that nothing more is to be done."""
        return self in (FeedbackStatus.RESOLVED, FeedbackStatus.VERIFIED)


class Turn(StrEnum):
    """Who has to act next."""

    STUDIO = "studio"
    CLIENT = "client"
    NOBODY = "nobody"


class Severity(StrEnum):
    """How bad it is, as the studio sees it. The client never learns of it."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


class VerdictKind(StrEnum):
    """How the studio judges it against what was signed."""

    DEFECT = "defect"
    INCLUDED_REVISION = "included_revision"
    NEW_SCOPE = "new_scope"
    OUT_OF_SCOPE = "out_of_scope"

    @property
    def label(self):
        """Included revision"""
        return str(self).replace("_", " ").capitalize()

    @property
    def means(self):
        """What it comes to, for whoever gives it."""
        return GIVEN[self]

    @property
    def promises(self):
        """What it comes to, for the client."""
        return READ[self]


class StepKind(StrEnum):
    """What became of it after its verdict."""

    CONTESTED = "contested"
    REOPENED = "reopened"
    RESOLVED = "resolved"
    TAKEN_BACK = "taken_back"  # A verdict, soon after it was given.
    VERIFIED = "verified"


ASKED = {
    Kind.DEFECT: "Something is broken",
    Kind.CHANGE: "Please change",
    Kind.QUESTION: "Question",
    Kind.COMPLAINT: "Complaint",
    Kind.PRAISE: "Praise",
}
GIVEN = {
    VerdictKind.DEFECT: "It does not do what they signed: we mend it",
    VerdictKind.INCLUDED_REVISION: "Part of what they signed: we do it",
    VerdictKind.NEW_SCOPE: "Worth doing, not in the contract: we offer a change request",
    VerdictKind.OUT_OF_SCOPE: "Not part of this project: we leave it",
}
READ = {
    VerdictKind.DEFECT: "It does not do what you signed. The studio mends it at no cost.",
    VerdictKind.INCLUDED_REVISION: "It is part of what you signed. The studio does it.",
    VerdictKind.NEW_SCOPE: "It is not part of what you signed. The studio can offer it to you as a "
    "change request with a price.",
    VerdictKind.OUT_OF_SCOPE: "It is not part of this project. The studio leaves it.",
}

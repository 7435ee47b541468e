"""What always comes at once, whatever somebody chose, and why. The page of letters shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Context = dict[str, Any]


@dataclass(frozen=True)
class Always:
    """Letters that nobody can have later, or never."""

    what: str
    why: str
    templates: frozenset[str]
    #: Some letters are for somebody else's information too; those can wait.
    unless: Callable[[Context], Any] = lambda _context: False


def _is_copy(context: Context) -> bool:
    return context.get("ask") == "copy"


ALWAYS = (
    Always(
        "What you are asked to decide or to give an opinion on, and reminders of it",
        "Work waits for your answer, and it has a day.",
        frozenset({"sign-off-request", "sign-off-reminder", "sign-off-moved", "sign-off-ended"}),
        unless=_is_copy,
    ),
    Always(
        "What only you can do, such as answering for somebody or submitting a round",
        "Nobody else is told.",
        frozenset(
            {"address-bounced", "complaint-escalated", "round-reminder", "seat-empty", "stand-in"}
        ),
    ),
    Always(
        "Questions to you",
        "Somebody waits for your answer.",
        frozenset({"question-asked", "message-posted"}),
        unless=lambda context: not context.get("is_question", True),
    ),
    Always(
        "Work you are asked to check",
        "It counts as open until you say that it is done.",
        frozenset({"feedback-resolved"}),
    ),
    Always(
        "Receipts, and copies of what you objected to",
        "They are your proof.",
        frozenset({"receipt", "decision-recorded", "objection-copy"}),
    ),
    Always(
        "Codes, invitations, and what changes your account or what you may decide",
        "They let you in, and tell you if somebody else tries.",
        frozenset({"code", "invitation", "mandate-set", "password-changed"}),
    ),
)
#: Several of these at one time are one mail: a producer resolves twenty in one go.
TOGETHER = frozenset({"feedback-resolved"})
_BY_TEMPLATE = {template: one for one in ALWAYS for template in one.templates}


def is_urgent(template: str, context: Context) -> bool:
    """Answer whether this letter goes at once, whatever its reader chose."""
    always = _BY_TEMPLATE.get(template)
    return always is not None and not always.unless(context)

"""A request to decide, who was asked, what they answered, and the record of it."""

from portal.signoff.models.answers import (
    Answer,
    Decision,
    DecisionFile,
    Evidence,
    How,
    Opinion,
    Receipt,
    View,
)
from portal.signoff.models.objections import Objection
from portal.signoff.models.questions import LineQuestion, QuestionStatus, VersionRequest
from portal.signoff.models.seals import Seal
from portal.signoff.models.sign_off import Addressee, Ask, Rule, SignOff, SignOffStatus

__all__ = [
    "Addressee",
    "Answer",
    "Ask",
    "Decision",
    "DecisionFile",
    "Evidence",
    "How",
    "Objection",
    "LineQuestion",
    "Opinion",
    "QuestionStatus",
    "Receipt",
    "Rule",
    "Seal",
    "SignOff",
    "SignOffStatus",
    "VersionRequest",
    "View",
]

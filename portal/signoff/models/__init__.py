"""A request to decide, who was asked, what they answered, and the record of it."""

from portal.signoff.models.addressees import Addressee, Ask, Rule
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
from portal.signoff.models.authority import Authority, Uncovered
from portal.signoff.models.mandates import Mandate
from portal.signoff.models.objections import Objection
from portal.signoff.models.questions import LineQuestion, QuestionStatus, VersionRequest
from portal.signoff.models.seals import Seal
from portal.signoff.models.sign_off import SignOff, SignOffStatus
from portal.signoff.models.stand_ins import StandIn

__all__ = [
    "Addressee",
    "Answer",
    "Ask",
    "Authority",
    "Decision",
    "DecisionFile",
    "Evidence",
    "How",
    "LineQuestion",
    "Mandate",
    "Objection",
    "Opinion",
    "QuestionStatus",
    "Receipt",
    "Rule",
    "Seal",
    "SignOff",
    "SignOffStatus",
    "StandIn",
    "Uncovered",
    "VersionRequest",
    "View",
]

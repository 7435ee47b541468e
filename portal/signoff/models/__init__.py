"""A request to decide, who was asked, what they answered, and the record of it."""

from portal.signoff.models.answers import Answer, Decision, Evidence, Opinion, Receipt, View
from portal.signoff.models.seals import Seal
from portal.signoff.models.sign_off import Addressee, Ask, Rule, SignOff, SignOffStatus

__all__ = [
    "Addressee",
    "Answer",
    "Ask",
    "Decision",
    "Evidence",
    "Opinion",
    "Receipt",
    "Rule",
    "Seal",
    "SignOff",
    "SignOffStatus",
    "View",
]

"""Feedback, and what belongs to it."""

from portal.feedback.models import origins, pins
from portal.feedback.models.handling import Handling
from portal.feedback.models.item import Feedback
from portal.feedback.models.merging import FeedbackMerge
from portal.feedback.models.parts import FeedbackChange, FeedbackPicture, FeedbackStep, Verdict
from portal.feedback.models.replies import SavedReply

__all__ = [
    "Feedback",
    "FeedbackChange",
    "FeedbackMerge",
    "FeedbackPicture",
    "FeedbackStep",
    "Handling",
    "SavedReply",
    "Verdict",
    "origins",
    "pins",
]

"""Feedback, and what belongs to it."""

from portal.feedback.models import origins, pins
from portal.feedback.models.item import Feedback
from portal.feedback.models.parts import (
    FeedbackAssignment,
    FeedbackChange,
    FeedbackPicture,
    FeedbackStep,
    Verdict,
)

__all__ = [
    "Feedback",
    "FeedbackAssignment",
    "FeedbackChange",
    "FeedbackPicture",
    "FeedbackStep",
    "Verdict",
    "origins",
    "pins",
]

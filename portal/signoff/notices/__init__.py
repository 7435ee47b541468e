"""How sign-offs read in the activity, and the letters they send."""

from portal.signoff.notices import answers, due, questions, seats, undoing

__all__ = ["answers", "due", "questions", "seats", "undoing"]

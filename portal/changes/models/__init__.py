"""Change requests, their versions, and what each version does to the scope."""

from portal.changes.models.request import (
    SENT,
    WORDS,
    ChangeRequest,
    ChangeVersion,
    Impact,
    StaleDraft,
)
from portal.changes.models.signing import Incomplete

__all__ = ["SENT", "WORDS", "ChangeRequest", "ChangeVersion", "Impact", "Incomplete", "StaleDraft"]

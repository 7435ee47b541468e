"""Change requests, their versions, and what each alternative of a version does to the scope."""

from portal.changes.models.drafting import SENT, WORDS, StaleDraft
from portal.changes.models.origins import ChangeOrigin, Picture, Told, origin
from portal.changes.models.parts import (
    ALTERNATIVES_MOST,
    IMPACTS_MOST,
    Alternative,
    Impact,
    alone,
)
from portal.changes.models.request import Cause, ChangeRequest, ChangeVersion
from portal.changes.models.signing import Incomplete

__all__ = [
    "ALTERNATIVES_MOST",
    "IMPACTS_MOST",
    "SENT",
    "WORDS",
    "Alternative",
    "Cause",
    "ChangeOrigin",
    "ChangeRequest",
    "ChangeVersion",
    "Impact",
    "Incomplete",
    "Picture",
    "StaleDraft",
    "Told",
    "alone",
    "origin",
]

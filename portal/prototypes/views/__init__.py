"""Prototypes over HTTP."""

from portal.prototypes.views import drafts, pins
from portal.prototypes.views.room import bp

__all__ = ["bp", "drafts", "pins"]

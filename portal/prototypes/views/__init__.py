"""Prototypes over HTTP."""

from portal.prototypes.views import answers, drafts, pins, rounds, sites, talks, uploads
from portal.prototypes.views.room import bp

__all__ = ["answers", "bp", "drafts", "pins", "rounds", "sites", "talks", "uploads"]

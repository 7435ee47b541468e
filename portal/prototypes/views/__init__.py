"""Prototypes over HTTP."""

from portal.prototypes.views import (
    answers,
    comparisons,
    drafts,
    items,
    orders,
    pins,
    rounds,
    sites,
    talks,
    uploads,
)
from portal.prototypes.views.room import bp

__all__ = [
    "answers",
    "bp",
    "comparisons",
    "drafts",
    "items",
    "orders",
    "pins",
    "rounds",
    "sites",
    "talks",
    "uploads",
]

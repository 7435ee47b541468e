"""What is looked at, in versions and screens, and what is said about it at a place."""

from portal.prototypes.models.pins import PUBLISHED_HOOKS, Pin, PinBatch, on_published
from portal.prototypes.models.screens import Screen
from portal.prototypes.models.versions import Prototype, PrototypeVersion

__all__ = [
    "PUBLISHED_HOOKS",
    "Pin",
    "PinBatch",
    "Prototype",
    "PrototypeVersion",
    "Screen",
    "on_published",
]

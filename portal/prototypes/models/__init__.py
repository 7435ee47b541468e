"""What is looked at, in versions and screens, and what is said about it at a place."""

from portal.prototypes.models.answering import PinStatus
from portal.prototypes.models.batches import PUBLISHED_HOOKS, PinBatch, on_published
from portal.prototypes.models.pins import Pin
from portal.prototypes.models.screens import Look, Screen, ScreenKind
from portal.prototypes.models.sources import SiteFile, Source, SourceStatus
from portal.prototypes.models.versions import Prototype, PrototypeVersion

__all__ = [
    "PUBLISHED_HOOKS",
    "Look",
    "Pin",
    "PinBatch",
    "PinStatus",
    "Prototype",
    "PrototypeVersion",
    "Screen",
    "ScreenKind",
    "SiteFile",
    "Source",
    "SourceStatus",
    "on_published",
]

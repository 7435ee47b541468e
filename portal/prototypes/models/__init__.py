"""What is looked at, in versions and screens, and what is said about it at a place."""

from portal.prototypes.models.answering import PinStatus
from portal.prototypes.models.batches import PUBLISHED_HOOKS, PinBatch, on_published
from portal.prototypes.models.comparisons import Comparison, ComparisonStatus
from portal.prototypes.models.items import PrototypeItem
from portal.prototypes.models.origins import turn_into_change
from portal.prototypes.models.pins import Pin
from portal.prototypes.models.rounds import Round, RoundStatus
from portal.prototypes.models.screens import Look, Screen, ScreenKind
from portal.prototypes.models.sharing import PinShare, SharedPin
from portal.prototypes.models.sources import SiteFile, Source, SourceStatus
from portal.prototypes.models.versions import Prototype, PrototypeVersion

__all__ = [
    "PUBLISHED_HOOKS",
    "Comparison",
    "ComparisonStatus",
    "Look",
    "Pin",
    "PinBatch",
    "PinShare",
    "PinStatus",
    "Prototype",
    "PrototypeItem",
    "PrototypeVersion",
    "Round",
    "RoundStatus",
    "Screen",
    "ScreenKind",
    "SharedPin",
    "SiteFile",
    "Source",
    "SourceStatus",
    "on_published",
    "turn_into_change",
]

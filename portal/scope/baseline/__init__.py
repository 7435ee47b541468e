"""The baseline: the fold of a project's amendments, on any number or day.

Scope, budget and launch are never stored as such; they are what the signed amendments come to.
"""

from portal.scope.baseline.folding import Baseline, Item, Signed, Touch, fold, label
from portal.scope.baseline.reading import History, history, number_of, of
from portal.scope.baseline.running import changed_since, strip

__all__ = [
    "Baseline",
    "History",
    "Item",
    "Signed",
    "Touch",
    "changed_since",
    "fold",
    "history",
    "label",
    "number_of",
    "of",
    "strip",
]

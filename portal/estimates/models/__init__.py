"""Estimate, its versions, their sections and lines."""

from portal.estimates.models.drafting import StaleDraft
from portal.estimates.models.lines import UNITS, Line, LineKind, Section
from portal.estimates.models.versions import FINAL, Estimate, EstimateVersion, Incomplete

__all__ = [
    "FINAL",
    "UNITS",
    "Estimate",
    "EstimateVersion",
    "Incomplete",
    "Line",
    "LineKind",
    "Section",
    "StaleDraft",
]

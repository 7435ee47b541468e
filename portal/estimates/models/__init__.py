"""Estimate, its versions, their sections and lines."""

from portal.estimates.models.drafting import FINAL, StaleDraft
from portal.estimates.models.imports import EstimateImport
from portal.estimates.models.lines import UNITS, Line, LineKind, Section
from portal.estimates.models.templates import EstimateTemplate
from portal.estimates.models.versions import Estimate, EstimateVersion, Incomplete, Stance

__all__ = [
    "FINAL",
    "UNITS",
    "Estimate",
    "EstimateImport",
    "EstimateTemplate",
    "EstimateVersion",
    "Incomplete",
    "Line",
    "LineKind",
    "Section",
    "StaleDraft",
    "Stance",
]

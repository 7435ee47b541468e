"""An estimate that has something of everything."""

import pytest

from portal.estimates.models import Estimate, LineKind
from tests import make

HARBOUR = {"what": "Workshop at Harbour Museum", "kind": LineKind.FIXED, "fixed_minor": 900_00}
DESIGN = {
    "what": "Design of ten pages",
    "note": "Two rounds.",
    "quantity_thousandths": 12_500,
    "rate_minor": 95_00,
    "role": "Design",
    "low_minutes": 600,
    "likely_minutes": 750,
    "high_minutes": 1_200,
    "least_thousandths": 10_000,
    "most_thousandths": 20_000,
    "taxes": [1],
}
DAYS = {"what": "Build", "quantity_thousandths": 2_000, "unit": "day", "rate_minor": 760_00}
TAXES = [{"number": 1, "name": "VAT", "bp": 2100, "is_reverse": False}]
PAYMENTS = [
    {"what": "Deposit", "bp": 40_00, "on": "2026-01-31"},
    {"what": "Rest", "bp": 60_00, "on": "approval"},
]


@pytest.fixture
def full(cast):
    """A draft with two sections, options, effort, taxes, payments and terms of its own."""
    draft = make.estimate(
        cast.project,
        by=cast.sam,
        lines=(),
        title="A site for Harbour Museum",
        summary="For the visitors of the museum.",
        terms="Only for you.",
        contingency_bp=500,
        discount_bp=250,
        taxes=TAXES,
        payments=PAYMENTS,
    )
    draft.add_line(by=cast.sam, **DESIGN)
    draft.add_line(by=cast.sam, **HARBOUR)
    second = draft.add_section(by=cast.sam, title="Museum shop")
    draft.add_line(second.id, by=cast.sam, **DAYS, is_optional=True, role="Code")
    return Estimate.get().draft

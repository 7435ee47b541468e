"""Whatever a reader could have read in the last version and now reads otherwise is named."""

import copy

import pytest

from portal.estimates import difference
from portal.signoff.subject import DiffFact, DiffRow
from tests import make
from tests.estimates.test_pricing import adjustable, line, section, snapshot

PARTY = {"name": "Harbour Museum", "legal_name": "", "address": "", "tax_number": ""}
FACTS = {
    "project": {"slug": "harbour", "name": "Harbour"},
    "version": 1,
    "title": "The harbour soundwalk",
    "summary": "Seven stories.",
    "terms": "Half now.",
    "terms_name": "",
    "silence": "",
    "launch": "2026-05-29",
    "valid_until": None,
    "studio": PARTY,
    "client": PARTY,
}


DEPOSIT = {"what": "Deposit", "bp": 10_000, "on": "approval"}


def version(*lines, **facts):
    return snapshot(list(lines)) | FACTS | facts


def of(before, after):
    return difference.between(before, after)


def test_nothing_changed_means_no_difference():
    assert not of(version(line(1, 980_00)), version(line(1, 980_00), version=2))


def test_lines_are_matched_by_their_number_whatever_their_order():
    before = version(line(1, 980_00), line(2, 1_080_00))
    after = version(line(2, 1_800_00), line(1, 980_00))
    assert of(before, after).rows == (DiffRow("Line 2", "", 1_080_00, 1_800_00),)


def test_what_came_and_what_went():
    found = of(version(line(1, 950_00)), version(line(2, 500_00)))
    assert found.rows == (
        DiffRow("Line 2", "New", None, 500_00),
        DiffRow("Line 1", "Removed", 950_00, None),
    )
    assert [row.change_minor for row in found.rows] == [500_00, -950_00]


@pytest.mark.parametrize(
    ("change", "note"),
    [
        ({"what": "Sound"}, "Was called “Line 1”"),
        ({"note": "14 tracks"}, "New note"),
        (
            {
                "quantity_thousandths": 12_000,
                "unit": "h",
                "rate": {"minor": 95_00, "currency": "EUR"},
            },
            "12 h × 95, was a fixed price",
        ),
        ({"is_optional": True, "is_chosen_by_default": True}, "Now your choice"),
        ({"taxes": []}, "Other taxes apply"),
        (
            {"spread": {"low": {"minor": 900_00}, "high": {"minor": 1_200_00}}},
            "Between 900 and 1,200, was no range",
        ),
    ],
)
def test_a_line_says_what_changed_besides_its_price(change, note):
    found = of(version(line(1, 980_00)), version(line(1, 980_00) | change))
    assert found.rows == (
        DiffRow("Line 1" if "what" not in change else "Sound", note, 980_00, 980_00),
    )


@pytest.mark.parametrize(
    ("change", "fact"),
    [
        ({"launch": "2026-06-05"}, DiffFact("Launch", "29 May 2026", "5 June 2026")),
        ({"valid_until": "2026-03-31"}, DiffFact("Valid until", "none", "31 March 2026")),
        ({"stance": "ballpark"}, DiffFact("Stance", "Firm", "Ballpark")),
        ({"payments": [DEPOSIT]}, DiffFact("Payments", "none", "100 % on approval")),
        (
            {"taxes": [make.VAT | {"is_reverse": True}]},
            DiffFact("Tax", "VAT 21 %", "VAT reverse charged"),
        ),
        (
            {"terms": "New.", "terms_name": "General terms, version 2"},
            DiffFact("Terms", "written for this estimate", "General terms, version 2"),
        ),
        ({"taxes": [make.VAT | {"bp": 900}]}, DiffFact("Tax", "VAT 21 %", "VAT 9 %")),
        ({"terms": "All now."}, DiffFact("Terms", "", difference.ELSEWHERE)),
        ({"summary": "Eight."}, DiffFact("Summary", "", difference.ELSEWHERE)),
        ({"title": "Walk"}, DiffFact("Title", "The harbour soundwalk", "Walk")),
        (
            {"client": PARTY | {"legal_name": "BV"}},
            DiffFact("Details of the client", "", difference.ELSEWHERE),
        ),
    ],
)
def test_a_fact_says_what_it_was_and_is(change, fact):
    before = version(line(1, 980_00))
    assert of(before, before | change).facts == (fact,)


def test_shares_are_rows_so_that_the_rows_explain_the_total():
    before = version(line(1, 1_000_00), contingency_bp=1000, discount_bp=0)
    after = version(line(1, 1_200_00), contingency_bp=1000, discount_bp=500)
    found = of(before, after)
    assert found.rows[1:] == (
        DiffRow("Contingency", "10 %", 100_00, 120_00),
        DiffRow("Discount", "5 %, was 0 %", 0, -66_00),
    )
    assert sum(row.change_minor for row in found.rows) == found.total.change_minor


def test_a_package_and_the_bounds_of_a_quantity_are_named():
    parts = [section(1, line(1, 100_00)), section(2, adjustable(2, 4, 50_00, 2, 9))]
    before = snapshot(*parts) | FACTS
    care = [
        copy.deepcopy(one) | {"choice": "Care", "is_chosen_by_default": one is parts[0]}
        for one in parts
    ]
    after = snapshot(*care) | FACTS
    after["sections"][1]["lines"][0]["most_thousandths"] = 12_000
    found = of(before, after)
    first, second = (row.note for row in found.rows)
    assert first == "Now in “Part 1”"
    was = "from 2 to 9 pieces, your choice"
    assert second == f"Quantity from 2 to 12 pieces, your choice, was {was}. Now in “Part 2”"
    assert DiffFact("Packages", "none", "Care: Part 1 (as it opens), Part 2") in found.facts


def test_a_section_with_another_name_is_named():
    before = version(line(1, 1))
    after = copy.deepcopy(before)
    after["sections"][0]["title"] = "Sound"
    assert of(before, after).facts == (DiffFact("Sections", "Part 1", "Sound"),)


def test_the_total_is_compared_as_it_was_sent():
    before = version(line(1, 100_00))
    after = version(line(1, 100_00), line(2, 20_00, is_optional=True, is_chosen=True))
    assert of(before, after).total == DiffRow("Estimate total, EUR", "", 100_00, 120_00)

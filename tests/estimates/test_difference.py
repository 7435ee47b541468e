"""Whatever a reader could have read in the last version and now reads otherwise is named."""

import copy

import pytest

from portal.estimates import difference
from portal.signoff.subject import DiffFact, DiffRow
from tests import make
from tests.estimates.test_pricing import line, snapshot

PARTY = {"name": "Harbour Museum", "legal_name": "", "address": "", "tax_number": ""}
FACTS = {
    "version": 1,
    "title": "The harbour soundwalk",
    "summary": "Seven stories.",
    "terms": "Half now.",
    "silence": "",
    "launch": "2026-05-29",
    "valid_until": None,
    "studio": PARTY,
    "client": PARTY,
}


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
        ({"contingency_bp": 800}, DiffFact("Contingency", "0 %", "8 %")),
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


def test_a_section_with_another_name_is_named():
    before = version(line(1, 1))
    after = copy.deepcopy(before)
    after["sections"][0]["title"] = "Sound"
    assert of(before, after).facts == (DiffFact("Sections", "Part 1", "Sound"),)


def test_the_total_is_compared_as_it_was_sent():
    before = version(line(1, 100_00))
    after = version(line(1, 100_00), line(2, 20_00, is_optional=True, is_chosen=True))
    assert of(before, after).total == DiffRow("Estimate total, EUR", "", 100_00, 120_00)

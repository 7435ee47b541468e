"""A long estimate on A4: rows, sums and heads stay together, figures end under each other."""

import pypdfium2 as pdfium
import pytest

from portal.core import money
from portal.documents import printing
from portal.documents.paper import PARTS, Lines, Paper, Part, Prose
from portal.estimates import pricing
from tests.documents.conftest import pages, places

A4 = (595, 842)  # In points.
SIDE = 51  # What is left free at each side.
LINES, SECTIONS = 150, 13
SHIFTS = (0, 11, 23)  # Lines above the table, so that pages end at a sum, and at the last row.
PARTY = {"name": "Studio", "legal_name": "", "address": "Kade 41\nRotterdam", "tax_number": ""}
VAT = {"name": "VAT", "bp": 500, "is_reverse": False}


@pytest.fixture(scope="module")
def snapshot():
    """150 lines in dinars, which have three decimals, the last three sections packages."""
    per = -(-LINES // SECTIONS)
    lines = [line(n) for n in range(1, LINES + 1)]
    return {
        **dict.fromkeys(("terms", "terms_name", "silence")),
        **dict.fromkeys(("valid_until", "launch", "launch_before")),
        "currency": "KWD",
        "stance": "firm",
        "sections": [section(n, lines[per * n : per * (n + 1)]) for n in range(SECTIONS)],
        "contingency_bp": 10_00,
        "discount_bp": 5_00,
        "taxes": [VAT | {"number": 1}, VAT | {"number": 2, "name": "City tax", "bp": 1_25}],
        "payments": [
            {"what": "Deposit", "bp": 40_00, "on": "approval"},
            {"what": "The rest", "bp": 60_00, "on": "launch"},
        ],
        "studio": PARTY,
        "client": PARTY,
    }


def section(n, lines):
    choice = "Level of care" if n >= SECTIONS - 3 else ""
    first = {"choice": choice, "is_chosen_by_default": n == SECTIONS - 2}
    return {"number": n + 1, "title": f"Section {n + 1:02}.", "lines": lines, **first}


def line(n):
    """Every third at a fixed price, some below zero, some with a note of some lines, some chosen."""
    minor = -250_500 if n % 17 == 0 else 1_234_567 * (n % 9 + 1)
    rate = None if n % 3 == 0 or minor < 0 else {"minor": minor, "currency": "KWD"}
    return {
        "number": n,
        "what": f"Line {n:03} " + "and what the client gets for it " * (n % 4 // 2),
        "note": "A note that takes more than one line of the sheet, as some of them do. " * (n % 3),
        "unit": "h" if rate else "",
        "quantity_thousandths": rate and 1_000,
        "rate": rate,
        "price": {"minor": minor, "currency": "KWD"},
        "is_optional": n % 13 == 4,
        "is_chosen_by_default": n % 2 == 0,
        "least_thousandths": None,
        "most_thousandths": None,
        "taxes": None,
        "spread": None,
    }


@pytest.fixture(scope="module")
def sheet(snapshot):
    return pricing.price(snapshot)


@pytest.fixture(scope="module", params=SHIFTS)
def pdf(snapshot, request):
    return printed(*PARTS["estimate"](snapshot, None), lede="Some words.\n" * request.param)


def printed(*parts, lede=""):
    facts = {"label": "Estimate 1", "title": "Long", "issuer": "Studio", "lede": lede}
    made_at = "2026-03-12T10:00:00.000Z"
    return printing.print_(Paper(parts=list(parts), foot=("Foot",), made_at=made_at, **facts))


@pytest.fixture(scope="module")
def said(pdf):
    return pages(pdf)


def test_every_page_is_a4_and_nothing_stands_in_its_margins(pdf):
    document = pdfium.PdfDocument(pdf)
    for page in document:
        assert [round(one) for one in page.get_size()] == list(A4)
        texts = page.get_textpage()
        boxes = [texts.get_charbox(i) for i in range(texts.count_chars())]
        boxes = [box for box in boxes if box[2] > box[0]]
        assert min(box[0] for box in boxes) >= SIDE - 1
        assert max(box[2] for box in boxes) <= A4[0] - SIDE + 1
    document.close()


def test_each_line_stands_on_one_page_with_its_price_and_notes(said, sheet):
    for one in sheet.lines:
        (page,) = [words for words in said if f"Line {one.number:03} " in words]
        after = page.split(f"Line {one.number:03} ")[1]
        assert money.show(one.price_minor, "KWD") in after
        assert after.count("A note that takes") >= (1 if one.note else 0)


def test_each_page_with_lines_says_the_heads_of_columns_and_of_the_section(said, sheet):
    titles = {one.number: section.title for section in sheet.sections for one in section.lines}
    with_lines = [words for words in said if "Line 0" in words or "Line 1" in words]
    assert len(with_lines) > 4
    for words in with_lines:
        numbers = [n for n in titles if f"Line {n:03} " in words]
        first = min(numbers, key=lambda n: words.index(f"Line {n:03} "))
        before = words[: words.index(f"Line {first:03} ")]
        assert "Quantity × rate KWD" in before
        assert titles[first] in before or "Your choice" in before


def test_no_sum_begins_a_page_without_a_row_above_it(said, sheet):
    for section in sheet.sections:
        last = section.fixed_lines[-1]
        (page,) = [words for words in said if f"Line {last.number:03} " in words]
        rest = page[page.index(f"Line {last.number:03} ") :]
        assert money.show(section.sum_minor, "KWD") in rest
    (total,) = [words for words in said if "Total, KWD" in words]
    assert "Line " in total.replace("Line Quantity", "")[: total.index("Total, KWD")]


def test_figures_and_sums_end_under_each_other_on_every_page(pdf, sheet, said):
    sums = [sheet.contingency_minor, sheet.discount_minor, sheet.with_tax_minor]
    sums += [one.price_minor for one in sheet.lines] + [one.minor for one in sheet.taxes]
    sums += [one.sum_minor for one in sheet.sections] + [one.minor for one in sheet.payments]
    wanted, edge = {money.show(one, "KWD") for one in sums}, A4[0] - SIDE
    for number in range(len(said)):
        for figure in wanted:
            ends = [box[2] for box in places(pdf, number, figure)]
            at_edge = [end for end in ends if end > edge - 30]
            assert all(abs(end - edge) <= 1 for end in at_edge), (number, figure, ends)
    (at,) = [n for n, words in enumerate(said) if "Total, KWD" in words]
    total = places(pdf, at, money.show(sheet.total_minor, "KWD"))
    assert any(abs(box[2] - edge) <= 1.5 for box in total)


def test_the_lines_for_a_pen_stand_with_what_they_answer():
    """32 paragraphs leave room for the words on their page, and none for the lines."""
    answer = [Prose.of("Answer in the portal."), Lines(("Place and date", "Name", "Signature"))]
    terms = Part("Terms", [Prose.of("Payable at once.\n\n" * 32)])
    first, second = pages(printed(terms, Part("Your answer", answer)))
    assert "Answer in the portal. Place and date Name Signature" in second
    assert "Answer" not in first

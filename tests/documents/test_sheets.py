"""A document shows everything that was sealed, and nothing that people wrote becomes markup."""

import dataclasses

import pypdfium2 as pdfium
import pytest
import pyvips
from pypdfium2 import raw

from portal.access.permissions import Role
from portal.core import money
from portal.documents import printing, sent
from portal.documents.paper import Fact, Facts, Group, Paper, Part, Prose, Row, Table
from portal.estimates import pricing
from portal.estimates.models import LineKind
from portal.scope.models import Action
from tests import make
from tests.documents.conftest import pages, places, plain, text

TYPST = "#panic(1) $x$ *bold* _it_ `raw` @ref <label> // no /* no */ = h \\ #sys.inputs"


def printed(sign_off, **options):
    return printing.print_(sent.paper_of(sign_off, **options))


def paper(*parts, **facts):
    usual = {"label": "Estimate 1", "title": "Title", "lede": "", "issuer": "Studio"}
    usual |= {"foot": ("Foot",), "made_at": "2026-03-12T10:00:00.000Z"}
    return Paper(parts=list(parts), **usual | facts)


@pytest.mark.parametrize("currency", ["EUR", "JPY", "KWD"])
def test_every_line_price_and_sum_of_an_estimate_is_there(app, cast, currency):
    project = make.project("sums", by=cast.sam, client=cast.client, currency=currency)
    make.member(cast.cleo, project, Role.APPROVER)
    daily = {
        "kind": LineKind.QUANTITY,
        "quantity_thousandths": 2500,
        "unit": "day",
        "rate_minor": 9_501,
    }
    lines = [("Fixed", 1_234_567), ("By the day", 0, daily), ("Film", 77, {"is_optional": True})]
    more = {"contingency_bp": 1000, "taxes": [make.VAT | {"bp": 825}], "terms": "In 30 days."}
    draft = make.estimate(project, by=cast.sam, lines=lines, **more)
    sign_off = draft.send(by=cast.sam, deciders=[cast.cleo])

    said, sheet = text(printed(sign_off)), pricing.price(sign_off.shown)

    for line in sheet.lines:
        assert line.what in said
        assert money.show(line.price_minor, currency) in said
    for minor in (
        sheet.contingency_minor,
        sheet.total_minor,
        sheet.tax_minor,
        sheet.with_tax_minor,
    ):
        assert money.show(minor, currency) in said
    assert "2.5 days ×" in said
    assert "In 30 days." in said


def test_a_change_request_says_what_becomes_of_each_item(app, cast):
    kept, gone = make.added("Map", 500_00), make.added("Film", 300_00)
    make.amendment(cast.project, kept, gone, by=cast.cleo)
    impacts = [
        {"action": Action.ADDED, "title": "Trail", "price_minor": 250_00, "section": "Kids"},
        {"action": Action.CHANGED, "item": 1, "price_minor": 40_00, "title": "Large map"},
        {"action": Action.REMOVED, "item": 2},
    ]
    change = make.change(cast.project, by=cast.sam, impacts=impacts, why="More **children** come.")
    said = text(printed(change.send(by=cast.sam, deciders=[cast.cleo])))

    for words in (
        "Trail",
        "Added to Kids",
        "Large map",
        "Was called “Map”",
        "Film",
        "Removed from",
    ):
        assert words in said
    for figure in ("+250.00", "500.00", "540.00", "+40.00", "−300.00", "−10.00"):
        assert figure in said
    assert "More children come." in said


def test_a_prototype_names_each_screen_and_the_hash_of_its_file(app, cast):
    sign_off = make.prototype(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    said = text(printed(sign_off)).replace(" ", "")
    for screen in sign_off.shown["screens"]:
        assert screen["name"].replace(" ", "") in said
        assert screen["sha256"] in said


def test_what_people_type_stays_what_they_typed(app, cast):
    draft = make.estimate(
        cast.project, by=cast.sam, title=TYPST, lines=[(TYPST, 100, {"note": TYPST})], summary=TYPST
    )
    said = text(printed(draft.send(by=cast.sam, deciders=[cast.cleo])))
    assert said.count("#panic(1) $x$ *bold* _it_ `raw` @ref <label> // no /* no */ = h \\") >= 4


def test_markdown_reads_as_on_the_page(app):
    prose = Prose.of(
        "Two **things**:\n\n1. one\n2. [two](https://example.test)\n\n> said\n\n#set text(1pt)"
    )
    said = text(printing.print_(paper(Part("Why", [prose]))))
    assert "Two things: 1. one 2. two (https://example.test) said #set text(1pt)" in said


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Łódź, Nováková, Привет, Ελλάδα", "Łódź, Nováková, Привет, Ελλάδα"),
        ("Smile 😀", "Smile 😀"),
        ("Start 🚀 now", "Start [rocket] now"),
        ("family 👩‍👩‍👧 one", "family"),
        ("\U000e0041 tags \U0001f3f4", "tags"),
        ("x" * 900, "x" * 900),
        ("https://example.test/" + "a/" * 200, "https://example.test/" + "a/" * 200),
        ("zero\u200bwidth and soft\u00adhyphen", "zerowidth and softhyphen"),
    ],
)
def test_a_sign_that_no_face_has_is_named_and_never_stops_the_document(app, typed, shown):
    table = Table(("Line", "EUR"), [Group("", [Row(typed, ("1.00",), (typed,))])])
    sheet = paper(Part(typed, [table, Facts([Fact(typed, typed)])]), title=typed, lede=typed)
    said = text(printing.print_(sheet))
    assert shown.replace(" ", "") in said.replace(" ", "")


def test_writing_from_right_to_left_is_drawn(app):
    said = text(printing.print_(paper(Part("Name", [Prose.of("שלום and مرحبا")]))))
    assert set("שלום") <= set(said)
    assert "and" in said


# Over many pages ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def long():
    """200 lines in ten groups, with notes, and what they come to."""
    groups = [Group(f"Group {g}", [row(20 * g + n) for n in range(20)]) for g in range(10)]
    totals = [
        Row("Contingency 10 %", ("9,876.50",)),
        Row("Total, EUR", ("1,234,567.89",), look="grand"),
    ]
    table = Table(("Line", "Quantity × rate", "EUR"), groups, totals)
    return printing.print_(paper(Part("What you get", [table])))


def row(n):
    note = f"Note of {n}. " + "And a little more about it, so that it takes some lines. " * (n % 4)
    return Row(f"Line {n:03}", (f"{n} h × 95", f"{n},000.00"), (note,) if n % 3 else ())


def test_each_page_says_the_head_of_the_columns_and_its_number(long):
    texts = pages(long)
    assert len(texts) > 5
    for number, said in enumerate(texts, 1):
        assert f"Page {number} of {len(texts)}" in said
    for said in texts[:-1]:
        assert "Quantity × rate" in said


def test_a_group_that_goes_on_says_its_name_again(long):
    whole = plain(" ".join(pages(long)))
    repeated = [g for g in range(10) if whole.count(f"Group {g} ") > 1]
    assert repeated


def test_no_row_is_cut_in_two_and_none_is_lost(long):
    texts = pages(long)
    for n in range(200):
        (page,) = [said for said in texts if f"Line {n:03} " in said]
        assert f"{n},000.00" in page
        if n % 3:
            assert plain(row(n).notes[0]) in page


def test_figures_end_where_their_column_ends(long):
    count = len(pages(long))
    right = {round(box[2], 0) for p in range(count) for box in places(long, p, ",000.00")}
    (total,) = places(long, count - 1, "1,234,567.89")
    assert max(right) - min(right) <= 1
    assert abs(total[2] - max(right)) <= 1.5


def test_the_total_never_begins_a_page_alone(long):
    last = pages(long)[-1]
    assert last.index("Line 199") < last.index("Total, EUR")


def test_a_note_longer_than_a_page_is_all_there(app):
    note = " ".join(f"word{n}" for n in range(1500))
    table = Table(("Line", "EUR"), [Group("", [Row("A", ("1.00",), (note,)), Row("B", ("2.00",))])])
    assert note in text(printing.print_(paper(Part("Long", [table]))))


# Draft and sent ----------------------------------------------------------------------------------


def test_a_draft_is_marked_on_every_page_and_what_was_sent_is_not(app, cast, sent_estimate):
    draft = pages(printed(sent_estimate, is_draft=True))
    assert all("Draft" in said for said in draft)
    assert not any("Draft" in said for said in pages(printed(sent_estimate)))


@pytest.fixture
def sent_estimate(cast):
    draft = make.estimate(cast.project, by=cast.sam)
    return draft.send(by=cast.sam, deciders=[cast.cleo])


@pytest.mark.parametrize("extension", [".png", ".jpg", ".webp"])
def test_the_logo_stands_at_the_head(app, sent_estimate, tmp_path, extension):
    path = tmp_path / f"logo{extension}"
    pyvips.Image.black(400, 200, bands=3).write_to_file(str(path))
    plain_pdf, with_logo = printed(sent_estimate), printed_with(sent_estimate, path)
    assert (pictures(plain_pdf), pictures(with_logo)) == (0, 1)
    assert pages(with_logo) == pages(plain_pdf)


def test_a_logo_that_cannot_be_read_stops_nothing(app, sent_estimate, tmp_path):
    path = tmp_path / "logo.png"
    path.write_bytes(b"no picture")
    assert pages(printed_with(sent_estimate, path)) == pages(printed(sent_estimate))


def printed_with(sign_off, logo):
    return printing.print_(sent.paper_of(sign_off), logo=logo)


def pictures(pdf):
    document = pdfium.PdfDocument(pdf)
    try:
        return sum(1 for page in document for _ in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE]))
    finally:
        document.close()


def test_the_same_facts_give_the_same_text(app, sent_estimate):
    assert pages(printed(sent_estimate)) == pages(printed(sent_estimate))


def test_a_paper_is_text_and_lists_of_text(app, sent_estimate):
    def walk(value):
        if isinstance(value, dict | list | tuple):
            for one in value.values() if isinstance(value, dict) else value:
                yield from walk(one)
        else:
            yield value

    data = dataclasses.asdict(sent.paper_of(sent_estimate))
    assert all(isinstance(one, str | bool | int) for one in walk(data))

"""A spreadsheet of an estimate: real numbers, sums that calculate, words that never do."""

import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from portal.estimates.library import commas, exporting, spreadsheet
from portal.estimates.models import Estimate, EstimateVersion, LineKind
from portal.estimates.rows import read_rows
from tests import make

HERE = "/projects/harbour/estimates/1/versions/1"
EVIL = "=cmd|' /C calc'!A0"
FIXED = {"kind": LineKind.FIXED, "fixed_minor": -50_00}


@pytest.fixture
def sent(cast, full):
    return full.send(by=cast.sam, deciders=[cast.cleo])


def book_of(version, **more):
    shown = version.snapshot()
    return exporting.book(shown, EstimateVersion.offer(shown, None).sheet, **more)


def rows_of(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def sheet_of(data, name="Estimate"):
    with CalamineWorkbook.from_object(io.BytesIO(data)) as book:
        return book.get_sheet_by_name(name).to_python()


def test_numbers_are_numbers(full):
    head, design, *_ = sheet_of(spreadsheet.write(book_of(full)))
    assert head == list(exporting.HEADINGS)
    assert design[1:8] == ["Design of ten pages", "Two rounds.", 12.5, "h", 95.0, 1187.5, ""]


def test_a_line_and_every_sum_is_a_formula_with_its_result(full):
    data = spreadsheet.write(book_of(full))
    formulas = formulas_of(data)
    assert formulas["G2"] == "ROUND(D2*F2,2)"
    assert "G3" not in formulas
    lines = 'SUMIF(I2:I4,"yes",G2:G4)'
    assert formulas["G6"] == lines
    assert formulas["G7"] == "ROUND(G6*500/10000,2)"
    assert formulas["G8"] == "-ROUND((G6+G7)*250/10000,2)"
    assert formulas["G9"] == "G6+G7+G8"
    assert formulas["G10"] == "ROUND(G9*2100/10000,2)"
    assert formulas["G11"] == "G9+G10"


def test_the_results_are_what_the_portal_says(full):
    sums = sheet_of(spreadsheet.write(book_of(full)))[5:]
    sheet = full.sheet()
    expected = [2087_50, sheet.contingency_minor, sheet.discount_minor, sheet.total_minor]
    expected += [sheet.tax_minor, sheet.with_tax_minor]
    assert [round(row[6] * 100) for row in sums] == expected


def test_a_currency_without_decimals_has_none(cast):
    tokyo = make.project("tokyo", by=cast.sam, client=cast.client, currency="JPY")
    draft = make.estimate(tokyo, by=cast.sam, lines=(("Design", 120),))
    assert rows_of(commas.write(book_of(draft)))[1][6] == "120"
    assert sheet_of(spreadsheet.write(book_of(draft)))[1][6] == 120.0


def test_no_words_are_ever_calculated(cast):
    lines = [(EVIL, 5_00, {"note": "+1+1"}), ("@SUM(1)", 1_00), ("-2", 3_00)]
    draft = make.estimate(cast.project, by=cast.sam, lines=lines, title="=1+1")
    draft.add_section(by=cast.sam, title="\uff1d1")
    draft = Estimate.get().draft
    data = spreadsheet.write(book_of(draft))
    assert [row[1] for row in sheet_of(data)[1:4]] == [EVIL, "@SUM(1)", "-2"]
    assert sheet_of(data, "About")[1] == ["Title", "=1+1"]
    assert not [cell for cell, formula in formulas_of(data).items() if cell[0] != "G"]
    cells = [cell for row in rows_of(commas.write(book_of(draft)))[1:] for cell in row]
    assert f"'{EVIL}" in cells
    assert {"'+1+1", "'@SUM(1)", "'-2"} <= set(cells)


def test_a_negative_amount_is_no_formula_and_keeps_its_sign(cast):
    draft = make.estimate(cast.project, by=cast.sam, lines=(("Voucher", 0, FIXED),))
    assert rows_of(commas.write(book_of(draft)))[1][6] == "-50.00"


def test_what_goes_out_as_csv_comes_back_as_the_same_lines(cast, full):
    cells = rows_of(commas.write(book_of(full)))
    found = [row for row in read_rows(cells, "en", "EUR") if not row.errors]
    kept = [line for _, lines in full.parts() for line in lines]
    assert [(row.what, row.price_minor) for row in found] == [
        (line.what, line.price_minor) for line in kept
    ]


# Who gets what -----------------------------------------------------------------------------------


def test_the_studio_gets_the_effort_of_a_draft(cast, full, as_):
    rows = rows_of(as_(cast.sam).get(f"{HERE}/sheet.csv").data)
    assert rows[0][-4:] == list(exporting.INTERNAL)
    assert rows[1][-4:] == ["Design", "10", "12.5", "20"]


def test_a_client_finds_no_draft(cast, full, as_):
    for who in (cast.cleo, cast.vic, cast.otto):
        for kind in ("csv", "xlsx"):
            answer = as_(who).get(f"{HERE}/sheet.{kind}")
            assert answer.status_code == 404
            assert answer.data == as_(who).get(f"{HERE[:-1]}9/sheet.{kind}").data


def test_a_client_gets_what_the_snapshot_shows_and_not_a_word_more(cast, full, sent, as_):
    everything = b""
    for kind in ("csv", "xlsx"):
        answer = as_(cast.cleo).get(f"{HERE}/sheet.{kind}")
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Disposition"].endswith(f"estimate-1-version-1.{kind}")
        everything += answer.data
    assert b"Internal" not in everything
    about = dict(sheet_of(as_(cast.cleo).get(f"{HERE}/sheet.xlsx").data, "About"))
    assert about["State"] == f"As sent, sealed with SHA-256 {sent.digest}"
    assert about["Terms, in full"] == "Only for you."
    assert (
        as_(cast.cleo).get(f"{HERE}/sheet.csv").data == as_(cast.sam).get(f"{HERE}/sheet.csv").data
    )


def test_it_is_made_from_the_sealed_snapshot_not_from_today(cast, full, sent, as_):
    cast.client.describe(name="Renamed Museum")
    EstimateVersion.update(title="Changed behind its back").execute()
    about = dict(sheet_of(as_(cast.cleo).get(f"{HERE}/sheet.xlsx").data, "About"))
    assert about["Title"] == "A site for Harbour Museum"
    assert about["To"].startswith("Harbour Museum")


def test_the_options_are_those_that_were_signed(cast, full, sent, as_):
    taken = [line.option for line in sent.offer(None).sheet.choices]
    make.answer(sent, by=cast.cleo, options=taken)
    rows = rows_of(as_(cast.cleo).get(f"{HERE}/sheet.csv").data)
    assert [row[8] for row in rows[1:4]] == ["yes", "yes", "yes"]


def test_the_second_draft_stays_with_the_studio(cast, full, sent, as_):
    full.estimate.revise(by=cast.sam)
    second = f"{HERE[:-1]}2/sheet.csv"
    assert as_(cast.cleo).get(second).status_code == 404
    assert as_(cast.sam).get(second).status_code == 200


def formulas_of(data):
    """Return the formulas on the first sheet by their cell, as the file holds them."""
    import re
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as file:
        xml = file.read("xl/worksheets/sheet1.xml").decode()
    found = re.findall(r'<c r="([A-Z]+\d+)"[^>]*><f>([^<]*)</f>', xml)
    return {cell: formula.replace("&quot;", '"') for cell, formula in found}

"""A spreadsheet becomes rows of cells; what is none, or too much, is refused in a sentence."""

import io
import json
import zipfile

import pytest
import xlsxwriter

from portal.workshop import tables


def xlsx(*rows, sheet=None):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = sheet(book) if sheet else book.add_worksheet()
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    return out.getvalue()


@pytest.fixture
def rows(work, into):
    """`rows(content)` are the rows that the tool finds in these bytes."""

    def read(content):
        return json.loads((into / work("table", content)["file"]).read_text("utf-8"))

    return read


def test_a_spreadsheet_keeps_its_numbers_and_the_places_of_its_rows(rows):
    found = rows(xlsx(["What", "Price"], [], ["Design", 1200.5], ["Sum", 0.1 + 0.2], [True, 3]))
    assert found == [
        ["What", "Price"],
        [],
        ["Design", ["1200.5"]],
        ["Sum", ["0.3"]],
        ["yes", ["3"]],
    ]


def test_a_formula_counts_as_what_was_found_when_it_was_saved(rows):
    def with_formula(book):
        page = book.add_worksheet()
        page.write_formula(0, 1, '=HYPERLINK("http://evil.test")', None, 42)
        return page

    assert rows(xlsx(["Design"], sheet=with_formula)) == [["Design", ["42"]]]


def test_the_first_sheet_that_shows_something_is_read(rows):
    def third(book):
        book.add_worksheet("Empty")
        secret = book.add_worksheet("Secret")
        secret.write(0, 0, "hidden")
        shown = book.add_worksheet("Lines")
        shown.activate()
        secret.hide()
        return shown

    assert rows(xlsx(["Design", 1], sheet=third)) == [["Design", ["1"]]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What,Price\nDesign,1200.50\n", [["What", "Price"], ["Design", "1200.50"]]),
        ("What;Price\nDesign;1.200,50\n", [["What", "Price"], ["Design", "1.200,50"]]),
        ("What\tPrice\nA, b, c\t3\n", [["What", "Price"], ["A, b, c", "3"]]),
        ('"Design, of\npages",1\r\n', [["Design, of\npages", "1"]]),
        ("Café,1\n", [["Café", "1"]]),
        ("'=1+1,'-5,'tis\n", [["=1+1", "-5", "'tis"]]),
        ("\n\nDesign,1\n,,\n\n", [[], [], ["Design", "1"]]),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_is_read_however_it_was_saved(rows, text, found, encoding):
    assert rows(text.encode(encoding)) == found


def test_a_comma_as_decimal_is_noticed_by_its_semicolons(work):
    assert work("table", b"What;Price\nA;1,5\n")["has_decimal_comma"]


def test_a_comma_between_cells_says_nothing_of_the_kind(work):
    assert not work("table", b"What,Price\nA,1.5\n")["has_decimal_comma"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", tables.EMPTY),
        (b"\n ,\n", tables.EMPTY),
        (b"\x89PNG\r\n\x1a\n\0\0", tables.NO_TABLE),
        ("Café,1".encode("latin-1"), tables.ENCODING),
        (b"a\0b", tables.NO_TABLE),
        (b"PK\x03\x04 and then nothing of a zip", tables.BROKEN),
        (b"a\n" * 10_001, tables.TOO_LONG),
        (b"a\n" * 1_001, tables.TOO_FULL),
        (b"a," * 60 + b"b\n", tables.TOO_WIDE),
        (b"one\n" + b"x" * 2_001, tables.TOO_WORDY.format(2)),
        (b'"' + b"x" * 200_000, tables.NO_TABLE),
    ],
)
def test_what_is_no_table_or_too_much_of_one_is_refused(refused, content, said):
    assert refused("table", content) == said


def test_ten_thousand_and_one_rows_of_a_spreadsheet_are_refused(refused):
    assert refused("table", xlsx(*[["x"]] * 10_001)) == tables.TOO_LONG


def test_a_spreadsheet_without_a_cell_is_refused(refused):
    assert refused("table", xlsx()) == tables.EMPTY


def test_a_broken_or_a_foreign_zip_is_refused(refused):
    whole = xlsx(["Design", 1])
    assert refused("table", whole[: len(whole) // 2]) == tables.BROKEN
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("index.html", "<p>no</p>")
    assert refused("table", out.getvalue()) == tables.BROKEN


def test_two_cells_as_far_apart_as_can_be_do_not_take_the_machine(refused):
    def far(book):
        page = book.add_worksheet()
        page.write(1_048_575, 16_383, "here")
        return page

    assert "more time or memory" in refused("table", xlsx(["and here"], sheet=far))

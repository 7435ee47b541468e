"""A file becomes lines only after its rows were looked at; what is bad in it is named."""

import datetime as dt
import io

import pytest
import time_machine
import xlsxwriter

from portal.core import clock
from portal.core.errors import Conflict, DomainError
from portal.estimates.library import reading
from portal.estimates.library.importing import NO_COLUMN, Preview, Reading, take_over
from portal.estimates.models import Estimate, EstimateImport, Line
from tests import make

ALL = "/projects/harbour/estimates"
HERE = f"{ALL}/imports/1"
GOOD = [
    ["Phase", "Task", "Hours", "Rate"],
    ["Find", "Search", ["12"], ["95"]],
    ["", "Sort", "2", "95"],
]
MIXED = "Task,Quantity,Unit,Rate,Price\nDesign,12,h,95,\nBuild,abc,h,95,\nTest,,,,1200\n"


def kept(cast, rows, **more):
    return EstimateImport.keep(cast.project, by=cast.sam, rows=rows, **more)


def read(cast, rows, **how):
    return Preview(kept(cast, rows), Reading(**how))


def upload(browser, content, name="lines.csv", into=""):
    content = content.encode() if isinstance(content, str) else content
    data = {"file": (io.BytesIO(content), name), "into": into}
    return browser.post(f"{ALL}/imports", data=data)


def xlsx(*rows):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    return out.getvalue()


def lines_of(estimate):
    parts = estimate.latest.parts()
    return [
        (section.title, line.what, line.price_minor) for section, lines in parts for line in lines
    ]


# What rows come to -------------------------------------------------------------------------------


def test_columns_are_known_by_their_headings(cast):
    preview = read(cast, GOOD)
    assert [(row.section, row.what, row.price_minor) for row in preview.good] == [
        ("Find", "Search", 1_140_00),
        ("", "Sort", 190_00),
    ]


def test_numbers_of_a_spreadsheet_need_no_guess_about_commas(cast):
    rows = [["Task", "Price"], ["Design", ["1200.5"]], ["Build", "1.200,50"]]
    assert [row.number for row in read(cast, rows).bad] == [3]
    comma = read(cast, rows, numbers="comma")
    assert [row.price_minor for row in comma.good] == [1_200_50, 1_200_50]


def test_columns_can_be_said(cast):
    rows = [["Foo", "Bar", "Baz"], ["1200", "x", "Design"]]
    preview = read(cast, rows)
    assert (preview.problem, preview.rows) == (NO_COLUMN, [])
    said = read(cast, rows, columns={2: "what", 0: "price"})
    assert [(row.number, row.what, row.price_minor) for row in said.good] == [
        (2, "Design", 1_200_00)
    ]
    assert not said.bad


def test_a_file_without_headings_counts_its_rows_from_one(cast):
    preview = read(cast, [["Design", "x"]], columns={0: "what", 1: "price"}, has_headings=False)
    assert [row.number for row in preview.bad] == [1]


def test_two_columns_are_not_one_thing(cast):
    twice = read(cast, [["a", "b", "c"]], columns={0: "what", 1: "price", 2: "price"})
    assert twice.problem == "Two columns cannot both be “Price”."


def test_a_row_of_words_only_begins_a_section(cast):
    rows = [["Task", "Price"], ["Concept"], ["Design", "5"], ["Making"], ["Build", "7"]]
    assert [(row.section, row.what) for row in read(cast, rows).good] == [
        ("Concept", "Design"),
        ("Making", "Build"),
    ]


def test_more_lines_than_an_estimate_has_are_refused(cast):
    preview = read(cast, [["Task", "Price"], *[["Design", "5"]] * 201])
    assert preview.refusal == "An estimate has at most 200 lines, and these are 201."
    with pytest.raises(DomainError, match="at most 200"):
        take_over(preview, by=cast.sam)
    assert not Estimate.select().exists()


# Taking them over --------------------------------------------------------------------------------


def test_the_good_rows_become_a_new_estimate(cast):
    estimate = take_over(read(cast, GOOD), by=cast.sam)
    assert lines_of(estimate) == [("Find", "Search", 1_140_00), ("", "Sort", 190_00)]
    estimate.draft.add_line(by=cast.sam, what="It can be changed")


def test_or_lines_of_a_draft_that_is_there(cast, full):
    preview = Preview(kept(cast, GOOD, into=full.estimate), Reading())
    estimate = take_over(preview, by=cast.sam)
    assert estimate == full.estimate
    assert [what for _, what, _ in lines_of(estimate)][-1:] == ["Search"]
    assert len(lines_of(estimate)) == 5


def test_a_draft_that_was_sent_meanwhile_takes_none(cast):
    draft = make.estimate(cast.project, by=cast.sam)
    preview = Preview(kept(cast, GOOD, into=draft.estimate), Reading())
    draft.send(by=cast.sam, deciders=[cast.cleo])
    with pytest.raises(Conflict, match="sent estimate cannot change"):
        take_over(preview, by=cast.sam)
    assert EstimateImport.get().is_there


def test_two_presses_make_one_estimate(cast):
    preview = read(cast, GOOD)
    take_over(preview, by=cast.sam)
    with pytest.raises(Conflict, match="already"):
        take_over(preview, by=cast.sam)
    assert Estimate.select().count() == 1
    assert EstimateImport.get().rows is None


def test_rows_that_nobody_came_back_for_are_gone_after_a_day(cast, as_):
    kept(cast, GOOD)
    with time_machine.travel(clock.now() + dt.timedelta(days=2), tick=False):
        kept(cast, GOOD)
        page = as_(cast.sam).get(HERE)
        assert (page.status_code, "These rows are gone" in page.text) == (200, True)
        assert as_(cast.sam).post(f"{HERE}/lines").status_code == 409


# Over HTTP ---------------------------------------------------------------------------------------


def test_bad_rows_are_named_and_the_good_ones_imported(cast, as_):
    sam = as_(cast.sam)
    answer = upload(sam, MIXED)
    assert (answer.status_code, answer.location) == (303, HERE)
    page = sam.get(HERE).text
    assert "2 lines, 1 row left out" in page
    assert "<strong>Row 3:</strong> Quantity “abc”: Write a number" in page
    assert not Estimate.select().exists()

    done = sam.post(f"{HERE}/lines", data={"numbers": "point"})
    assert (done.status_code, done.location) == (303, f"{ALL}/1")
    assert lines_of(Estimate.get()) == [("", "Design", 1_140_00), ("", "Test", 1_200_00)]
    assert sam.get(HERE).location == f"{ALL}/1"


def test_a_spreadsheet_is_read_by_the_columns_that_were_chosen(cast, as_):
    sam = as_(cast.sam)
    upload(sam, xlsx(["Foo", "Bar"], ["Design", 1200.5]), "lines.xlsx")
    assert NO_COLUMN in sam.get(HERE).text
    how = {"columns": "1", "headings": "1", "c0": "what", "c1": "price", "numbers": "point"}
    assert "1,200.50" in sam.get(HERE, query_string=how).text
    sam.post(f"{HERE}/lines", data=how)
    assert Line.get().fixed_minor == 1_200_50


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 broken", "damaged or locked"),
        ("Café,1".encode("latin-1"), "CSV UTF-8"),
        (b"", "nothing in this file"),
        (b"a,1\n" * 10_001, "more than 10,000 rows"),
    ],
)
def test_what_cannot_be_read_comes_back_with_the_reason(cast, as_, content, said):
    answer = upload(as_(cast.sam), content)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert not EstimateImport.select().exists()


def test_a_file_that_is_too_large_is_never_opened(app):
    with pytest.raises(DomainError, match="larger than 5 MB"):
        reading.read(io.BytesIO(b"x" * 5_000_001))


def test_no_file_and_no_such_draft_are_said(cast, as_):
    sam = as_(cast.sam)
    assert "Choose a file first" in sam.post(f"{ALL}/imports", data={"into": ""}).text
    make.estimate(cast.elsewhere, by=cast.sam)
    answer = upload(sam, MIXED, into="1")
    assert (answer.status_code, EstimateImport.select().exists()) == (422, False)


def test_nonsense_in_the_address_changes_nothing(cast, as_):
    kept(cast, GOOD)
    sam = as_(cast.sam)
    for query in ("numbers=x", "columns=1&cx=what&c999999=what&c1=nothing", "columns=1&c-1=what"):
        assert sam.get(f"{HERE}?{query}").status_code == 200


@pytest.mark.parametrize("who", ["cleo", "vic", "otto"])
def test_no_client_reaches_an_import(cast, as_, who):
    kept(cast, GOOD)
    browser = as_(getattr(cast, who))
    assert browser.get(HERE).status_code in (403, 404)
    assert upload(browser, MIXED).status_code in (403, 404)
    assert browser.post(f"{HERE}/lines").status_code in (403, 404)
    assert not Estimate.select().exists()

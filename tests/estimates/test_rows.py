"""Rows of a spreadsheet become lines; what cannot be read is said, and stays."""

import pytest

from portal.estimates.models import LineKind
from portal.estimates.rows import cells_of, left_over, read_rows


def read(text, locale="en", currency="EUR"):
    return read_rows(cells_of(text), locale, currency)


def one(text, **how):
    (row,) = read(text, **how)
    assert not row.errors
    return row


@pytest.mark.parametrize(
    ("text", "locale", "price_minor"),
    [
        ("Design\t12\th\t95", "en", 1_140_00),
        ("Design\t12\th\t€ 95.50\t1,146.00", "en", 1_146_00),
        ("Design\t7,5\tuur\t€ 95,50", "nl", 716_25),
        ("Design\t1.200,50", "de", 1_200_50),
        ("Design\t1,200.50 EUR", "en", 1_200_50),
        ("Design\t\t\t1200", "en", 1_200_00),
        ("Design\t1\tlump sum\t1200", "en", 1_200_00),
        ("Voucher\t-50", "en", -50_00),
        ("Screens\t3\t100", "en", 300_00),
        ("Design\t2\tdays", "en", None),
        ("Design", "en", None),
    ],
)
def test_a_row_is_read_as_its_reader_writes_numbers(text, locale, price_minor):
    assert one(text, locale=locale).price_minor == price_minor


def test_a_row_gives_the_columns_of_a_line():
    assert one("Design\t12\tdays\t760").fields() == {
        "what": "Design",
        "note": "",
        "kind": LineKind.QUANTITY,
        "quantity_thousandths": 12_000,
        "unit": "day",
        "rate_minor": 760_00,
        "fixed_minor": None,
        "is_optional": False,
    }


def test_the_first_row_may_name_the_columns():
    row = one("Phase\tRate\tTask\tHours\tOptional\tWho\nFind\t95\tSearch\t12\tyes\tDora")
    assert (row.section, row.what, row.unit, row.is_optional) == ("Find", "Search", "h", True)
    assert (row.price_minor, row.number, row.unread) == (1_140_00, 2, ("Dora",))


def test_a_currency_without_decimals_takes_none():
    assert one("Design\t¥1200", currency="JPY").price_minor == 1200
    (row,) = read("Design\t12.5", currency="JPY")
    assert row.errors == ["Price “12.5”: JPY has no decimals."]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Design\ttwelve\th\t95", "Quantity “twelve”"),
        ("Design\t12\tweeks\t95", "Unit “weeks”: write h, day, piece or fixed."),
        ("Design\t12\th\t95,5", "Rate “95,5”"),
        ("Design\t12\th\t95\t1200", "makes 1,140.00, and the row says 1,200.00"),
        ("Total\t\t\t1200", "looks like a sum"),
        ("\t12\th\t95", "does not say what the client gets"),
        ("Design\t-12\th\t95", "not below zero"),
        ("x" * 201, "Longer than 200 characters"),
        ("Design\t99999999999", "too large"),
    ],
)
def test_what_cannot_be_read_is_said_and_kept(text, said):
    (row,) = read(text)
    assert said in " ".join(row.errors)
    assert left_over(cells_of(text), [row]) == text + "\n"


@pytest.mark.parametrize("heading", ["Price", "Amount"])
def test_how_many_without_a_rate_is_asked_about_and_never_dropped(heading):
    (several,) = read(f"Task\tQuantity\t{heading}\nDesign\t12\t95")
    assert "Is 95.00 for one, or for all of them?" in " ".join(several.errors)
    (single,) = read(f"Task\tQuantity\t{heading}\nDesign\t1\t95")
    assert (single.errors, single.price_minor) == ([], 95_00)


def test_empty_rows_count_and_make_nothing():
    assert [(row.number, row.what) for row in read("\r\n\t\nDesign\t1\n\nBuild\t2\n")] == [
        (3, "Design"),
        (5, "Build"),
    ]


def test_a_cell_in_quotes_holds_tabs_and_newlines():
    assert one('"Design\nof\tten pages"\t1').what == "Design of ten pages"
    assert one('A 24" screen\t1').what == 'A 24" screen'


def test_what_is_left_over_keeps_its_headings():
    text = "Price\tTask\n5\tDesign\nfive\tBuild\n"
    left = left_over(cells_of(text), read(text))
    assert left == "Price\tTask\nfive\tBuild\n"
    assert left_over(cells_of("Design\t1"), read("Design\t1")) == ""

"""An outline holds all that a draft says, and a draft that it fills says the same."""

import datetime as dt

import pytest

from portal.estimates.library import currency, outline
from portal.estimates.models import Estimate
from portal.studio.hourly import today
from portal.studio.rates import Rate
from tests import make


def test_a_draft_filled_from_an_outline_says_what_the_outline_says(cast, full):
    whole = outline.of(full)
    made = outline.begin(cast.project, whole, by=cast.sam)
    again = outline.of(made.draft)
    assert again == whole
    assert [line["what"] for line in outline.lines_of(again)] == [
        "Design of ten pages",
        "Workshop at Harbour Museum",
        "Build",
    ]
    assert (made.number, made.draft.version) == (2, 1)


def test_no_day_goes_along_and_it_is_valid_from_today(cast, full):
    made = outline.begin(cast.project, outline.of(full), by=cast.sam)
    assert [payment["on"] for payment in made.draft.payments] == ["", "approval"]
    assert made.draft.valid_until_on > today()
    assert made.draft.launch_on is None


def test_it_counts_its_lines_from_one_again(cast, full):
    first = full.parts()[0][1][0]
    full.remove_line(first.number, by=cast.sam)
    made = outline.begin(cast.project, outline.of(full), by=cast.sam)
    parts = made.draft.parts()
    numbers = [(section.number, line.number) for section, lines in parts for line in lines]
    assert numbers == [(1, 1), (2, 2)]


def test_an_empty_outline_is_one_blank_line(cast):
    made = outline.begin(cast.project, outline.empty("EUR"), by=cast.sam)
    ((section, lines),) = made.draft.parts()
    assert (section.title, [line.is_blank for line in lines]) == ("", [True])
    made.draft.add_line(by=cast.sam, what="It can be changed")


def test_amounts_are_never_taken_for_another_currency(cast, full):
    abroad = make.project("abroad", by=cast.sam, client=cast.client, currency="JPY")
    with pytest.raises(ValueError, match="EUR in a project of JPY"):
        outline.begin(abroad, outline.of(full), by=cast.sam)
    assert Estimate.select().count() == 1


def test_in_another_currency_only_the_rate_card_has_prices(cast, full):
    day = dt.date(2026, 1, 1)
    Rate.add(role="Design", currency="CHF", hour_minor=120_00, from_on=day)
    Rate.add(role="code", currency="CHF", hour_minor=100_00, from_on=day)

    found = currency.convert(outline.of(full), "CHF", today())

    rates = [(one["rate_minor"], one["fixed_minor"]) for one in outline.lines_of(found.outline)]
    assert rates == [(120_00, None), (None, None), (800_00, None)]
    assert (found.is_other, found.was, found.emptied, found.from_card) == (True, "EUR", 1, 2)


def test_a_price_that_has_ended_is_not_taken(cast, full):
    Rate.add(role="Design", currency="CHF", hour_minor=1, from_on=dt.date(2026, 1, 1))
    Rate.get().end(on=dt.date(2026, 1, 31))
    assert currency.convert(outline.of(full), "CHF", today()).from_card == 0


def test_a_line_without_a_price_takes_the_one_of_the_card(cast, full):
    Rate.add(role="Design", currency="EUR", hour_minor=120_00, from_on=dt.date(2026, 1, 1))
    whole = outline.of(full)
    for line in outline.lines_of(whole):
        line["rate_minor"] = None
    lines = outline.lines_of(currency.convert(whole, "EUR", today()).outline)
    assert [line["rate_minor"] for line in lines] == [120_00, None, None]
    assert lines[1]["fixed_minor"] == 900_00


def test_in_the_same_currency_every_amount_stays(cast, full):
    Rate.add(role="Design", currency="EUR", hour_minor=120_00, from_on=dt.date(2026, 1, 1))
    whole = outline.of(full)
    found = currency.convert(whole, "EUR", today())
    assert (found.outline, found.is_other) == (whole, False)

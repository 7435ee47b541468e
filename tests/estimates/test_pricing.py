"""What an estimate comes to, in every currency and for every choice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import money
from portal.core.errors import DomainError
from portal.estimates import effect, pricing

LARGEST = 10**12


def amount(minor, currency):
    return {"minor": minor, "currency": currency}


def line(number, price_minor, *, currency="EUR", is_optional=False, is_chosen=False, **more):
    facts = {"what": f"Line {number}", "note": "", "unit": "", "quantity_thousandths": None}
    facts |= {"rate": None, "price": amount(price_minor, currency), "number": number}
    return facts | {"is_optional": is_optional, "is_chosen_by_default": is_chosen} | more


def snapshot(*sections, currency="EUR", contingency_bp=0, tax_bp=2100):
    return {
        "currency": currency,
        "sections": [{"title": f"Part {n}", "lines": lines} for n, lines in enumerate(sections, 1)],
        "contingency_bp": contingency_bp,
        "taxes": [{"number": 1, "name": "VAT", "bp": tax_bp, "is_reverse": False}],
    }


@st.composite
def snapshots(draw):
    currency = draw(st.sampled_from(["EUR", "JPY", "KWD"]))
    prices = draw(st.lists(st.integers(-LARGEST, LARGEST), min_size=1, max_size=12))
    lines = [
        line(
            n,
            minor,
            currency=currency,
            is_optional=draw(st.booleans()),
            is_chosen=draw(st.booleans()),
        )
        for n, minor in enumerate(prices, 1)
    ]
    cut = draw(st.integers(0, len(lines)))
    shares = {name: draw(st.integers(0, 10_000)) for name in ("contingency_bp", "tax_bp")}
    return snapshot(lines[:cut], lines[cut:], currency=currency, **shares)


def offered(facts):
    lines = [line for section in facts["sections"] for line in section["lines"]]
    return [str(line["number"]) for line in lines if line["is_optional"]]


@given(snapshots())
def test_what_is_shown_adds_up_to_the_total(facts):
    sheet = pricing.price(facts)
    fixed = sum(section.sum_minor for section in sheet.fixed_sections)
    chosen = sum(line.price_minor for line in sheet.choices if line.is_in)
    assert fixed + chosen + sheet.contingency_minor == sheet.total_minor
    assert sheet.total_minor + sheet.tax_minor == sheet.with_tax_minor


@given(snapshots())
def test_what_a_yes_adds_to_the_scope_adds_up_to_the_total(facts):
    sheet = pricing.price(facts)
    assert sum(edit.price_minor for edit in effect.edits(sheet)) == sheet.total_minor


@given(snapshots(), st.randoms(use_true_random=False))
def test_the_order_of_the_choices_makes_no_difference(facts, random):
    options = [option for option in offered(facts) if random.random() < 0.5]
    shuffled = random.sample(options, len(options))
    assert pricing.price(facts, tuple(options)) == pricing.price(facts, tuple(shuffled))
    assert pricing.price(facts, tuple(options)).options == tuple(sorted(options))


@given(snapshots())
def test_as_sent_means_with_the_options_that_are_ticked_at_first(facts):
    sheet = pricing.price(facts)
    assert pricing.price(facts, sheet.options) == sheet


@given(st.integers(0, 10**7), st.integers(0, 10**5))
def test_a_line_is_off_by_half_a_minor_unit_at_most(quantity, rate):
    price = pricing.line_price(quantity, rate, None, is_fixed=False)
    assert 2 * abs(price * 1000 - quantity * rate) <= 1000


@pytest.mark.parametrize(
    ("currency", "price", "contingency", "tax"),
    [("EUR", 10_05, 50, 2_22), ("JPY", 1_005, 50, 222), ("KWD", 1_005, 50, 222)],
)
def test_each_share_is_rounded_half_up_once(currency, price, contingency, tax):
    facts = snapshot([line(1, price, currency=currency)], currency=currency, contingency_bp=500)
    sheet = pricing.price(facts)
    assert (sheet.contingency_minor, sheet.tax_minor) == (contingency, tax)


def test_half_of_a_minor_unit_goes_up():
    assert pricing.line_price(500, 1, None, is_fixed=False) == 1
    assert pricing.line_price(499, 1, None, is_fixed=False) == 0


def test_contingency_is_taken_of_what_is_chosen_and_tax_of_all_of_it():
    lines = [line(1, 100_00), line(2, 50_00, is_optional=True), line(3, 10_00, is_optional=True)]
    sheet = pricing.price(snapshot(lines, contingency_bp=1000), ("2",))
    assert sheet.contingency_minor == 15_00
    assert sheet.total_minor == 165_00
    assert sheet.tax_minor == 34_65
    assert sheet.left_out_minor == 10_00


def test_a_discount_is_a_price_below_zero():
    sheet = pricing.price(snapshot([line(1, 100_00), line(2, -20_00)]))
    assert money.show(sheet.total_minor, "EUR") == "80.00"


@pytest.mark.parametrize("option", ["1", "9", "", "two"])
def test_a_choice_that_is_not_offered_is_refused(option):
    facts = snapshot([line(1, 1), line(2, 1, is_optional=True)])
    with pytest.raises(DomainError):
        pricing.price(facts, ("2", option))

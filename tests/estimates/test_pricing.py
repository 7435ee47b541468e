"""What an estimate comes to, in every currency and for every choice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import money
from portal.estimates import pricing

VAT = {"number": 1, "name": "VAT", "bp": 2100, "is_reverse": False}


def amount(minor, currency):
    return {"minor": minor, "currency": currency}


def line(number, price_minor, *, currency="EUR", is_optional=False, is_chosen=False, **more):
    facts = {"what": f"Line {number}", "note": "", "unit": "", "quantity_thousandths": None}
    facts |= {"rate": None, "price": amount(price_minor, currency), "number": number}
    facts |= dict.fromkeys(("least_thousandths", "most_thousandths", "taxes", "spread"))
    return facts | {"is_optional": is_optional, "is_chosen_by_default": is_chosen} | more


def adjustable(number, quantity, rate_minor, least, most, **more):
    """A line of pieces whose quantity, in whole ones, the client chooses."""
    facts = {
        "quantity_thousandths": quantity * 1000,
        "unit": "piece",
        "rate": amount(rate_minor, "EUR"),
    }
    bounds = {"least_thousandths": least * 1000, "most_thousandths": most * 1000}
    return line(number, quantity * rate_minor, **facts, **bounds, **more)


def section(number, *lines, choice="", is_chosen=False):
    facts = {"number": number, "title": f"Part {number}", "choice": choice}
    return facts | {"is_chosen_by_default": is_chosen, "lines": list(lines)}


def snapshot(*sections, currency="EUR", tax_bp=2100, **more):
    """Sections are lists of lines, or what `section` returns."""
    return {
        "currency": currency,
        "stance": "firm",
        "sections": [
            section(n, *one) if isinstance(one, list) else one for n, one in enumerate(sections, 1)
        ],
        "contingency_bp": 0,
        "discount_bp": 0,
        "taxes": [{"number": 1, "name": "VAT", "bp": tax_bp, "is_reverse": False}],
        "payments": [],
    } | more


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


def test_the_discount_is_taken_of_the_lines_with_their_contingency():
    sheet = pricing.price(snapshot([line(1, 100_00)], contingency_bp=1000, discount_bp=500))
    assert (sheet.contingency_minor, sheet.discount_minor) == (10_00, -5_50)
    assert (sheet.total_minor, sheet.tax_minor) == (104_50, 21_95)


def test_a_tax_on_some_lines_is_taken_of_their_part_of_the_total():
    low = {"number": 2, "name": "Reduced VAT", "bp": 900, "is_reverse": False}
    lines = [line(1, 100_00, taxes=[1]), line(2, 50_00, taxes=[2])]
    taxes = [VAT, low]
    sheet = pricing.price(snapshot(lines, discount_bp=1000, taxes=taxes))
    assert [(tax.base_minor, tax.minor) for tax in sheet.taxes] == [(90_00, 18_90), (45_00, 4_05)]
    nothing = pricing.price(snapshot([line(1, 5, taxes=[1]), line(2, -5)], taxes=taxes))
    assert [tax.base_minor for tax in nothing.taxes] == [0, 0]


def test_a_reverse_charged_tax_comes_to_nothing_and_is_said():
    sheet = pricing.price(snapshot([line(1, 100_00)], taxes=[VAT | {"is_reverse": True}]))
    assert (sheet.tax_minor, sheet.with_tax_minor) == (0, 100_00)
    assert sheet.taxes[0].sentence == "VAT reverse charged: the client accounts for it"


def test_the_deposit_comes_first_and_the_last_payment_is_the_rest():
    plan = [("Launch", 3333, "launch"), ("Rest", 3334, "2026-05-01"), ("Now", 3333, "approval")]
    payments = [{"what": what, "bp": bp, "on": on} for what, bp, on in plan]
    sheet = pricing.price(snapshot([line(1, 100_01)], payments=payments))
    paid = [(one.what, one.minor) for one in sheet.payments]
    assert paid == [("Now", 33_33), ("Launch", 33_33), ("Rest", 33_35)]
    assert sheet.deposit_minor == 33_33


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

"""What a client reads is what the snapshot holds: every line, every price, every sum."""

import re
from types import SimpleNamespace

import pytest
from markupsafe import escape

from portal.core import money
from portal.estimates.models import EstimateVersion
from tests.estimates.test_difference import version
from tests.estimates.test_pricing import line


@pytest.fixture
def render(app):
    """`render(snapshot, options)` is the sheet as a page shows it, with or without the choices."""

    def rendered(facts, options=None, *, options_form=False):
        offer = EstimateVersion.offer(facts, options)
        context = {"offer": offer, "shown": facts, "currency": offer.currency}
        with app.test_request_context("/projects/harbour/sign-offs/1?choose=1"):
            page = app.jinja_env.get_template("estimates/_sheet.html")
            context["request"] = SimpleNamespace(path="/projects/harbour/sign-offs/1")
            context |= {"wrong": {}, "typed": {}, "studio": SimpleNamespace(logo_url=None)}
            return page.render(options_form=options_form, **context)

    return rendered


def harbour(**facts):
    rate = {"minor": 85_00, "currency": "EUR"}
    hours = {"unit": "h", "quantity_thousandths": 24_500, "rate": rate}
    lines = [
        line(1, 2_082_50, what="Scripts & <sound>", note="Two languages", **hours),
        line(2, -100_00, what="Discount"),
        line(3, 1_600_00, what="Film", is_optional=True, is_chosen=True),
        line(4, 2_250_00, what="Trail", is_optional=True),
    ]
    return version(*lines) | {"number": 3, "contingency_bp": 333, "discount_bp": 500} | facts


def test_every_line_price_and_sum_is_shown(render):
    facts = harbour()
    page, sheet = render(facts), EstimateVersion.offer(facts, None).sheet
    for one in sheet.lines:
        assert str(escape(one.what)) in page
        assert money.show(one.price_minor, "EUR") in page
    sums = (sheet.contingency_minor, sheet.discount_minor, sheet.total_minor)
    sums += (sheet.tax_minor, sheet.with_tax_minor)
    for minor in sums:
        assert f'<td class="n">{money.show(minor, "EUR")}</td>' in page
    for words in (
        "24.5 h × 85",
        "Two languages",
        "Contingency 3.33 %",
        "Discount 5 %",
        "VAT 21 %",
        "Half now.",
    ):
        assert words in page


def test_the_parties_stand_below_it(render):
    client = {"name": "HM", "legal_name": "Stichting HM", "address": "Quay 1\nRotterdam"}
    page = render(harbour(client=client | {"tax_number": "NL001"}))
    assert "Stichting HM<br>Quay 1<br>Rotterdam<br>Tax number NL001" in page


def test_choices_are_ticks_while_one_can_choose(render):
    page = render(harbour(), ("4",), options_form=True)
    ticked = re.findall(r'<input type="checkbox"[^>]*name="option" value="(\d)" checked>', page)
    assert ticked == ["4"]
    assert 'name="choose"' in page
    assert "Update total" in page


def test_choices_are_words_once_it_is_decided(render):
    page = render(harbour(), ("4",))
    assert "<form" not in page
    assert page.count("Not in the total.") == 1


def test_a_currency_without_cents_shows_none(render):
    page = render(harbour(currency="JPY"))
    assert "208,250" in page
    assert "2,082.50" not in page

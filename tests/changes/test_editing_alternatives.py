"""Alternatives, rates and figures as a producer types them; the choice as a client makes it."""

import datetime as dt

import pytest

from portal.changes.models import ALTERNATIVES_MOST, ChangeRequest, ChangeVersion
from tests import make
from tests.changes.test_alternatives import LATER, WAYS
from tests.changes.test_views import HERE, PART, row, typed


@pytest.fixture
def draft(cast):
    return ChangeRequest.draft(cast.project, by=cast.sam).current


def now():
    return ChangeVersion.get_by_id(1)


def way(index, **fields):
    return {f"alternatives-{index}-{name}": value for name, value in fields.items()}


def test_another_alternative_begins_as_a_copy_without_a_name(cast, contract, draft, as_):
    fields = typed(draft, act="add-alternative") | row(0, action="added", title="Map", price="500")

    answer = as_(cast.sam).post(f"{HERE}/1/draft", data=fields)

    assert answer.location == f"{HERE}/1#alternatives-1"
    first, second = now().alternatives
    assert (first.number, second.number, second.title) == (1, 2, "")
    assert [one.total_minor for one in (first, second)] == [500_00, 500_00]
    assert first.is_recommended


def test_the_one_that_is_ticked_is_recommended(cast, contract, draft, as_):
    fields = typed(draft, recommended="1") | way(0, title="Pay") | way(1, title="Wait")
    fields["alternatives-1-launch_on"] = "2031-06-12"

    as_(cast.sam).post(f"{HERE}/1/draft", data=fields)

    assert [(one.title, one.is_recommended) for one in now().alternatives] == [
        ("Pay", False),
        ("Wait", True),
    ]
    assert now().recommended.launch_on == LATER


def test_taking_out_the_recommended_one_recommends_the_first(cast, contract, draft, as_):
    fields = typed(draft, recommended="1") | way(0, title="Pay") | way(1, title="Wait")

    as_(cast.sam).post(f"{HERE}/1/draft", data={**fields, "act": "remove:alternatives-1"})

    assert [(one.title, one.is_recommended) for one in now().alternatives] == [("Pay", True)]


def test_the_last_alternative_stays(cast, contract, draft, as_):
    fields = typed(draft, act="remove:alternatives-0") | row(0, action="added", title="Map")

    as_(cast.sam).post(f"{HERE}/1/draft", data=fields)

    assert [one.title for one in now().recommended.impacts] == ["Map"]


def test_no_button_makes_more_than_a_menu(cast, contract, draft, as_):
    fields = typed(draft, act="add-alternative")
    for n in range(ALTERNATIVES_MOST + 3):
        fields |= way(n, title=f"Way {n}")

    as_(cast.sam).post(f"{HERE}/1/draft", data=fields)

    assert len(now().alternatives) == ALTERNATIVES_MOST


@pytest.mark.parametrize("number", ["99", "-1", "x", "1 ", "٣"])
def test_a_forged_number_is_a_new_alternative(cast, contract, draft, as_, number):
    fields = typed(draft) | way(0, title="Pay", number=number)

    as_(cast.sam).post(f"{HERE}/1/draft", data=fields)

    assert [one.number for one in now().alternatives] == [1]


def test_a_row_is_priced_by_the_hour(cast, contract, draft, as_):
    fields = typed(draft) | row(
        0, action="added", title="Map", unit="h", quantity="7.5", price="95"
    )

    answer = as_(cast.sam).post(f"{HERE}/1/draft", data=fields, headers=PART)

    assert "7.5 h × 95" in answer.text
    assert "+712.50" in answer.text
    [impact] = now().recommended.impacts
    assert (impact.unit, impact.quantity_thousandths, impact.rate_minor) == ("h", 7_500, 95_00)
    assert 'value="7.5"' in as_(cast.sam).get(f"{HERE}/1").text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"quantity": "many", "unit": "h"}, "Write a number"),
        ({"quantity": "-1", "unit": "h"}, "A quantity is not below zero."),
        ({"quantity": "1", "unit": "h", "price": "-5"}, "A rate is not below zero."),
        ({"quantity": "9999999", "unit": "h", "price": "999999999"}, "That amount is too large."),
        ({"unit": "fortnight"}, 'aria-invalid="true"'),
    ],
)
@pytest.mark.usefixtures("contract")
def test_a_price_that_is_none_comes_back(cast, draft, as_, fields, sentence):
    typing = typed(draft) | row(0, action="added", title="Map", **fields)

    answer = as_(cast.sam).post(f"{HERE}/1/draft", data=typing)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert now().edits == 0


def test_a_funding_request_has_its_own_button_and_figures(cast, contract, as_):
    browser = as_(cast.sam)

    answer = browser.post(f"{HERE}/funding")
    page = browser.get(answer.location).text
    fields = typed(now(), used="8,000", forecast="14250.5", as_of_on="2026-01-02")
    browser.post(f"{HERE}/1/draft", data=fields)

    assert "New funding request" in browser.get(HERE).text
    assert "<title>Funding request 1, draft" in page
    assert (now().used_minor, now().forecast_minor) == (8_000_00, 14_250_50)
    assert now().as_of_on == dt.date(2026, 1, 2)


def test_figures_of_a_change_of_scope_are_not_kept(cast, contract, draft, as_):
    as_(cast.sam).post(f"{HERE}/1/draft", data=typed(draft, used="8,000"))

    assert (now().edits, now().used_minor) == (1, None)


def test_no_client_begins_a_funding_request(cast, as_):
    assert as_(cast.cleo).post(f"{HERE}/funding").status_code == 403
    assert as_(cast.otto).post(f"{HERE}/funding").status_code == 404
    assert "New funding request" not in as_(cast.cleo).get(HERE).text


# The client --------------------------------------------------------------------------------------


def test_a_choice_redraws_the_totals(cast, send, as_):
    sign_off = send(alternatives=WAYS)
    browser = as_(cast.cleo)

    opened = browser.get(sign_off.path).text
    chosen = browser.get(f"{sign_off.path}?choose=1&option=a3").text

    assert "With “Drop the plan”" in opened
    assert "13,050" in opened
    assert "With “Later”" in chosen
    assert "14,250" in chosen
    assert '<input type="hidden" name="option" value="a3">' in chosen


@pytest.mark.parametrize("query", ["option=a9", "option=a1&option=a2", "", "option=1"])
def test_an_address_that_chooses_none_or_two_is_refused(cast, send, as_, query):
    sign_off = send(alternatives=WAYS)

    assert as_(cast.cleo).get(f"{sign_off.path}?choose=1&{query}").status_code == 422


def test_the_receipt_and_the_page_mark_what_was_chosen(cast, send, as_):
    sign_off = send(alternatives=WAYS)
    decision = make.answer(sign_off, by=cast.cleo, options=("a1",))
    browser = as_(cast.cleo)

    for path in (sign_off.path, decision.receipts.get().path):
        page = browser.get(path).text
        assert page.count("Chosen</b>") == 1
        assert all(one["title"] in page for one in WAYS)
    assert "choosing Pay more" in page
    assert "+4,750" in browser.get(HERE).text


def test_a_request_without_alternatives_offers_no_choice(cast, send, as_):
    page = as_(cast.cleo).get(send().path).text

    assert "Choose one" not in page
    assert 'type="radio"' not in page

"""The page of the budget: who reads it, who states on it."""

import re

import pytest

from portal.budget.models import Statement
from portal.changes.models import ChangeRequest
from tests import make

PAGE = "/projects/harbour/budget"
POST = f"{PAGE}/statements"
SAID = {"used": "5,000", "as_of_on": "2026-03-12", "forecast": "", "note": ""}


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_producer_states_and_the_client_reads_it(as_, signed):
    sam = as_(signed.sam)
    assert sam.post(POST, data=SAID | {"forecast": "19,000"}).status_code == 303

    for reader in (signed.cleo, signed.vic, signed.dora):
        page = words(as_(reader).get(PAGE).text)
        assert "Used on 12 March 5,000 Left 15,000 Forecast for the whole 19,000" in page
        assert "State it" not in page


def test_the_project_s_page_and_the_first_page_say_it_too(as_, signed, state):
    state(5_000_00, forecast_minor=19_000_00)

    browser = as_(signed.cleo)
    assert "Used on 12 March 5,000 Left 15,000" in words(browser.get("/projects/harbour").text)
    first = browser.get("/").text
    assert "Used of approved, EUR 5,000 of 20,000" in words(first)
    assert "25 percent of what is approved is used" in first


def test_before_anything_is_stated_no_figure_is_invented(as_, signed):
    page = words(as_(signed.cleo).get(PAGE).text)

    assert "Approved 20,000" in page
    assert "as soon as the studio says" in page
    assert "Left" not in page


def test_before_anything_is_signed_there_is_nothing_to_state(as_, cast):
    for reader in (cast.sam, cast.cleo):
        page = as_(reader).get(PAGE).text
        assert "Nothing is signed yet" in page
        assert "State it" not in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"used": ""}, "Write an amount, or 0."),
        ({"used": "much"}, "Write a number, such as 1,200.50."),
        ({"as_of_on": "soon"}, "Write a day, such as 2026-03-31."),
        ({"as_of_on": ""}, "Choose a day."),
        ({"used": "20,000.01"}, "0.01 EUR more than what is signed. Say why"),
        ({"note": "x" * 251}, "Say it in 250 characters."),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(as_, signed, typed, sentence):
    answer = as_(signed.sam).post(POST, data=SAID | typed)

    assert answer.status_code == 422
    assert sentence in answer.text
    kept = {"used": "5,000"} | typed
    assert f'value="{kept["used"]}"' in answer.text
    assert Statement.select().count() == 0


@pytest.mark.parametrize("who", ["dora", "cleo", "vic"])
def test_nobody_but_a_producer_states(as_, signed, who):
    assert as_(getattr(signed, who)).post(POST, data=SAID).status_code == 403
    assert Statement.select().count() == 0


def test_another_client_learns_of_nothing(as_, signed, state):
    state(5_000_00)
    otto = as_(signed.otto)

    assert otto.get(PAGE).status_code == 404
    assert otto.post(POST, data=SAID).status_code == 404
    assert otto.post(f"{PAGE}/funding").status_code == 404


def test_the_same_form_twice_states_once(as_, signed):
    sam = as_(signed.sam)

    assert [sam.post(POST, data=SAID).status_code for _ in range(2)] == [303, 303]
    assert Statement.select().count() == 1


def test_over_what_is_signed_a_producer_asks_for_funding_with_these_figures(as_, signed, state):
    state(5_000_00, forecast_minor=21_000_00, note="Two more films.")
    sam = as_(signed.sam)
    assert "1,000 EUR are not signed." in words(sam.get(PAGE).text)
    assert "Ask for funding" not in as_(signed.cleo).get(PAGE).text

    answer = sam.post(f"{PAGE}/funding")

    assert answer.location == "/projects/harbour/changes/1"
    assert ChangeRequest.get().current.forecast_minor == 21_000_00
    assert 'value="21000"' in sam.get(answer.location).text


def test_without_a_statement_there_is_nothing_to_begin_from(as_, signed):
    assert as_(signed.sam).post(f"{PAGE}/funding").status_code == 404


def test_the_page_asks_as_much_for_one_as_for_fifty(as_, signed, state, count_queries):
    state(1_00)
    browser = as_(signed.cleo)
    with count_queries() as few:
        browser.get(PAGE)
    for number in range(49):
        state(number + 2)
    with count_queries() as many:
        page = browser.get(PAGE)

    assert len(few) == len(many)
    assert page.text.count('class="off"') == 49


def test_what_was_typed_as_a_reason_is_text(as_, signed, state):
    state(5_000_00, note="<script>alert(1)</script>")

    assert "<script>alert" not in as_(signed.cleo).get(PAGE).text


def test_a_project_in_yen_has_no_decimals(as_, cast):
    project = make.project("kobe", by=cast.sam, client=cast.client, currency="JPY")
    make.amendment(project, make.added("Site", 900_000), by=cast.cleo)

    as_(cast.sam).post("/projects/kobe/budget/statements", data=SAID | {"used": "450,000"})

    assert Statement.get().used_minor == 450_000

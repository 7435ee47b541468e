"""The rate card: the house keeps it, no client reaches it, each line is on record."""

import datetime as dt

import pytest

from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.studio.rates import Rate

PAGE = "/studio/rates"
LINE = {"role": "Design", "price": "110", "currency": "EUR", "from_on": "2026-01-01"}


def last_event():
    return Event.select().order_by(Event.id.desc()).get()


@pytest.mark.parametrize("who", ["ada", "sam"])
def test_an_admin_and_a_producer_add_and_end_a_price(cast, as_, who):
    browser = as_(getattr(cast, who))
    assert "No hour has a price yet" in browser.get(PAGE).text

    assert browser.post(PAGE, data=LINE).status_code == 303
    event = last_event()
    assert (event.verb, event.chain) == (Verb.RATE_ADDED, "instance")
    assert event.body["hour"] == {"minor": 110_00, "currency": "EUR"}
    assert "110 EUR" in browser.get(PAGE).text

    ended = browser.post(f"{PAGE}/{Rate.get().id}/end", data={"until_on": "2026-12-31"})
    assert (ended.status_code, last_event().verb) == (303, Verb.RATE_ENDED)
    assert Rate.get().until_on == dt.date(2026, 12, 31)


@pytest.mark.parametrize("who", ["dora", "cleo", "vic", "otto"])
def test_nobody_else_reaches_it(cast, as_, who):
    browser = as_(getattr(cast, who))

    assert browser.get(PAGE).status_code == 403
    assert browser.post(PAGE, data=LINE).status_code == 403
    assert not Rate.select().exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"role": " "}, "whose hour"),
        ({"price": "a lot"}, "Write a number"),
        ({"price": "0"}, "more than nothing"),
        ({"price": "1.005"}, "decimals"),
        ({"from_on": "soon"}, "first day as a date"),
        ({"currency": "ZZZ"}, "valid choice"),
    ],
)
def test_what_cannot_be_a_price_comes_back_with_a_sentence(cast, as_, wrong, words):
    answer = as_(cast.sam).post(PAGE, data=LINE | wrong)

    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="Design"' in answer.text or "role" in wrong


def test_two_prices_from_one_day_are_refused_beside_the_role(cast, as_):
    browser = as_(cast.sam)
    browser.post(PAGE, data=LINE)

    again = browser.post(PAGE, data=LINE | {"role": "design", "price": "120"})

    assert (again.status_code, Rate.select().count()) == (422, 1)
    assert "has a price in EUR from that day already" in again.text


def test_a_price_is_not_ended_before_it_begins_nor_twice(cast, as_):
    browser = as_(cast.sam)
    browser.post(PAGE, data=LINE)
    end = f"{PAGE}/{Rate.get().id}/end"

    assert browser.post(end, data={"until_on": "2025-01-01"}).status_code == 422
    assert browser.post(end, data={"until_on": "2026-05-01"}).status_code == 303
    assert browser.post(end, data={"until_on": "2026-06-01"}).status_code == 409
    assert browser.post(f"{PAGE}/99/end", data={"until_on": "2026-06-01"}).status_code == 404

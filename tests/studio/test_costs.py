"""What an hour costs the studio: its own table, and nobody reads it but who keeps the house."""

import datetime as dt

import pytest

from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.studio.costs import CostRate, cost_of
from portal.studio.rates import Rate

PAGE, COSTS = "/studio/rates", "/studio/costs"
DAY = dt.date(2026, 1, 1)
FORM = {
    "cost-role": "design",
    "cost-price": "47.11",
    "cost-currency": "EUR",
    "cost-from_on": "2026-01-01",
}


def cost(role="Design", hour_minor=45_00, currency="EUR", on=DAY):
    return CostRate.add(role=role, currency=currency, hour_minor=hour_minor, from_on=on)


def test_a_role_is_spelt_as_on_the_rate_card(app):
    Rate.add(role="Design", currency="EUR", hour_minor=95_00, from_on=DAY)
    assert cost("design").role == "Design"


def test_minutes_of_a_role_are_summed_and_rounded_once(app):
    cost(hour_minor=100)
    found = cost_of([("Design", 1), ("design", 0), ("Design", 1)], "EUR", DAY)
    assert (found.minor, found.minutes, found.is_complete) == (3, 2, True)


def test_what_nobody_knows_is_said_and_not_counted(app):
    cost()
    cost("Sound", currency="CHF")
    found = cost_of([("Design", 60), ("Sound", 30), ("", 15)], "EUR", DAY)
    assert (found.minor, found.minutes, found.unknown_minutes) == (45_00, 60, 45)
    assert (found.unknown_roles, found.is_complete) == (("Sound",), False)


def test_a_cost_holds_between_its_days(app):
    cost()
    cost(hour_minor=50_00, on=dt.date(2026, 3, 1))
    CostRate.on("Design", "EUR", dt.date(2026, 3, 1)).end(on=dt.date(2026, 3, 31))
    minors = [
        cost_of([("Design", 60)], "EUR", day).minor
        for day in (dt.date(2025, 12, 31), DAY, dt.date(2026, 3, 31), dt.date(2026, 4, 1))
    ]
    assert minors == [0, 45_00, 50_00, 0]


@pytest.mark.parametrize(
    ("price_minor", "left_minor", "bp"),
    [(90_00, 45_00, 50_00), (45_00, 0, 0), (30_00, -15_00, -50_00), (0, -45_00, None)],
)
def test_the_margin_is_what_is_left_of_the_price(app, price_minor, left_minor, bp):
    cost()
    found = cost_of([("Design", 60)], "EUR", DAY)
    assert (found.margin_minor(price_minor), found.margin_bp(price_minor)) == (left_minor, bp)


# Over HTTP ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["sam", "ada"])
def test_a_producer_and_an_admin_keep_it(cast, as_, who):
    browser = as_(getattr(cast, who))
    assert "No cost is known yet" in browser.get(PAGE).text
    assert browser.post(COSTS, data=FORM).status_code == 303
    assert "47.11" in browser.get(PAGE).text
    ended = browser.post(f"{COSTS}/{CostRate.get().id}/end", data={"until_on": "2026-12-31"})
    assert (ended.status_code, CostRate.get().until_on) == (303, dt.date(2026, 12, 31))
    assert not Rate.select().exists()


def test_the_ledger_never_holds_what_it_costs(cast, as_):
    as_(cast.sam).post(COSTS, data=FORM)
    event = Event.select().order_by(Event.id.desc()).get()
    assert (event.verb, event.chain) == (Verb.COST_ADDED, "instance")
    assert event.body == {"since": "2026-01-01"}


@pytest.mark.parametrize("who", ["dora", "cleo", "vic", "otto"])
def test_nobody_else_reaches_it(cast, as_, who):
    cost(hour_minor=47_11)
    browser = as_(getattr(cast, who))
    assert browser.get(PAGE).status_code == 403
    assert browser.post(COSTS, data=FORM).status_code == 403
    assert browser.post(f"{COSTS}/1/end", data={"until_on": "2026-12-31"}).status_code == 403
    assert CostRate.select().count() == 1


@pytest.mark.parametrize("wrong", [{"cost-role": ""}, {"cost-price": "-1"}, {"cost-price": "x"}])
def test_what_is_no_cost_comes_back(cast, as_, wrong):
    page = as_(cast.sam).post(COSTS, data=FORM | wrong)
    assert (page.status_code, CostRate.select().exists()) == (422, False)
    assert '<details class="data" open>' in page.text


@pytest.mark.parametrize(
    ("who", "labels"),
    [
        ("sam", ["Clients", "Rates", "Templates", "Terms"]),
        ("ada", ["Clients", "Rates", "Templates", "Terms", "About us"]),
    ],
)
def test_the_pages_of_the_studio_lead_to_each_other(cast, as_, who, labels):
    page = as_(getattr(cast, who)).get(PAGE).text
    tabs = page.split('aria-label="Studio">')[1].split("</nav>")[0]
    assert [
        label
        for label in ("Clients", "Rates", "Templates", "Terms", "About us")
        if f">{label}<" in tabs
    ] == labels
    assert 'href="/studio/rates" aria-current="page"' in tabs


def test_others_are_not_led_there(cast, as_):
    for who in (cast.dora, cast.cleo):
        assert 'href="/studio' not in as_(who).get("/").text

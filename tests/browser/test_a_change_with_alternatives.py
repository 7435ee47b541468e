"""A museum director on a phone: one of three ways, and a small change on one screen."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from portal.scope import baseline
from portal.scope.models import Action
from tests import make

pytestmark = pytest.mark.browser

LAUNCH = dt.date(2031, 5, 22)
SCREEN_PX = 844
WAYS = [
    {"title": "Pay more", "summary": "All stays.", "impacts": [make.ADDED]},
    {
        "title": "Drop the floor plan",
        "summary": "The desk hands out one on paper.",
        "is_recommended": True,
        "impacts": [make.ADDED, {"action": Action.REMOVED, "item": 2}],
    },
    {
        "title": "Launch later",
        "summary": "The same team builds it.",
        "launch_on": LAUNCH + dt.timedelta(days=21),
        "impacts": [make.ADDED | {"price_minor": 3_400_00}],
    },
]


@pytest.fixture
def contract(cast):
    lines = [("Visit pages", 8_300_00), ("Floor plan", 1_200_00)]
    draft = make.estimate(cast.project, by=cast.sam, lines=lines, launch_on=LAUNCH)
    make.answer(draft.send(by=cast.sam, deciders=[cast.cleo]), by=cast.cleo)
    cast.project = type(cast.project).get_by_id(cast.project.id)


@pytest.fixture
def send(cast, contract):
    def sent(**facts):
        draft = make.change(cast.project, by=cast.sam, **facts)
        return draft.send(by=cast.sam, deciders=[cast.cleo])

    return sent


def sign(page):
    page.get_by_role("link", name="Approve").click()
    page.get_by_label("Your name").fill("Cleo Janssen")
    page.get_by_role("checkbox", name="I have read").check()
    page.locator("#approve").get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("You approved")


def test_one_of_three_ways_is_chosen_and_signed(cast, send, signed_in, axe):
    sign_off = send(alternatives=WAYS)
    page = signed_in(cast.cleo, phone=True)
    page.goto(sign_off.path)
    expect(page.get_by_role("radio", name="Drop the floor plan")).to_be_checked()
    expect(page.locator("#strip")).to_contain_text("13,050")
    expect(page.get_by_role("button", name="Update total")).to_be_hidden()
    axe(page)

    page.get_by_role("radio", name="Launch later").check()
    expect(page.locator("#strip")).to_contain_text("12,900")
    expect(page.locator("#strip")).to_contain_text("12 June")
    for part in ("#answer", "#approve"):
        expect(page.locator(part)).to_contain_text("3,400")
    axe(page)
    sign(page)

    expect(page.get_by_role("main")).to_contain_text("“Launch later” was chosen")
    axe(page)
    page.goto("/projects/harbour/scope")
    expect(page.get_by_role("table").first).to_contain_text("Booking")
    now = baseline.of(cast.project)
    assert (now.total_minor, now.launch_on) == (12_900_00, LAUNCH + dt.timedelta(days=21))


def test_a_choice_works_without_javascript(cast, send, signed_in):
    sign_off = send(alternatives=WAYS)
    page = signed_in(cast.cleo, phone=True, javascript=False)
    page.goto(sign_off.path)

    page.get_by_role("radio", name="Pay more").check()
    page.get_by_role("button", name="Update total").click()
    expect(page.locator("#approve")).to_contain_text("4,750.00 EUR")
    sign(page)

    assert baseline.of(cast.project).total_minor == 14_250_00


def test_a_small_change_is_one_screen_to_read_and_one_to_sign(cast, send, signed_in, axe):
    row = {"action": Action.ADDED, "title": "Tide times on the home page", "section": "Visit pages"}
    row |= {"unit": "h", "quantity_thousandths": 9_000, "rate_minor": 95_00}
    words = {"title": "Tide times", "why": "The desk is asked for the tide forty times a day."}
    sign_off = send(impacts=[row], summary="Visitors see high and low water first.", **words)
    page = signed_in(cast.cleo, phone=True)
    page.goto(sign_off.path)
    expect(page.locator("#strip")).to_contain_text("10,355")
    axe(page)

    bar = page.locator("#answer").bounding_box()
    total = page.locator("#strip dl").bounding_box()
    assert total["y"] + total["height"] <= bar["y"]
    assert bar["y"] + bar["height"] <= SCREEN_PX
    assert page.locator("#approve").bounding_box()["height"] <= SCREEN_PX
    sign(page)


def test_a_producer_offers_another_way(cast, contract, signed_in, axe):
    make.change(cast.project, by=cast.sam)
    page = signed_in(cast.sam)
    page.goto("/projects/harbour/changes/1")
    page.get_by_role("button", name="Add an alternative").click()
    expect(page.get_by_role("heading", name="Alternative 2")).to_be_visible()

    second = page.get_by_role("region", name="Alternative 2")
    page.get_by_role("region", name="Alternative 1").get_by_label("Called").fill("Pay more")
    second.get_by_label("Called").fill("By the hour")
    second.get_by_label("We would choose this").check()
    second.get_by_label("Priced by").select_option("h")
    second.get_by_label("Quantity").fill("40")
    second.get_by_label("Price per unit").fill("95")
    expect(page.locator("#totals")).to_contain_text("40 h × 95")
    expect(page.locator("#totals")).to_contain_text("+3,800")
    axe(page)
    second.get_by_role("button", name="Take out").first.click()
    expect(page.get_by_role("heading", name="What changes")).to_be_visible()

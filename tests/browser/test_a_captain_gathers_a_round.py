"""Colleagues pin, a captain merges and drops on a phone, one more round is asked for and signed."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from portal.access.permissions import Role
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.prototypes.models import Pin, PinBatch, Prototype, Round
from portal.studio.rates import Rate
from tests import make
from tests import make_prototypes as made

pytestmark = pytest.mark.browser


@pytest.fixture
def salma(cast):
    person = make.user("Salma Idrissi", client=cast.client)
    make.member(person, cast.project, Role.REVIEWER)
    return person


@pytest.fixture
def led(cast, salma):
    """A version whose pins Vic gathers: three of Salma's, two of Cleo's, two on one spot."""
    picture = made.picture("home", 3, width=1200, height=1600)
    version = Prototype.add(cast.project, by=cast.sam, title="Plan your visit", looks=[picture])
    version.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic, salma])
    version.prototype.set_terms(by=cast.sam, included_rounds=2, captain=cast.vic)
    said = (
        (salma, 5_000, "The sun covers the last line."),
        (salma, 2_000, "Twice a day here, every 20 minutes below."),
        (salma, 8_000, "Make the logo bigger."),
        (cast.cleo, 5_100, "I cannot read the last line."),
        (cast.cleo, 9_000, "Nobody visits at 23:58."),
    )
    for who, y_bp, text in said:
        Pin.leave(version, by=who, screen=1, x_bp=4_000, y_bp=y_bp, text=text)
    PinBatch.publish(version, by=salma, note="The strip is nearly right.")
    PinBatch.publish(version, by=cast.cleo)
    return version


def test_a_captain_merges_drops_and_submits_on_a_phone(cast, led, salma, signed_in, axe):
    page = signed_in(cast.vic, phone=True)
    page.goto("/")
    page.get_by_role("link", name="Gather the pins of version 1").click()
    expect(page.get_by_role("heading", name="On one spot")).to_be_visible()
    axe(page)

    spot = page.locator(".spot-pins")
    spot.get_by_role("button", name="Merge", exact=True).last.click()
    expect(page.locator(".folded")).to_contain_text("I cannot read the last line.")
    logo = page.locator(".pins-list > li").filter(
        has=page.get_by_text("Make the logo bigger.", exact=True)
    )
    logo.get_by_text("Drop").first.click()
    logo.get_by_role("textbox", name="Why it stays out").fill("The board decided its size.")
    logo.get_by_role("button", name="Drop").click()
    expect(page.get_by_role("heading", name="Dropped")).to_be_visible()
    axe(page)

    page.get_by_role("textbox", name="Over all").fill("Please look at the strip first.")
    page.get_by_role("button", name="Submit round").click()
    expect(page.get_by_role("status")).to_contain_text("Submitted: 3 pins")
    assert Event.select().where(Event.verb == Verb.ROUND_SUBMITTED).count() == 1
    expect(page.locator(".rounds")).to_contain_text("Round 1 of 2 included rounds")


def test_a_colleague_reads_why_a_pin_stays_out(cast, led, salma, signed_in, axe):
    captain = signed_in(cast.vic, javascript=False)
    captain.goto("/projects/harbour/prototypes/1/rounds/1")
    logo = captain.locator(".pins-list > li").filter(
        has=captain.get_by_text("Make the logo bigger.", exact=True)
    )
    logo.get_by_text("Drop").first.click()
    logo.get_by_role("textbox", name="Why it stays out").fill("The board decided its size.")
    logo.get_by_role("button", name="Drop").click()

    page = signed_in(salma, phone=True, dark=True)
    page.goto("/projects/harbour/prototypes/1")
    axe(page)
    page.get_by_role("button", name="with colleagues").click()
    page.get_by_role("link", name="See what was shown to colleagues").click()
    expect(page.get_by_role("main")).to_contain_text("The board decided its size.")
    axe(page)


@pytest.fixture
def spent(cast):
    """Version 2 after the one included round; six hours of design are 660 euros."""
    make.amendment(cast.project, make.added("Design", 4_800_00), by=cast.cleo)
    Rate.add(role="Design", currency="EUR", hour_minor=110_00, from_on=dt.date(2026, 1, 1))
    picture = made.picture("home", 3, width=1200, height=1600)
    first = Prototype.add(cast.project, by=cast.sam, title="Plan your visit", looks=[picture])
    first.send(by=cast.sam, deciders=[cast.cleo])
    first.prototype.set_terms(by=cast.sam, included_rounds=1, role="Design", minutes=360)
    make.pins(first, by=cast.vic)
    second = Prototype.find(cast.project, 1).add_version(by=cast.sam)
    second.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])
    make.pins(second, by=cast.vic, texts=["The sun again."], publish=False)
    return second


def test_a_spent_round_becomes_a_change_request_that_is_signed(cast, spent, signed_in, axe):
    page = signed_in(cast.vic, phone=True)
    page.goto(spent.path)
    page.get_by_role("link", name="Publish first").click()
    page.get_by_role("button", name="Publish pins").click()
    expect(page.get_by_role("main")).to_contain_text("Your contract includes 1 round")
    expect(page.get_by_role("main")).to_contain_text("660")
    axe(page)
    page.get_by_role("button", name="Ask for this round").click()
    expect(page.locator(".rounds")).to_contain_text("Change request 1 asks for this round")
    axe(page)

    approver = signed_in(cast.cleo, phone=True)
    approver.goto("/")
    approver.get_by_role("link", name="Round 2 of revisions: Plan your visit", exact=True).click()
    approver.get_by_label("Your name").fill("Cleo Janssen")
    approver.get_by_role("checkbox", name="I have").check()
    approver.get_by_role("button", name="Approve").click()
    expect(approver.get_by_role("heading", level=1)).to_contain_text("You approved")

    page.reload()
    expect(page.locator(".rounds")).to_contain_text("Approved")
    assert Round.get(number=2).change.current.status == "approved"


def test_a_producer_sets_the_rounds_and_the_price_of_an_hour(cast, led, signed_in, axe):
    page = signed_in(cast.sam)
    page.goto("/studio/rates")
    card = page.get_by_role("region", name="Add a price")
    card.get_by_label("Role").fill("Design")
    card.get_by_label("An hour costs").fill("110")
    axe(page)
    card.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("table")).to_contain_text("110 EUR")

    page.goto(led.path)
    page.get_by_role("link", name="Rounds and captain").click()
    page.get_by_label("Rounds the contract includes").fill("3")
    page.get_by_label("Hours a further round takes").fill("6.5")
    page.get_by_label("Whose hours").select_option("Design")
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".rounds")).to_contain_text("Round 1 of 3 included rounds")
    assert Prototype.get().further_minutes == 390

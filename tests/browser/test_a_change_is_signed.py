"""A change request, from the producer's draft to the client's yes, in a real browser."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from portal.changes.models import ChangeVersion
from portal.scope import baseline
from tests import make

pytestmark = pytest.mark.browser

HERE = "/projects/harbour/changes"
LAUNCH = dt.date(2031, 5, 22)


@pytest.fixture
def contract(cast):
    lines = [("Visit pages", 8_300_00), ("Floor plan", 1_200_00)]
    draft = make.estimate(cast.project, by=cast.sam, lines=lines, launch_on=LAUNCH)
    make.answer(draft.send(by=cast.sam, deciders=[cast.cleo]), by=cast.cleo)


def test_a_change_is_priced_sent_and_signed(cast, contract, signed_in, axe):
    page = signed_in(cast.sam)
    page.goto(HERE)
    page.get_by_role("button", name="New change request").click()
    page.get_by_label("Title").fill("School groups")
    expect(page.locator("#saved")).to_contain_text("Saved")
    page.get_by_label("In one sentence").fill("Schools book by themselves.")
    page.get_by_label("Why").fill("Time.")

    page.get_by_role("button", name="Add something new").click()
    page.get_by_label("What", exact=True).fill("Booking")
    price = page.get_by_role("textbox", name="Price", exact=True)
    price.fill("about 500")
    expect(price).to_have_attribute("aria-invalid", "true")
    price.fill("4,750")
    expect(page.locator("#totals")).to_contain_text("+4,750")
    expect(price).not_to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Remove an item").click()
    page.get_by_label("Item").select_option("2")
    expect(page.locator("#totals")).to_contain_text("+3,550")
    expect(price).to_have_value("4,750")
    axe(page)

    page.get_by_role("button", name="Send for sign-off").click()
    expect(page.locator("h1")).to_have_text("School groups")

    phone = signed_in(cast.cleo, phone=True)
    phone.goto(f"{HERE}/1")
    expect(phone.locator("#sheet")).to_contain_text("+3,550")
    axe(phone)
    phone.get_by_label("Your name").fill("Cleo Janssen")
    phone.get_by_label("I have read").check()
    phone.locator("#approve").get_by_role("button", name="Approve").click()
    expect(phone.locator("h1")).to_be_visible()
    phone.goto("/projects/harbour/scope")
    expect(phone.get_by_role("table").first).to_contain_text("Booking")
    axe(phone)
    assert baseline.of(cast.project).total_minor == 13_050_00


def test_a_row_is_added_and_taken_out_without_javascript(cast, contract, signed_in):
    make.change(cast.project, by=cast.sam)
    page = signed_in(cast.sam, javascript=False)
    page.goto(f"{HERE}/1")

    page.get_by_label("Why").fill("Typed before the button.")
    page.get_by_role("button", name="Change an item").click()
    page.get_by_label("Item").select_option("1")
    page.get_by_role("button", name="Take out").first.click()

    expect(page.get_by_label("Why")).to_have_value("Typed before the button.")
    expect(page.get_by_label("Item")).to_have_value("1")
    assert [
        one.item_number for one in ChangeVersion.draft(cast.project, 1).recommended.impacts
    ] == [1]

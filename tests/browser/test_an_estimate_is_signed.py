"""From the producer's draft to the client's signature on a phone, in a real browser."""

import pytest
from playwright.sync_api import expect

from portal.scope import baseline
from portal.signoff.models import SignOff
from tests import make

pytestmark = pytest.mark.browser

OPTIONAL = {"is_optional": True}


@pytest.fixture
def sent(cast):
    draft = make.estimate(
        cast.project,
        by=cast.sam,
        title="The harbour soundwalk",
        lines=[("Recording day", 1_480_00), ("Sign-language film", 1_600_00, OPTIONAL)],
        taxes=[make.VAT],
    )
    return draft.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])


def test_a_producer_writes_an_estimate_and_sends_it(cast, signed_in, axe):
    page = signed_in(cast.sam)
    page.goto("/projects/harbour")
    page.get_by_role("button", name="New estimate").click()
    page.get_by_label("Title").fill("The harbour soundwalk")
    line = page.get_by_role("group", name="Line 1")
    line.get_by_label("Line", exact=True).fill("Recording day")
    line.get_by_label("Quantity").fill("1.5")
    line.get_by_label("Rate or price").fill("1000")

    expect(page.locator("#totals")).to_contain_text("1,500.00")
    expect(page.locator("#saved")).to_contain_text("Saved at")
    axe(page)
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The harbour soundwalk")
    expect(page.get_by_role("button", name="Approve").first).to_be_disabled()
    axe(page)
    page.get_by_role("link", name="Back to the draft").click()
    page.get_by_role("button", name="Send for sign-off").click()

    expect(page.get_by_role("complementary")).to_contain_text("Mail on its way")
    assert SignOff.get().amount_minor == 1_500_00


@pytest.mark.parametrize("dark", [False, True])
def test_an_approver_signs_on_a_phone(cast, sent, signed_in, axe, dark):
    page = signed_in(cast.cleo, phone=True, dark=dark)
    page.goto("/")
    axe(page)
    page.get_by_role("link", name="Read and answer").click()
    axe(page)

    page.locator("#option-2").check()  # The consent names it too, once chosen.
    for part in ("#sheet", "#strip", "#answer", "#approve"):
        expect(page.locator(part)).to_contain_text("3,080")

    page.get_by_role("link", name="Approve").click()
    page.get_by_label("Your name").fill("Cleo Janssen")
    page.get_by_role("checkbox", name="I have read estimate 1").check()
    page.get_by_role("button", name="Approve").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("You approved")
    axe(page)
    assert baseline.of(cast.project).total_minor == 3_080_00


def test_it_works_without_javascript(cast, sent, signed_in):
    page = signed_in(cast.cleo, phone=True, javascript=False)
    page.goto(sent.path)
    page.locator("#option-2").check()  # The consent names it too, once chosen.
    page.get_by_role("button", name="Update total").click()
    expect(page.locator("#approve")).to_contain_text("3,080.00 EUR")

    page.get_by_role("button", name="Approve").click()
    expect(page.locator("#approve")).to_contain_text("Type your name")
    page.get_by_label("Your name").fill("Cleo Janssen")
    page.get_by_role("checkbox", name="I have read estimate 1").check()
    page.get_by_role("button", name="Approve").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("You approved")


def test_a_reviewer_opines_and_finds_no_approve(cast, sent, signed_in, axe):
    page = signed_in(cast.vic, phone=True)
    page.goto(sent.path)
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    expect(page.get_by_role("link", name="Approve")).to_have_count(0)

    page.get_by_role("button", name="Looks good").click()

    expect(page.get_by_role("status")).to_contain_text("Your opinion is recorded")
    axe(page)

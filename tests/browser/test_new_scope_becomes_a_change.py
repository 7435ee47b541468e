"""What a client asked for beyond the contract: judged, priced, signed on a phone, done, verified."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from portal.scope import baseline
from tests import make

pytestmark = pytest.mark.browser

HERE = "/projects/harbour/feedback/1"


@pytest.fixture
def asked(cast):
    lines = [("Visit pages", 8_300_00)]
    launch = dt.date(2031, 5, 22)
    draft = make.estimate(cast.project, by=cast.sam, lines=lines, launch_on=launch)
    make.answer(draft.send(by=cast.sam, deciders=[cast.cleo]), by=cast.cleo)
    return make.feedback(cast.project, by=cast.vic, text="Can schools book by themselves?")


def judged_and_priced(desk):
    desk.goto("/inbox/harbour/1")
    desk.get_by_label("New scope").check()
    desk.get_by_label("Reason, Vic reads it").fill("Worth doing; no line builds it.")
    desk.get_by_role("button", name="Give verdict").click()
    expect(desk.get_by_text("The verdict is given.")).to_be_visible()
    desk.get_by_role("button", name="Turn into change request").click()
    expect(desk.get_by_label("Title")).to_have_value("Can schools book by themselves?")
    desk.get_by_role("button", name="Add something new").click()
    desk.get_by_label("What", exact=True).fill("Booking for schools")
    desk.get_by_role("textbox", name="Price", exact=True).fill("4,750")
    expect(desk.locator("#totals")).to_contain_text("+4,750")
    desk.get_by_label("In one sentence").fill("Schools book by themselves.")
    desk.get_by_role("button", name="Send for sign-off").click()
    expect(desk.locator("h1")).to_have_text("Can schools book by themselves?")


def test_from_new_scope_over_a_signed_change_to_verified(cast, asked, signed_in):
    desk, phone = signed_in(cast.sam), signed_in(cast.vic, phone=True)
    judged_and_priced(desk)

    phone.goto(HERE)
    expect(phone.get_by_text("The studio can offer it to you as a change request")).to_be_visible()
    expect(phone.get_by_role("link", name="Change request 1")).to_be_visible()

    signer = signed_in(cast.cleo, phone=True)
    signer.goto("/projects/harbour/changes/1")
    signer.get_by_label("Your name").fill("Cleo Janssen")
    signer.get_by_label("I have read").check()
    signer.locator("#approve").get_by_role("button", name="Approve").click()
    expect(signer.locator("h1")).to_contain_text("You approved")
    assert baseline.of(cast.project).total_minor == 13_050_00

    desk.goto("/inbox/harbour/1")
    desk.get_by_label("What was done").fill("Schools can book.")
    desk.get_by_role("button", name="Resolve").click()
    expect(desk.locator("#list")).to_contain_text("Nothing waits for us")
    phone.reload()
    phone.get_by_role("button", name="Verify").click()
    expect(phone.locator(".doc-id")).to_contain_text("Verified")

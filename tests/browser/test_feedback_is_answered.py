"""The producer judges feedback by keys at a desk; the client verifies it on a phone."""

import pytest
from playwright.sync_api import expect

from portal.feedback.words import Kind
from portal.threads.models import Note
from tests import make

pytestmark = pytest.mark.browser


def test_from_new_to_verified(cast, live, signed_in, axe):
    make.feedback(cast.project, by=cast.vic, text="The ferry leaves twice.", kind=Kind.DEFECT)
    desk = signed_in(cast.sam)
    desk.goto("/inbox")
    expect(desk.locator(".filters [aria-current]")).to_have_text("Our turn 1")
    axe(desk)
    desk.keyboard.press("j")
    desk.keyboard.press("o")
    expect(desk.get_by_role("heading", level=2)).to_have_text("The ferry leaves twice.")
    desk.keyboard.press("i")
    desk.keyboard.type("Half a day?")
    desk.get_by_role("button", name="Internal note").click()
    expect(desk.locator("#internal .msg")).to_contain_text("Half a day?")
    assert Note.get().text == "Half a day?"
    desk.keyboard.press("e")
    desk.keyboard.press("Space")
    desk.get_by_role("button", name="Give verdict").click()
    expect(desk.locator("#pane .error")).to_have_text("Say why: the client reads it.")
    desk.get_by_label("Reason, Vic reads it").fill("It is ours.")
    desk.get_by_role("button", name="Give verdict").click()
    expect(desk.get_by_role("button", name="Resolve")).to_be_visible()
    axe(desk)
    desk.get_by_role("button", name="Resolve").click()
    expect(desk.locator(".nav a[href='/inbox'] .count")).to_have_text("0")
    expect(desk.locator("#list")).to_contain_text("Nothing waits for us")

    phone = signed_in(cast.vic, phone=True)
    phone.goto("/projects/harbour/feedback/1")
    axe(phone)
    phone.get_by_role("button", name="Verify").click()
    expect(phone.locator("#pane .doc-id")).to_contain_text("Verified")
    assert "Half a day" not in phone.content()


def test_it_all_works_without_script(cast, live, signed_in):
    make.feedback(cast.project, by=cast.vic)
    desk = signed_in(cast.sam, javascript=False)
    desk.goto("/inbox")
    desk.get_by_role("link", name="Show only the tides").click()
    desk.get_by_label("Included revision").check()
    desk.get_by_label("Reason, Vic reads it").fill("Part of the strip.")
    desk.get_by_role("button", name="Give verdict").click()
    expect(desk.get_by_text("The verdict is given.")).to_be_visible()
    assert desk.url.endswith("/inbox/harbour/1")

    phone = signed_in(cast.vic, phone=True, javascript=False)
    phone.goto("/projects/harbour/feedback/1")
    phone.get_by_text("You see it otherwise?").click()
    phone.get_by_label("Why").fill("The minutes say otherwise.")
    phone.get_by_role("button", name="Contest").click()

    expect(phone.locator(".doc-id")).to_contain_text("Contested")


def test_single_keys_can_be_switched_off(cast, live, signed_in):
    make.feedback(cast.project, by=cast.vic)
    desk = signed_in(cast.sam)
    desk.goto("/inbox/harbour/1")
    desk.keyboard.press("?")
    desk.get_by_label("Single keys work in the inbox").uncheck()
    desk.get_by_role("button", name="Close").click()

    desk.keyboard.press("r")

    expect(desk.get_by_label("Reply", exact=True)).not_to_be_focused()

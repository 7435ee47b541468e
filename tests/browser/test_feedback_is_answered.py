"""A client files feedback on a phone; the producer judges it by keys at a desk; the client verifies."""

import io

import pytest
import pyvips
from playwright.sync_api import expect

from portal.feedback.models import Feedback
from portal.threads.models import Note
from tests import make

pytestmark = pytest.mark.browser


def photo():
    image = (pyvips.Image.black(1200, 800, bands=3) + 120).cast("uchar")
    content = image.copy(interpretation="srgb").write_to_buffer(".png")
    return {"name": "IMG 2041.png", "mimeType": "image/png", "buffer": io.BytesIO(content).read()}


def test_from_the_phone_to_verified(cast, live, signed_in, axe):
    phone = signed_in(cast.vic, phone=True)
    phone.goto("/projects/harbour/feedback/new")
    phone.get_by_label("Something is broken").check()
    phone.get_by_label("What did you notice?").fill("The ferry leaves twice.\nBoth at 10:15.")

    phone.reload()

    expect(phone.get_by_label("What did you notice?")).to_have_value(
        "The ferry leaves twice.\nBoth at 10:15."
    )
    expect(phone.get_by_label("Something is broken")).to_be_checked()
    phone.get_by_label("Pictures, up to 5").set_input_files(photo())
    phone.get_by_role("button", name="Leave feedback").click()
    expect(phone.get_by_role("status")).to_contain_text("It is filed as feedback 1")
    expect(phone.get_by_role("img", name="IMG 2041.png, picture 1 of 1")).to_be_visible()
    assert Feedback.get().place["viewport"] == "390 × 844"
    axe(phone)
    phone.goto("/projects/harbour/feedback/new")
    expect(phone.get_by_label("What did you notice?")).to_have_value("")
    axe(phone)

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
    expect(desk.get_by_role("status")).to_contain_text("The verdict is given.")
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

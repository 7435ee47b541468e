"""Pins where they are left: by thumb, by drag, by keyboard; and nothing half-written is lost."""

import pytest
from playwright.sync_api import expect

from portal.prototypes.models import Pin, PinStatus, Prototype
from portal.threads.models import reply
from tests import make
from tests import make_prototypes as made

pytestmark = pytest.mark.browser

PAGE = "/projects/harbour/prototypes/1/versions/1"
NEXT = "/projects/harbour/prototypes/1/versions/2"
PICTURE = "pin-board img"
WORDS = "#new-pin textarea"


@pytest.fixture
def sent(cast):
    """Version 1 of a prototype with one large screen, sent to Cleo; Vic may opine."""
    look = made.picture("home", 3, width=1200, height=1600)
    version = Prototype.add(cast.project, by=cast.sam, title="Plan your visit", looks=[look])
    version.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])
    return version


def begin(page, text="The sun covers"):
    page.goto(PAGE)
    page.locator(PICTURE).tap(position={"x": 120, "y": 150})
    page.locator(WORDS).fill(text)


def test_a_half_written_pin_survives_a_reload_and_is_gone_once_it_is_saved(cast, sent, signed_in):
    page = signed_in(cast.cleo, phone=True)
    begin(page)
    place = page.locator(".pin.new").get_attribute("x")

    page.reload()

    expect(page.locator(WORDS)).to_have_value("The sun covers")
    expect(page.locator(".pin.new.placed")).to_have_attribute("x", place)
    page.get_by_role("button", name="Save pin").click()
    expect(page.locator(".sheet-handle")).to_contain_text("1 unpublished")
    page.reload()
    expect(page.locator(".new-pin.placed")).to_have_count(0)
    assert f"{Pin.get().x_bp / 100:g}%" == place


def test_a_lost_connection_keeps_it_and_a_second_press_saves_it_once(
    cast, sent, signed_in, complaints
):
    page = signed_in(cast.cleo, phone=True)
    begin(page)
    page.route("**/pins?*", lambda route: route.abort())
    page.get_by_role("button", name="Save pin").click()
    expect(page.locator("#notice")).to_contain_text("what you typed is still here")

    complaints.clear()  # The browser says that it did not get through.
    page.unroute("**/pins?*")
    page.get_by_role("button", name="Save pin").click()

    expect(page.locator(".sheet-handle")).to_contain_text("1 unpublished")
    assert [pin.text for pin in Pin.select()] == ["The sun covers"]


def test_turning_the_phone_loses_neither_words_nor_place_nor_zoom(cast, sent, signed_in):
    page = signed_in(cast.cleo, phone=True)
    page.goto(PAGE)
    page.get_by_role("link", name="Larger").click()
    wide = page.locator(PICTURE).bounding_box()["width"]
    page.locator(PICTURE).tap(position={"x": 120, "y": 150})
    page.locator(WORDS).fill("The sun covers")

    page.set_viewport_size({"width": 844, "height": 390})

    expect(page.locator(WORDS)).to_have_value("The sun covers")
    expect(page.locator(".pin.new.placed")).to_be_visible()
    assert page.locator(PICTURE).bounding_box()["width"] == wide
    expect(page.get_by_role("link", name="Approve")).to_be_in_viewport()


def test_the_picture_has_the_screen_and_the_pins_come_up_as_a_sheet(cast, sent, signed_in, axe):
    make.pins(sent, by=cast.vic, texts=["Too blue", "Too loud"])
    page = signed_in(cast.cleo, phone=True)
    page.goto(PAGE)
    assert page.locator(".stage").bounding_box()["height"] > 844 / 2
    expect(page.get_by_text("Too blue")).to_be_hidden()
    axe(page)

    page.locator("#at-2 a").tap()

    expect(page.get_by_text("Too loud")).to_be_in_viewport()
    expect(page.locator("#at-2")).to_be_in_viewport()
    expect(page.locator("#talk-2").get_by_role("button", name="Reply")).to_be_visible()
    expect(page.get_by_role("link", name="Approve")).to_be_in_viewport()
    axe(page)
    page.keyboard.press("Escape")
    expect(page.get_by_text("Too loud")).to_be_hidden()
    expect(page.locator(".sheet-handle")).to_be_focused()


def test_without_scripts_the_list_stands_below_the_picture(cast, sent, signed_in):
    make.pins(sent, by=cast.vic)
    page = signed_in(cast.cleo, phone=True, javascript=False)
    page.goto(PAGE)

    expect(page.get_by_text("Too blue")).to_be_visible()
    expect(page.locator(".sheet-handle")).to_be_hidden()
    page.locator("#talk-1 summary").click()
    page.get_by_role("link", name="Open pin 1").click()
    page.get_by_label("Reply").fill("Me too.")
    page.get_by_role("button", name="Reply").click()
    expect(page.get_by_text("Me too.")).to_be_visible()


def test_a_region_is_drawn_with_shift(cast, sent, signed_in):
    page = signed_in(cast.cleo)
    page.goto(PAGE)
    box = page.locator(PICTURE).bounding_box()
    page.keyboard.down("Shift")
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 180, steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")
    page.locator(WORDS).fill("All of this")
    page.get_by_role("button", name="Save pin").click()

    expect(page.locator(".region.draft")).to_be_visible()
    pin = Pin.get()
    drawn = (pin.w_bp * box["width"] / 10_000, pin.h_bp * box["height"] / 10_000)
    assert drawn == pytest.approx((200, 80), abs=1)


def test_a_region_is_drawn_by_thumb_after_a_press_on_region(cast, sent, signed_in):
    page = signed_in(cast.cleo, phone=True)
    page.goto(PAGE)
    page.get_by_role("button", name="Region").click()
    drag_by_touch(page, (100, 250), (250, 330))

    page.locator(WORDS).fill("All of this")
    page.get_by_role("button", name="Save pin").click()

    expect(page.locator(".region.draft")).to_be_visible()
    expect(page.get_by_role("button", name="Region")).to_have_attribute("aria-pressed", "false")


def drag_by_touch(page, begin, end):
    """Move one finger, as the browser itself reports it."""
    session = page.context.new_cdp_session(page)
    points = [begin, tuple((a + b) // 2 for a, b in zip(begin, end, strict=True)), end]
    for kind, (x, y) in zip(("touchStart", "touchMove", "touchMove"), points, strict=True):
        where = {"type": kind, "touchPoints": [{"x": x, "y": y}]}
        session.send("Input.dispatchTouchEvent", where)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_mouse_that_drags_without_shift_moves_the_picture_and_pins_nothing(cast, sent, signed_in):
    page = signed_in(cast.cleo)
    page.goto(PAGE)
    page.mouse.move(500, 600)
    page.mouse.down()
    page.mouse.move(500, 400, steps=4)
    page.mouse.up()

    assert page.locator(".stage").evaluate("stage => stage.scrollTop") > 0
    expect(page.locator(".new-pin.placed")).to_have_count(0)


def test_a_pin_and_a_region_are_placed_by_keyboard_alone(cast, sent, signed_in):
    page = signed_in(cast.cleo)
    page.goto(PAGE)
    page.locator("#stage").focus()
    for key in ("Enter", "ArrowRight", "ArrowUp", "Shift+ArrowRight", "Shift+ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(WORDS)).to_be_focused()
    page.keyboard.type("By keyboard")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator(".pins-list")).to_contain_text("By keyboard")
    pin = Pin.get()
    assert (pin.x_bp, pin.is_region) == (5_100, True)


def test_the_answer_in_the_next_version_is_verified_or_reopened_with_a_word(
    cast, sent, signed_in, axe
):
    make.pins(sent, by=cast.cleo, texts=["Too blue", "Too loud"])
    for number, words in ((1, "Green now."), (2, "Softer.")):
        Pin.published(sent, number).address(words, by=cast.sam)
    sent.prototype.add_version(by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    page = signed_in(cast.cleo, phone=True)
    page.goto(NEXT)
    expect(page.locator(".sheet-handle")).to_contain_text("2 to verify")
    page.locator("#at-1 a").tap()
    page.get_by_role("button", name="Verify pin 1").click()
    expect(page.locator("#pins-verified")).to_be_visible()

    page.locator("#pin-2").get_by_text("Reopen").first.click()
    page.locator("#pin-2").get_by_label("What is still wrong?").fill("Still loud in the hall.")
    axe(page)
    page.locator("#pin-2").get_by_role("button", name="Reopen").click()

    expect(page.locator("#pin-2")).to_contain_text("Reopened")
    states = {pin.number: pin.status for pin in Pin.select()}
    assert states == {1: PinStatus.VERIFIED, 2: PinStatus.OPEN}


def test_a_thread_is_read_and_answered_beside_the_picture(cast, sent, signed_in, axe):
    make.pins(sent, by=cast.cleo)
    reply(Pin.published(sent, 1), by=cast.cleo, text="@Sam, which blue is it?")
    page = signed_in(cast.sam)
    page.goto(PAGE)
    page.get_by_text("1 message").click()
    pin = page.locator("#pin-1")  # The whole prototype has a thread too.
    expect(pin.locator("strong")).to_have_text("@Sam")

    pin.get_by_label("Reply").fill("The sea's.")
    pin.get_by_role("button", name="Reply").click()
    expect(page.locator("#talk-1 summary").first).to_contain_text("2 messages")
    pin.get_by_label("Internal note").fill("It was the old one.")
    pin.get_by_role("button", name="Internal note").click()
    expect(page.locator("#internal-1")).to_contain_text("It was the old one.")
    axe(page)

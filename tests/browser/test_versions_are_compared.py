"""Two versions are compared in each of four ways, by pointer, by key, by thumb, and by plain links."""

import io
import re
import time

import pytest
import pyvips
from playwright.sync_api import expect

from portal import storage
from portal.prototypes import jobs
from portal.prototypes.models import Prototype
from portal.prototypes.preparing.pictures import keep
from tests import make

pytestmark = pytest.mark.browser

PATH = "/projects/harbour/prototypes/1/versions/2/comparison"
PLACES = ([255, 90, 40], [20, 60, 40])


@pytest.fixture
def two(cast, settings):
    """Two versions: on the second screen of the second there are two boxes, on the first nothing."""
    storage.configure(settings)
    same, before = make.picture("Map", 3, width=900, height=600), drawn("Home")
    first = Prototype.add(cast.project, by=cast.sam, title="Visit", looks=[same, before])
    first.send(by=cast.sam, deciders=[cast.cleo])
    second = first.prototype.add_version(by=cast.sam, keeps_screens=False)
    second.add_screens([same, drawn("Home", (100, 120), (700, 1500))])
    second.send(by=cast.sam, deciders=[cast.cleo])
    return first, second


def drawn(name, *places):
    """A tall picture with a box of 120 × 80 pixels at each of these places."""
    made = pyvips.Image.black(1000, 1800, bands=3).linear([1] * 3, [230, 228, 220]).cast("uchar")
    for (left, top), colour in zip(places, PLACES, strict=False):
        made = made.draw_rect(colour, left, top, 120, 80, fill=True)
    made = made.copy(interpretation="srgb")
    return keep(io.BytesIO(made.write_to_buffer(".png")), f"{name}.png")


def opened(page, query=""):
    page.goto(PATH + query)
    until(page, "document.querySelector('zoom-stage').stages")
    return page.locator("compare-stage")


def until(page, script):
    """Wait for what is true in the page; our policy lets Playwright's own way run no text there."""
    deadline = time.monotonic() + 10
    while not page.evaluate(f"Boolean({script})"):
        assert time.monotonic() < deadline, script
        page.wait_for_timeout(50)


def tops(page):
    return page.evaluate(
        "[...document.querySelectorAll('.stage')].map(s => Math.round(s.scrollTop))"
    )


def widths(page):
    return page.evaluate("[...document.querySelectorAll('.shot')].map(s => s.offsetWidth)")


def test_four_ways_by_pointer(cast, two, signed_in, axe):
    jobs.compare()
    page = signed_in(cast.cleo)
    stage = opened(page)
    expect(stage).to_have_attribute("data-as", "side")
    expect(page.locator("#changes")).to_contain_text("One of two screens changed")
    axe(page)

    page.get_by_role("link", name="Swipe").click()
    line = page.get_by_role("slider", name="Where version 1 ends")
    box = page.locator(".newer .shot").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 4, box["y"] + 200, steps=4)
    page.mouse.up()
    expect(line).to_have_attribute("aria-valuenow", "25")
    assert page.url.endswith("as=swipe")

    page.get_by_role("link", name="Onion skin").click()
    page.get_by_role("slider", name="How much of version 2").fill("20")
    expect(page.locator(".now")).to_have_css("opacity", "0.2")
    page.get_by_role("link", name="Difference").click()
    expect(page.get_by_alt_text("What changed on Home")).to_be_visible()
    expect(page.locator(".regions g").first).to_be_visible()
    axe(page)


def test_four_ways_by_keyboard(cast, two, signed_in):
    jobs.compare()
    page = signed_in(cast.cleo)
    stage = opened(page)

    for key, way in {"4": "difference", "3": "onion", "1": "side", "2": "swipe"}.items():
        page.keyboard.press(key)
        expect(stage).to_have_attribute("data-as", way)
    line = page.get_by_role("slider", name="Where version 1 ends")
    expect(line).to_be_focused()
    for key in ("ArrowLeft", "ArrowLeft", "Home", "ArrowRight"):
        page.keyboard.press(key)
    expect(line).to_have_attribute("aria-valuenow", "2")
    page.keyboard.press("3")
    page.keyboard.press("ArrowRight")
    expect(page.locator("input[type=range]")).to_have_value("51")

    page.keyboard.press("Tab")
    page.keyboard.press("k")
    expect(page).to_have_url(re.compile("screen=1.*as=onion"))
    expect(page.locator("#changes [aria-current]")).to_contain_text("The same")
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("screen=2"))


def test_both_sides_zoom_and_move_together(cast, two, signed_in):
    jobs.compare()
    page = signed_in(cast.cleo)
    opened(page)
    before = widths(page)

    page.keyboard.press("+")
    page.keyboard.press("+")
    for width, larger in zip(before, widths(page), strict=True):
        assert abs(larger - width * 2.25) <= 2
    box = page.locator(".older").bounding_box()
    page.mouse.move(box["x"] + 200, box["y"] + 300)
    until(page, "document.querySelector('.older').scrollTop > 100")
    page.mouse.wheel(0, 250)
    until(page, "document.querySelector('.newer').scrollTop > 400")
    assert tops(page)[0] == tops(page)[1]
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 400, steps=5)
    page.mouse.up()
    until(page, "document.querySelector('.older').scrollTop < 600")
    assert tops(page)[0] == tops(page)[1]

    at = tops(page)[1]
    page.keyboard.press("2")
    page.keyboard.press("1")
    assert abs(tops(page)[1] - at) <= 2
    page.keyboard.press("0")
    assert widths(page) == before


def test_each_changed_place_is_shown_where_it_is(cast, two, signed_in):
    jobs.compare()
    page = signed_in(cast.cleo)
    opened(page)

    page.keyboard.press("d")
    expect(page.locator("#region-1")).to_be_visible()
    page.keyboard.press("d")
    expect(page.locator("#region-1")).to_be_hidden()
    expect(page.locator("#region-2")).to_be_in_viewport()
    assert page.evaluate("scrollY") == 0
    assert tops(page)[0] == tops(page)[1] > 0


def test_on_a_phone_one_swipes(cast, two, signed_in, axe):
    jobs.compare()
    page = signed_in(cast.cleo, phone=True)
    stage = opened(page)
    expect(stage).to_have_attribute("data-as", "swipe")
    axe(page)

    box = page.locator(".newer .shot").bounding_box()
    finger = page.context.new_cdp_session(page)
    for kind, part in (
        ("touchStart", 0.5),
        ("touchMove", 0.6),
        ("touchMove", 0.8),
        ("touchEnd", 0),
    ):
        points = [{"x": box["x"] + box["width"] * part, "y": box["y"] + 120}] if part else []
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    expect(page.get_by_role("slider")).to_have_attribute("aria-valuenow", "80")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_without_javascript_links_and_forms_do_it(cast, two, signed_in):
    page = signed_in(cast.cleo, javascript=False)
    page.goto(PATH)
    page.get_by_role("link", name="Swipe").click()
    expect(page.get_by_text("Swiping needs JavaScript")).to_be_visible()
    expect(page.locator(".older")).to_be_visible()
    page.get_by_role("link", name="Onion skin").click()
    page.get_by_role("link", name="25 %").click()
    expect(page.locator(".now")).to_have_css("opacity", "0.25")

    page.get_by_role("link", name="Difference").click()
    expect(page.get_by_text("The differences are being looked for.")).to_be_visible()
    jobs.compare()
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_alt_text("What changed on Home")).to_be_visible()


def test_a_page_that_waits_shows_what_was_found_and_asks_no_more(cast, two, signed_in):
    page = signed_in(cast.cleo)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, "?as=difference")
    expect(page.get_by_text("Looking for differences")).to_be_visible()

    jobs.compare()

    expect(page.get_by_alt_text("What changed on Home")).to_be_visible()
    expect(page.locator("#changes")).to_contain_text("2 places")
    asked.clear()
    page.wait_for_timeout(4_500)
    assert not [url for url in asked if "/comparison" in url]

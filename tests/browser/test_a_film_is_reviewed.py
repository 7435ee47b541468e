"""A client pins a moment and a range of a film, on the picture, and finds both again."""

import io

import pytest
from playwright.sync_api import expect

from portal import storage
from portal.prototypes import jobs
from portal.prototypes.models import Pin, Prototype
from portal.storage.models import Blob
from tests import make_files

pytestmark = pytest.mark.browser
HERE = "/projects/harbour/prototypes/1/versions/1"


@pytest.fixture
def film(cast, settings):
    """A film of six seconds, sent to Cleo."""
    storage.configure(settings)
    draft = Prototype.add(cast.project, by=cast.sam, title="The film")
    kept = Blob.keep(io.BytesIO(make_files.clip(6)), limit="prototype")
    draft.add_sources([("teaser.mp4", kept)], by=cast.sam)
    jobs.prepare()
    draft.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])
    return draft


def opened(page):
    page.goto(HERE)
    page.wait_for_function("document.querySelector('video').readyState > 0")
    return page


def seek(page, seconds):
    page.evaluate("at => { document.querySelector('video').currentTime = at }", seconds)
    expect(page.locator("[data-now]")).to_have_text(f"0:0{int(seconds)}")


def save(page, text):
    page.locator("#new-pin textarea").fill(text)
    page.get_by_role("button", name="Save pin").click()
    expect(page.locator(".panel")).to_contain_text(text)


def test_a_moment_is_pinned_on_the_picture_by_touch(cast, film, signed_in, axe):
    page = opened(signed_in(cast.cleo, phone=True))
    axe(page)
    seek(page, 2)

    page.get_by_role("button", name="Pin at 0:02").tap()
    frame = page.locator("video").bounding_box()
    page.touchscreen.tap(frame["x"] + frame["width"] / 4, frame["y"] + frame["height"] / 2)
    save(page, "The cut is too hard.")

    pin = Pin.get()
    assert abs(pin.at_ms - 2_000) < 100
    assert pin.until_ms is None
    assert abs(pin.x_bp - 2_500) < 150
    assert abs(pin.y_bp - 5_000) < 150
    assert page.evaluate("document.querySelector('video').paused")


def test_a_range_is_pinned_by_keyboard_and_leads_back_to_its_beginning(cast, film, signed_in):
    page = opened(signed_in(cast.cleo))
    seek(page, 1)
    page.locator("clip-player button").first.focus()
    page.keyboard.press("i")
    seek(page, 4)
    page.keyboard.press("o")
    save(page, "This part is too long.")

    pin = Pin.get()
    assert (round(pin.at_ms, -2), round(pin.until_ms, -2)) == (1_000, 4_000)
    seek(page, 5)
    page.get_by_role("link", name="Pin 1, show it on").click()
    expect(page.locator("[data-now]")).to_have_text("0:01")


def test_a_pin_is_on_the_picture_only_around_its_moment(cast, film, signed_in):
    Pin.leave(film, by=cast.cleo, screen=1, at_ms=2_000, x_bp=5_000, y_bp=5_000, text="Here")
    page = opened(signed_in(cast.cleo))
    mark = page.locator(".clip-frame .pin[data-at]")

    seek(page, 2)
    expect(mark).not_to_have_class("pin draft away")
    seek(page, 5)
    expect(mark).to_have_class("pin draft away")


def test_a_moment_can_be_named_without_javascript(cast, film, signed_in):
    page = signed_in(cast.vic, phone=True, javascript=False)
    page.goto(HERE)
    page.get_by_text("Leave a pin without touching").click()
    page.get_by_label("From").fill("0:03.5")
    page.locator("#new-pin textarea").fill("Here the sound is gone.")
    page.get_by_role("button", name="Save pin").click()

    expect(page.get_by_role("main")).to_contain_text("At 0:03")
    assert Pin.get().at_ms == 3_500

"""A page of a PDF is pinned by touch, a link by naming its page."""

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
def sent(cast, settings):
    """A PDF of eight pages and a link, sent to Cleo."""
    storage.configure(settings)
    draft = Prototype.add(cast.project, by=cast.sam, title="Brand book")
    kept = Blob.keep(io.BytesIO(make_files.pdf(8)), limit="prototype")
    draft.add_sources([("brand-book.pdf", kept)], by=cast.sam)
    jobs.prepare()
    draft.add_link("Staging", "https://staging.test/start")
    draft.send(by=cast.sam, deciders=[cast.cleo])
    return draft


def save(page, text):
    page.locator("#new-pin textarea").fill(text)
    page.get_by_role("button", name="Save pin").click()
    expect(page.locator(".panel")).to_contain_text(text)


def test_a_page_is_found_among_many_and_pinned_by_touch(cast, sent, signed_in, axe):
    page = signed_in(cast.cleo, phone=True)
    page.goto(HERE)
    page.locator(".jump summary").tap()
    axe(page)
    page.locator(".jump-list").get_by_role("link", name="Brand book, page 6").tap()
    expect(page.locator(".jump summary")).to_contain_text("6 of 9")

    box = page.locator("pin-board img").bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 4)
    save(page, "Typo in this line.")

    pin = Pin.get()
    assert pin.screen.page == 6
    assert abs(pin.x_bp - 5_000) < 150
    assert abs(pin.y_bp - 2_500) < 150


def test_a_link_is_opened_elsewhere_and_pinned_by_its_page(cast, sent, signed_in):
    page = signed_in(cast.cleo, phone=True)
    page.goto(f"{HERE}?screen=9")
    link = page.get_by_role("link", name="Open in a new tab")
    expect(link).to_have_attribute("href", "https://staging.test/start")
    expect(link).to_have_attribute("target", "_blank")

    page.locator(".sheet-handle").tap()
    page.get_by_text("Leave a pin without touching").tap()
    page.get_by_label("On which page").fill("/tickets, second row")
    save(page, "The price is last year's.")

    pin = Pin.get()
    assert (pin.screen.name, pin.route) == ("Staging", "/tickets, second row")
    assert pin.x_bp is None

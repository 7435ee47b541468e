"""A designer adds pictures, the client pins on a phone, the answer is signed."""

import pytest
from playwright.sync_api import expect

from portal.prototypes import jobs
from portal.prototypes.models import Pin
from portal.signoff.models import Decision
from tests import make_prototypes as made

pytestmark = pytest.mark.browser


@pytest.fixture
def sent(cast):
    """Version 1 of a prototype with one large screen, sent to Cleo; Vic may opine."""
    picture = made.picture("home", 3, width=1200, height=1600)
    version = made.Prototype.add(
        cast.project,
        by=cast.sam,
        title="Plan your visit",
        note="The first look.",
        looks=[picture],
    )
    version.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])
    return version


def test_a_producer_adds_pictures_and_sends_them(cast, signed_in, axe):
    page = signed_in(cast.sam)
    page.goto("/projects/harbour")
    page.get_by_role("link", name="Add prototype").click()
    page.get_by_label("Name").fill("Plan your visit")
    page.get_by_role("button", name="Add prototype").click()
    files = [
        {
            "name": f"{name}.png",
            "mimeType": "image/png",
            "buffer": made.image(n, width=800, height=600),
        }
        for n, name in enumerate(("Desktop", "Phone"))
    ]
    page.locator("upload-box input[type=file]").first.set_input_files(files)
    expect(page.locator("#screens")).to_contain_text("Phone.png")
    jobs.prepare()
    expect(page.locator(".screens > li")).to_have_count(2)
    axe(page)
    page.reload()

    page.get_by_role("button", name="Send for sign-off").click()

    expect(page.locator("#notice")).to_contain_text("Version 1 is sealed")


def test_a_client_pins_by_touch_publishes_once_and_asks_for_changes(cast, sent, signed_in, axe):
    page = signed_in(cast.cleo, phone=True)
    page.goto("/projects/harbour/prototypes/1")
    page.locator("pin-board img").tap(position={"x": 120, "y": 150})
    page.locator("#new-pin textarea").fill("The sun covers the last line.")
    page.get_by_role("button", name="Save pin").click()
    expect(page.locator(".sheet-handle")).to_contain_text("1 unpublished")
    axe(page)
    assert not Pin.get().batch_id
    page.reload()

    page.get_by_role("link", name="Publish first").click()
    expect(page.get_by_text("The sun covers the last line.").first).to_be_visible()
    page.get_by_role("button", name="Publish pins").click()
    expect(page.get_by_role("status").first).to_be_visible()
    assert Pin.get().batch_id
    page.get_by_role("link", name="Request changes").click()
    page.get_by_role("button", name="Request changes").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("You asked for changes")
    assert Decision.get().answer == "request_changes"


def test_pins_work_without_javascript(cast, sent, signed_in):
    page = signed_in(cast.vic, phone=True, javascript=False)
    page.goto("/projects/harbour/prototypes/1")
    page.get_by_text("Leave a pin without touching").click()
    page.locator("#new-pin textarea").fill("Too blue for a museum.")
    page.get_by_role("button", name="Save pin").click()
    page.get_by_role("button", name="Publish pins").click()

    expect(page.get_by_role("main")).to_contain_text("Too blue for a museum.")
    assert Pin.get().batch_id


def test_an_approver_approves_with_a_note(cast, sent, signed_in, axe):
    page = signed_in(cast.cleo, phone=True, dark=True)
    page.goto("/projects/harbour/prototypes/1")
    axe(page)
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Approve with notes").click()
    page.get_by_label("A note that goes with your yes").fill("Mind the tide.")
    page.get_by_label("Your name").fill("Cleo Janssen")
    page.get_by_role("checkbox", name="I have").check()
    page.get_by_role("button", name="Approve").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("You approved")
    assert Decision.get().answer == "approve_with_notes"

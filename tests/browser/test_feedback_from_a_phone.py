"""A client leaves feedback on a phone, from the page they are on, with pictures; nothing gets lost."""

import base64

import pytest
import pyvips
from playwright.sync_api import expect

from portal.access.models import Session
from portal.core import clock
from portal.feedback.models import Feedback
from tests import make
from tests.conftest import cookie_of

pytestmark = pytest.mark.browser

NEW = "/projects/harbour/feedback/new"
WORDS = "The ferry leaves twice.\nBoth at 10:15."
PASTE = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0))
  const clipboardData = new DataTransfer()
  clipboardData.items.add(new File([bytes], name, { type: "image/png" }))
  document.body.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
}"""


def png(shade):
    image = (pyvips.Image.black(1200, 800, bands=3) + shade).cast("uchar")
    return image.copy(interpretation="srgb").write_to_buffer(".png")


def photo(name, shade=120):
    return {"name": name, "mimeType": "image/png", "buffer": png(shade)}


def words(page):
    return page.get_by_label("What did you notice?")


def filled(page):
    page.get_by_label("Something is broken").check()
    words(page).fill(WORDS)
    page.get_by_label("Take a picture").set_input_files(photo("IMG 2041.png"))
    expect(page.locator(".tray li")).to_have_count(1)
    return page


def test_from_any_page_with_a_picture_from_camera_and_clipboard(cast, signed_in, axe):
    make.amendment(cast.project, make.added("Today strip", 6_400_00), by=cast.cleo)
    phone = signed_in(cast.vic, phone=True)
    phone.goto("/projects/harbour/scope/1")
    phone.locator(".top").get_by_role("link", name="Leave feedback").click()
    expect(phone.get_by_label("You were on Scope item 1: Today strip")).to_be_checked()
    filled(phone)
    phone.evaluate(PASTE, ["screen.png", base64.b64encode(png(40)).decode()])
    expect(phone.locator(".tray")).to_contain_text("screen.png")
    axe(phone)

    phone.get_by_role("button", name="Leave feedback").click()

    expect(phone.get_by_role("status")).to_contain_text("It is filed as feedback 1")
    expect(phone.get_by_role("img", name="screen.png, picture 2 of 2")).to_be_visible()
    assert Feedback.get().place["viewport"] == "390 × 844"
    assert Feedback.get().place["page"] == "/projects/harbour/scope/1"
    axe(phone)
    phone.get_by_role("link", name="Feedback", exact=True).click()
    expect(phone.get_by_role("listitem").filter(has_text="The ferry leaves twice")).to_contain_text(
        "New"
    )


def test_a_draft_outlives_a_reload_a_closed_tab_and_a_session_that_ended(
    app, cast, live, signed_in
):
    phone = signed_in(cast.vic, phone=True)
    phone.goto(NEW)
    filled(phone).close()
    again = phone.context.new_page()
    again.goto(NEW)
    expect(again.locator(".tray")).to_contain_text("IMG 2041.png")
    Session.update(ended_at=clock.now()).execute()

    again.get_by_role("button", name="Leave feedback").click()
    expect(again.get_by_role("button", name="Sign in")).to_be_visible()
    assert "next=/projects/harbour/feedback/new" in again.url
    name = app.config["SESSION_COOKIE_NAME"]
    phone.context.add_cookies([{"name": name, "value": cookie_of(app, cast.vic), "url": live}])
    again.goto(NEW)

    expect(words(again)).to_have_value(WORDS)
    expect(again.get_by_label("Something is broken")).to_be_checked()
    expect(again.locator("draft-note")).to_contain_text("kept on this device")
    again.get_by_role("button", name="Leave it and say another").click()
    expect(again.get_by_role("status").first).to_contain_text("What else?")
    expect(words(again)).to_have_value("")
    expect(again.locator(".tray li")).to_have_count(0)
    assert Feedback.get().pictures.count() == 1


def test_without_a_connection_nothing_is_sent_and_nothing_lost(cast, signed_in):
    phone = signed_in(cast.vic, phone=True)
    phone.goto(NEW)
    filled(phone).context.set_offline(True)

    phone.get_by_role("button", name="Leave feedback").click()
    expect(phone.get_by_text("There is no connection just now.")).to_be_visible()
    phone.context.set_offline(False)
    phone.get_by_role("button", name="Leave feedback").click()

    expect(phone.get_by_role("status")).to_contain_text("It is filed as feedback 1")


def test_a_picture_is_left_out_and_the_form_emptied(cast, signed_in):
    phone = signed_in(cast.vic, phone=True)
    phone.goto(NEW)
    filled(phone).get_by_label("Pictures, up to 5").set_input_files(
        [photo(f"{shade}.png", shade) for shade in range(5)]
    )
    expect(phone.get_by_text("5 pictures are the most.")).to_be_visible()

    phone.get_by_role("button", name="Leave out IMG 2041.png").click()
    expect(phone.get_by_text("4 pictures go along.")).to_be_visible()
    phone.get_by_role("button", name="Empty the form").click()

    expect(words(phone)).to_have_value("")
    expect(phone.locator(".tray li")).to_have_count(0)
    phone.reload()
    expect(words(phone)).to_have_value("")

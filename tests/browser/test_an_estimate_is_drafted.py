"""The editor saves itself while somebody types, and never takes anything out of their hands."""

import pytest
from playwright.sync_api import expect

from portal.estimates.models import EstimateVersion
from tests import make

pytestmark = pytest.mark.browser

HERE = "/projects/harbour/estimates/1"


@pytest.fixture
def draft(cast):
    return make.estimate(cast.project, by=cast.sam, lines=[("Design", 120_00), ("Build", 80_00)])


def whats(draft):
    return [line.what for _, lines in EstimateVersion.get_by_id(draft.id).parts() for line in lines]


def test_what_cannot_be_read_is_marked_where_it_stands(cast, draft, signed_in, axe):
    page = signed_in(cast.sam, phone=True, dark=True)
    page.goto(HERE)
    price = page.locator("#line-1-rate")

    price.fill("ninety")
    expect(price).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#saved")).to_contain_text("but for what is marked")
    axe(page)
    price.fill("95.50")
    expect(price).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#totals .grand")).to_contain_text("175.50")
    expect(price).to_be_focused()


def test_presses_that_follow_each_other_at_once_all_count(cast, draft, signed_in):
    page = signed_in(cast.sam)
    page.goto(HERE)
    page.locator("#line-2-what").fill("Building")
    page.evaluate("document.querySelectorAll('[value^=add-]').forEach(one => one.click())")

    expect(page.locator("#line-4-what")).to_be_focused()
    page.keyboard.type("Sound")
    page.get_by_label("More for Design").click()
    page.locator("#line-1").get_by_role("button", name="Move down").click()

    expect(page.locator(".line").first).to_have_attribute("id", "line-2")
    expect(page.locator("#saved")).to_contain_text("Saved at")
    assert whats(draft) == ["Building", "Design", "", "Sound"]


def test_a_save_that_waited_for_a_button_is_answered_too(cast, draft, signed_in):
    page, held = signed_in(cast.sam), []
    page.clock.install()
    page.goto(HERE)
    page.route("**/draft", lambda route, _: held.append(route), times=1)
    with page.expect_request("**/draft"):
        page.get_by_role("button", name="Add section").click()
    page.locator("#line-1-what").fill("Designs")
    page.clock.run_for(700)
    held[0].continue_()

    saves = page.locator("[name=edits]")
    expect(saves).to_have_value(str(draft.edits + 3))  # The button saves, and then acts.
    page.locator("#line-2-what").fill("Building")
    page.clock.run_for(700)
    expect(saves).to_have_value(str(draft.edits + 4))
    assert whats(draft) == ["Designs", "Building", ""]


def test_a_colleague_who_saved_meanwhile_is_seen_before_anything_is_replaced(
    cast, draft, signed_in
):
    page = signed_in(cast.sam)
    page.goto(HERE)
    draft.save_draft(by=cast.dora, edits=draft.edits, values={"lines": {1: {"what": "Dora's"}}})

    page.locator("#line-2-what").fill("Building")
    expect(page.locator("#notice")).to_contain_text("Dora Lindqvist saved this draft")
    expect(page.locator("#line-2-what")).to_have_value("Building")
    assert whats(draft) == ["Dora's", "Build"]

    page.get_by_role("button", name="Replace it with what I typed").click()
    expect(page.locator("#notice")).to_be_empty()
    assert whats(draft) == ["Design", "Building"]


PASTE = """([field, text]) => {
  const clipboardData = new DataTransfer()
  clipboardData.setData("text/plain", text)
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
}"""


def test_lines_are_pasted_moved_by_keyboard_and_by_mouse_and_a_removal_is_undone(
    cast, draft, signed_in, axe
):
    draft.add_section(by=cast.sam, title="Later")
    page = signed_in(cast.sam)
    page.goto(HERE)
    what = page.locator("#line-1-what")
    page.evaluate(PASTE, [what.element_handle(), "Texts\t12\th\t85\nFilm\tmany\th\t95"])

    expect(page.locator("#line-3-what")).to_have_value("Texts")
    expect(page.get_by_text("Quantity “many”: Write a number")).to_be_visible()
    expect(page.locator("#pasted")).to_have_value("Film\tmany\th\t95\n")
    axe(page)

    page.locator("#line-3-rate").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".line").first).to_have_attribute("id", "line-3")
    expect(page.locator("#line-3-rate")).to_be_focused()
    assert whats(draft) == ["Texts", "Design", "Build"]

    page.get_by_label("More for Design").click()
    page.locator("#line-1").get_by_role("button", name="Remove").click()
    expect(page.locator("#line-1")).to_have_count(0)
    page.reload()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#line-1-what")).to_have_value("Design")
    assert whats(draft) == ["Texts", "Design", "Build"]

    page.locator("#line-2").hover()
    later = page.get_by_role("region", name="Later")
    with page.expect_response("**/draft"):
        page.locator("#line-2 .grip").drag_to(later.locator(".add"))
    page.reload()
    expect(later.locator("#line-2")).to_have_count(1)


def test_without_javascript_each_button_keeps_what_was_typed(cast, draft, signed_in):
    page = signed_in(cast.sam, javascript=False)
    page.goto(HERE)
    page.locator("#line-1-what").fill("Design of ten pages")
    page.locator("#line-2-rate").fill("eighty")
    page.get_by_role("button", name="Add line").click()

    expect(page.locator("#line-2-rate")).to_have_value("eighty")
    expect(page.locator("#line-2-rate")).to_have_attribute("aria-invalid", "true")
    page.locator("#line-2-rate").fill("80")
    page.locator("#line-3-what").fill("Sound")
    page.get_by_role("button", name="Save", exact=True).click()
    assert whats(draft) == ["Design of ten pages", "Build", "Sound"]

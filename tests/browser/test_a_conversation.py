"""A client writes on the project; the producer reads it, sees it as the client does, and answers."""

import pytest
from playwright.sync_api import expect

from portal.threads.conversation import Conversation
from portal.threads.models import Message, ReadMark, note, reply
from tests import make

pytestmark = pytest.mark.browser
CANARY = "quagga-99-internal"


def test_reading_makes_it_read_and_the_clients_eyes_see_nothing_internal(
    cast, live, signed_in, axe
):
    talk = Conversation(cast.project)
    reply(talk, by=cast.cleo, text="When do we **meet**?")
    note(talk, by=cast.dora, text=f"They pay late: {CANARY}")
    desk = signed_in(cast.sam)
    desk.goto("/projects/harbour")
    expect(desk.get_by_role("region", name="New to you")).to_contain_text("2 new")

    with desk.expect_response(lambda answer: "/readings" in answer.url):
        desk.get_by_role("link", name="Conversation").first.click()
    assert ReadMark.get().message_number == 1
    axe(desk)
    desk.goto("/projects/harbour")
    expect(desk.get_by_role("region", name="New to you")).to_have_count(0)

    desk.goto("/projects/harbour/people")
    desk.get_by_role("button", name="View as Cleo").click()
    expect(desk.get_by_text("You see this project as Cleo Janssen does")).to_be_visible()
    desk.goto("/projects/harbour/conversation")
    assert CANARY not in desk.content()
    desk.get_by_label("Write").fill("In her name")
    desk.get_by_role("button", name="Write").click()
    expect(desk.get_by_role("status")).to_contain_text("End the view first")
    axe(desk)
    desk.get_by_role("button", name="End the view").click()
    assert Message.select().count() == 1


def test_a_half_written_reply_stays_when_the_page_around_it_is_drawn_anew(cast, live, signed_in):
    reply(Conversation(cast.project), by=cast.cleo, text="When do we meet?")
    desk = signed_in(cast.sam)
    desk.goto("/projects/harbour/conversation")
    desk.get_by_label("Write").fill("On **Mon")

    desk.get_by_label("Internal note").fill("Ask Dora.")
    desk.get_by_role("button", name="Internal note").click()
    expect(desk.locator("#internal .msg")).to_contain_text("Ask Dora.")

    expect(desk.get_by_label("Internal note")).to_have_value("")
    expect(desk.get_by_label("Write")).to_have_value("On **Mon")
    desk.get_by_label("Write").fill("On **Monday**.")
    desk.locator("#reply").get_by_role("button", name="Preview").click()
    expect(desk.locator("#reply-preview strong")).to_have_text("Monday")
    desk.get_by_role("button", name="Write").click()
    expect(desk.locator("#message-2 strong")).to_have_text("Monday")
    expect(desk.get_by_label("Write")).to_have_value("")


def test_who_is_named_is_offered_and_taken_by_keys(cast, live, signed_in, axe):
    desk = signed_in(cast.sam)
    desk.goto("/projects/harbour/conversation")
    field, offer = desk.get_by_label("Write"), desk.get_by_role("listbox", name="Who can be named")
    named = offer.get_by_role("option")
    field.press_sequentially("Dear @")
    expect(named).to_have_text(["Dora Lindqvist", "Cleo Janssen", "Vic Aalto"])
    field.press("ArrowDown")
    expect(offer.get_by_role("option", selected=True)).to_have_text("Cleo Janssen")
    axe(desk)
    field.press("Enter")
    expect(field).to_have_value("Dear @Cleo Janssen ")
    field.press_sequentially("and @aal")
    offer.get_by_role("option", name="Vic Aalto").click()
    field.press_sequentially("meet @")
    field.press("Escape")
    expect(field).to_be_focused()
    expect(field).to_have_value("Dear @Cleo Janssen and @Vic Aalto meet @")
    desk.get_by_label("Internal note").press_sequentially("@")
    expect(named).to_have_text(["Dora Lindqvist"])


def test_an_estimate_is_talked_about_on_the_page_where_it_is_signed(cast, live, signed_in, axe):
    draft = make.estimate(cast.project, by=cast.sam)
    note(draft.estimate, by=cast.dora, text=f"They pay late: {CANARY}")
    sent = draft.send(by=cast.sam, deciders=[cast.cleo])
    phone = signed_in(cast.cleo)
    phone.set_viewport_size({"width": 390, "height": 844})
    phone.goto(sent.path)
    panel = phone.get_by_role("region", name="Conversation")
    panel.scroll_into_view_if_needed()
    expect(panel.get_by_text("Goes to Sam Moreau")).to_be_visible()
    panel.get_by_label("Write").fill("Is the **ferry** in?")
    panel.get_by_role("button", name="Write").click()
    expect(panel.locator("strong")).to_have_text("ferry")
    expect(panel.get_by_role("link", name="Edit")).to_be_visible()
    assert CANARY not in phone.content()
    axe(phone)

    desk = signed_in(cast.sam)
    desk.goto("/projects/harbour/estimates/1")
    with desk.expect_response(lambda answer: "/readings" in answer.url):
        desk.get_by_role("region", name="Conversation").evaluate("panel => panel.scrollIntoView()")
    expect(desk.get_by_role("region", name="Conversation")).to_contain_text(CANARY)
    assert ReadMark.get(ReadMark.user == cast.sam).message_number == 1
    axe(desk)

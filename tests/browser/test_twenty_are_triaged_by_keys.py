"""A producer comes in on a Monday: twenty things in the inbox, and no hand on the mouse."""

import pytest
from playwright.sync_api import expect

from portal.feedback.models import Feedback, Handling, Verdict
from portal.feedback.words import FeedbackStatus, VerdictKind
from tests import make

pytestmark = pytest.mark.browser

JUDGED, GIVEN, SNOOZED = 12, 4, 4


@pytest.fixture
def desk(cast, live, signed_in):
    """The inbox with twenty things in it, the oldest first."""
    for n in range(JUDGED + GIVEN + SNOOZED):
        make.feedback(cast.project, by=cast.vic, text=f"Door {n:02} sticks")
    desk = signed_in(cast.sam)
    desk.goto("/inbox")
    return desk


def press(desk, *keys):
    for key in keys:
        desk.keyboard.press(key)


def judge_next(desk, n):
    """Open the next one, call it a defect, say why, send it."""
    press(desk, "j", "o")
    expect(desk.locator("#pane-title")).to_have_text(f"Door {n:02} sticks")
    press(desk, "e", "Space", "Tab")
    desk.keyboard.type("It is ours.")
    press(desk, "Control+Enter")
    expect(desk.locator("#pane")).to_contain_text("gave the verdict Defect")


def tick_next(desk, count):
    for _ in range(count):
        press(desk, "j", "x")


def test_twenty_by_keys(cast, desk, axe):
    for n in range(JUDGED):
        judge_next(desk, n)
    assert Verdict.select().where(Verdict.kind == VerdictKind.DEFECT).count() == JUDGED

    tick_next(desk, GIVEN)
    expect(desk.locator("#bulk")).to_be_visible()
    press(desk, "a")
    axe(desk)
    press(desk, "Tab", "Enter")
    expect(desk.get_by_role("status").filter(has_text="4 in the hands of")).to_be_visible()
    assert Handling.select().where(Handling.assignee == cast.sam).count() == GIVEN

    press(desk, *["j"] * GIVEN)
    tick_next(desk, SNOOZED)
    press(desk, "s", "Tab", "Enter")
    expect(desk.get_by_role("link", name="Snoozed 4")).to_be_visible()
    assert Handling.select().where(Handling.wakes_at.is_null(False)).count() == SNOOZED

    desk.get_by_role("button", name="Undo").press("Enter")
    expect(desk.get_by_role("link", name="Snoozed 0")).to_be_visible()
    triaged = Feedback.select().where(Feedback.status == FeedbackStatus.TRIAGED)
    assert triaged.count() == JUDGED


def test_what_comes_meanwhile_is_announced_and_moves_nothing(cast, desk):
    press(desk, "j", "o")
    before = desk.locator("#list ul").bounding_box()
    make.feedback(cast.project, by=cast.cleo, text="A window, too")

    desk.evaluate("document.querySelector('still-open').look()")

    expect(desk.get_by_role("link", name="1 new item")).to_be_visible()
    assert desk.locator("#list ul").bounding_box() == before
    desk.get_by_role("link", name="1 new item").click()
    expect(desk.locator("#list")).to_contain_text("A window, too")
    expect(desk.locator("#pane-title")).to_have_text("Door 00 sticks")

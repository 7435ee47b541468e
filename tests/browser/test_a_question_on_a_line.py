"""A client asks at a line on a phone, reads the answer there and signs; an old page says so."""

import pytest
from playwright.sync_api import expect

from portal.estimates.models import Estimate
from portal.signoff.models import Decision, LineQuestion
from tests import make

pytestmark = pytest.mark.browser

ASKED, SAID = "Is the ferry crew in it?", "Yes, for the whole day."


@pytest.fixture
def sent(cast):
    draft = make.estimate(
        cast.project,
        by=cast.sam,
        title="The harbour soundwalk",
        lines=[("Recording day", 1_480_00), ("Film", 1_600_00, {"is_optional": True})],
    )
    return draft.send(by=cast.sam, deciders=[cast.cleo])


def back(page):
    """Come back to the page, as from another tab: then it looks at once how it stands."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_asked_answered_signed_and_on_the_receipt(cast, sent, signed_in, axe):
    phone = signed_in(cast.cleo, phone=True)
    phone.goto(sent.path)
    phone.get_by_label("Your name").fill("Cleo Janssen")
    line = phone.locator("#talk-line-1")
    phone.get_by_text("Ask about a line").click()
    line.get_by_text("Ask about Recording day").click()
    line.get_by_role("textbox").fill(ASKED)
    phone.get_by_role("checkbox", name="Film").first.check()
    expect(phone.locator("#approve")).to_contain_text("3,080.00 EUR")
    expect(line.get_by_role("textbox")).to_have_value(ASKED)
    line.get_by_role("button", name="Ask").click()
    expect(line.get_by_role("article")).to_contain_text("Waits for the studio")
    axe(phone)

    desk = signed_in(cast.sam)
    desk.goto("/")
    desk.get_by_role("link", name="1 open question").click()
    there = desk.locator("#talk-line-1")
    there.get_by_label("Reply to question 1").fill(SAID)
    there.get_by_role("button", name="Reply").click()
    expect(there).to_contain_text("Answered")
    axe(desk)

    phone.goto(LineQuestion.get().path)
    expect(phone.locator("#question-1")).to_contain_text(SAID)
    phone.get_by_role("link", name="Approve").click()
    phone.get_by_label("Your name").fill("Cleo Janssen")
    phone.get_by_role("checkbox", name="I have read estimate 1").check()
    phone.get_by_role("button", name="Approve").click()
    questions = phone.get_by_role("region", name="Questions and answers")
    expect(questions).to_contain_text(ASKED)
    expect(questions).to_contain_text(SAID)


def test_a_page_left_open_says_that_version_2_replaced_it(cast, sent, signed_in, axe):
    phone = signed_in(cast.cleo, phone=True)
    phone.goto(sent.path)
    phone.get_by_label("Your name").fill("Cleo J")
    back(phone)
    expect(phone.get_by_role("alert")).to_have_count(0)

    Estimate.get().revise(by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    back(phone)

    alert = phone.get_by_role("alert")
    expect(alert).to_contain_text("A newer version replaced estimate 1, version 1.")
    expect(phone.get_by_label("Your name")).to_have_value("Cleo J")
    axe(phone)
    phone.get_by_role("complementary").get_by_role("link", name="Read version 2").click()
    expect(phone.locator(".doc-id").first).to_contain_text("version 2")
    assert not Decision.select().exists()


def test_it_works_without_javascript(cast, sent, signed_in):
    phone = signed_in(cast.cleo, phone=True, javascript=False)
    phone.goto(f"{sent.path}?choose=1&option=2")
    phone.get_by_text("Ask about a line").click()
    line = phone.locator("#talk-line-2")
    line.get_by_text("Ask about Film").click()
    line.get_by_role("button", name="Ask").click()
    phone.get_by_label("Your question").fill(ASKED)
    phone.get_by_role("button", name="Ask").click()

    expect(phone.locator("#talk-line-2 article")).to_contain_text(ASKED)
    expect(phone.locator("#approve")).to_contain_text("3,080.00 EUR")

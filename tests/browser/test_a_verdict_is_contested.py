"""A client contests a verdict on the phone; the studio looks again, and that is final for both."""

import pytest
from playwright.sync_api import expect

from portal.feedback.words import VerdictKind
from tests import make

pytestmark = pytest.mark.browser

HERE = "/projects/harbour/feedback/1"


def test_once_with_a_reason_then_it_is_final(cast, signed_in, axe):
    item = make.feedback(cast.project, by=cast.vic)
    make.verdict(item, by=cast.sam, kind=VerdictKind.NEW_SCOPE, reason="No line says so.")
    phone = signed_in(cast.vic, phone=True)
    phone.goto(HERE)
    phone.get_by_text("You see it otherwise?").click()
    phone.get_by_role("button", name="Contest").click()
    expect(phone.get_by_text("Say why; the studio reads it.")).to_be_visible()
    phone.get_by_label("Why").fill("Page 4 says so.")
    phone.get_by_role("button", name="Contest").click()
    expect(phone.locator(".doc-id")).to_contain_text("Contested")
    expect(phone.get_by_text("You contested this on")).to_be_visible()
    expect(phone.get_by_role("button", name="Contest")).to_have_count(0)
    axe(phone)

    desk = signed_in(cast.sam)
    desk.goto("/inbox?show=contested")
    desk.get_by_role("link", name="Show only the tides").click()
    expect(desk.get_by_text("Vic Aalto contests it.")).to_be_visible()
    desk.get_by_label("Included revision").check()
    desk.get_by_label("Reason, Vic reads it").fill("It does. We do it.")
    desk.get_by_role("button", name="Give verdict").click()
    expect(desk.get_by_text("It is final")).to_be_visible()
    expect(desk.get_by_role("button", name="Give verdict")).to_have_count(0)

    phone.reload()
    expect(phone.get_by_text("This is final")).to_be_visible()
    expect(phone.get_by_text("You see it otherwise?")).to_have_count(0)
    axe(phone)

"""A complaint goes further, is resolved, and the client says without signing in how that went."""

import re

import pytest
from playwright.sync_api import expect

from portal.feedback.models import Feedback
from portal.feedback.words import VerdictKind
from portal.projects.promises import Promise
from tests import make

pytestmark = pytest.mark.browser


def test_from_a_complaint_to_a_figure(cast, live, signed_in, letters, axe):
    kim = make.producer("Kim Smit")
    Promise.give(cast.client, by=cast.sam, first_response_minutes=240, resolution_minutes=1800)
    Promise.name_for_complaints(cast.client, kim, by=cast.sam)
    complain(signed_in(cast.vic, phone=True))
    assert mail_to(kim, letters)["Subject"] == "Complaint from Harbour Museum: Harbour"

    item = Feedback.get()
    item.give_verdict(VerdictKind.DEFECT, by=cast.sam, seen=0, reason="It is ours.")
    resolve(signed_in(cast.sam))

    phone = signed_in(None, phone=True)
    phone.goto(link_in(mail_to(cast.vic, letters)))
    axe(phone)
    phone.get_by_role("button", name="Not good").click()
    phone.get_by_label("Why?").fill("Two days for one word.")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_text("The studio has what you wrote.")).to_be_visible()

    desk = signed_in(cast.sam)
    desk.goto("/care")
    axe(desk)
    expect(desk.get_by_role("region", name="Satisfaction")).to_contain_text("0 of 1 (0%) said")
    expect(desk.get_by_role("region", name="Not good")).to_contain_text("Two days for one word.")


def complain(phone):
    phone.goto("/projects/harbour/feedback/new")
    phone.get_by_label("Complaint").check()
    phone.get_by_label("What did you notice?").fill("Nobody answers the phone.")
    phone.get_by_role("button", name="Leave feedback").click()
    expect(phone.locator(".doc-id")).to_contain_text("New")


def resolve(desk):
    desk.goto("/inbox/harbour/1")
    desk.get_by_role("button", name="Resolve").click()
    expect(desk.locator("#list")).to_contain_text("Nothing waits for us")


def mail_to(person, letters):
    return [one for one in letters() if one["To"].addresses[0].addr_spec == person.email][-1]


def link_in(mail):
    return re.search(r"http\S+/care/answers/\S+", mail.get_body(("plain",)).get_content())[0]

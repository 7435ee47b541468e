"""Getting in: by an invitation and a code, and by a password one sets oneself."""

import re

import pytest
from playwright.sync_api import expect

from portal.access.permissions import Role
from tests import make

pytestmark = pytest.mark.browser


def link_in(letter):
    return re.search(r"http://127\.0\.0\.1:\d+(/invitations/\S+)", text(letter))[1]


def code_in(letter):
    return "".join(re.search(r"\b(\d{3}) ?(\d{3})\b", text(letter)).groups())


def text(letter):
    return letter.get_body(("plain",)).get_content()


def test_an_invited_person_comes_in_by_link_button_and_code(cast, signed_in, letters, axe):
    joris = make.user("Joris Verhaegen", client=cast.client)
    cast.project.add_member(joris, Role.SPONSOR, by=cast.sam)
    page = signed_in(None, phone=True)

    page.goto(link_in(letters()[-1]))
    expect(page.get_by_role("main")).to_contain_text("Sam Moreau")
    axe(page)
    page.get_by_role("button", name="Mail me a code").click()
    axe(page)
    page.get_by_label("Six digits").fill("000000")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("main")).to_contain_text("not right")
    page.get_by_label("Six digits").fill(code_in(letters()[-1]))
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Harbour")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_person_sets_a_password_and_comes_in_by_it(cast, signed_in, axe):
    page = signed_in(cast.cleo)
    page.goto("/account")
    axe(page)
    page.get_by_label("New password").fill("seven brave herons")
    page.get_by_role("button", name="password").click()
    expect(page.get_by_role("status")).to_contain_text("Your password is set")
    page.get_by_role("button", name="Sign out").first.click()

    page.get_by_label("E-mail").fill(cast.cleo.email)
    page.get_by_label("Password").fill("seven brave herons")
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Nothing waits for you")
    axe(page)


def test_a_rival_finds_one_static_page(cast, signed_in):
    page = signed_in(cast.otto)
    for path in ("/projects/harbour", "/projects/harbour/scope", "/projects/nowhere"):
        assert page.goto(path).status == 404
        expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing here for you")

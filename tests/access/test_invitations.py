"""A link is an invitation, never an identity: it opens a page, and a code opens the portal."""

import datetime as dt
import re

import pytest
import time_machine

from portal.access.models import Code, Invitation, Session
from portal.access.models.invitations import INVITATION_DAYS
from portal.access.permissions import HouseRole, Role
from portal.core import clock
from portal.core.errors import Conflict, DomainError
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from tests import make


@pytest.fixture
def nell(cast):
    """Somebody of the client who was just invited."""
    nell = make.user("Nell Faber", client=cast.client)
    cast.project.add_member(nell, Role.APPROVER, by=cast.sam)
    return nell


@pytest.fixture
def invitation(nell):
    return nell.invitations.get()


@pytest.fixture
def path(app, invitation):
    return f"/invitations/{invitation.token(app.secret_key)}"


def later(**span):
    return time_machine.travel(clock.now() + dt.timedelta(**span), tick=False)


def text_of(letter):
    return letter.get_body(("plain",)).get_content()


def digits_in(letter):
    return re.search(r"\b(\d{3}) (\d{3})\b", text_of(letter)).expand(r"\1\2")


def test_the_whole_way_in(as_, nell, letters, cast):
    """Letter, page, button, code in the same browser, session."""
    link = re.search(r"(/invitations/\S+)", text_of(letters()[-1]))[1]
    browser = as_(None)

    page = browser.get(link)
    assert "Sam Moreau invites you to Harbour" in page.text
    assert browser.post(link).location == "/sign-in/code"
    entered = browser.post("/sign-in/code", data={"code": digits_in(letters()[-1])})

    assert entered.location == "/projects/harbour"
    assert browser.get("/projects/harbour").status_code == 200
    assert nell.invitations.get().accepted_at
    assert Event.select().where(Event.verb == Verb.INVITATION_ACCEPTED).count() == 1


def test_the_letter_says_who_invites_and_until_when(nell, letters):
    letter = letters()[-1]

    assert letter["Subject"] == "Sam Moreau invites you to Harbour"
    assert letter["To"] == "Nell Faber <nell.faber@demo.test>"
    assert "It signs nobody in" in text_of(letter)


def test_opening_the_link_signs_nobody_in_and_does_not_use_it_up(as_, path, nell):
    for _ in range(3):
        assert as_(None).get(path).status_code == 200
        assert as_(None).head(path).status_code == 200

    assert Session.select().count() == Code.select().count() == 0
    assert nell.invitations.get().accepted_at is None


def test_a_scanner_that_presses_the_button_gets_nobody_in(as_, path, nell, letters):
    """It can have one code mailed to the address on file; the person still comes in."""
    before = len(letters())
    scanner, person = as_(None), as_(None)
    for _ in range(4):
        scanner.post(path)
    assert (len(letters()) - before, Session.select().count()) == (1, 0)

    busy = person.post(path)
    assert (busy.status_code, "Mail me a code" in busy.text) == (429, True)
    with later(minutes=1.1):
        person.post(path)
        code = digits_in(letters()[-1])
        assert person.post("/sign-in/code", data={"code": code}).status_code == 303


def test_pressing_twice_leads_to_the_code_that_is_on_its_way(as_, path, nell, letters):
    browser = as_(None)
    browser.post(path)
    before = len(letters())

    assert browser.post(path).location == "/sign-in/code"
    assert len(letters()) == before


def test_the_link_stays_good_until_its_last_day(as_, path, nell, letters):
    browser = as_(None)
    browser.post(path)
    browser.post("/sign-in/code", data={"code": digits_in(letters()[-1])})

    with later(days=INVITATION_DAYS - 0.1):
        assert as_(None).get(path).status_code == 200
    with later(days=INVITATION_DAYS + 0.1):
        answer = as_(None).get(path)
        assert (answer.status_code, "too old" in answer.text) == (409, True)


def test_coming_in_twice_is_recorded_once(cast, nell, invitation):
    Invitation.accepted_by(nell, invitation.id)
    Invitation.accepted_by(nell, invitation.id)

    assert Event.select().where(Event.verb == Verb.INVITATION_ACCEPTED).count() == 1


def test_nobody_accepts_for_another(cast, nell, invitation):
    Invitation.accepted_by(cast.otto, invitation.id)

    assert nell.invitations.get().accepted_at is None


def test_what_was_taken_back_meanwhile_is_not_accepted(cast, nell, invitation):
    cast.project.revoke_invitation(invitation)
    Invitation.accepted_by(nell, invitation.id)

    assert nell.invitations.get().accepted_at is None


@pytest.mark.parametrize("how", ["revoked", "removed", "disabled"])
def test_an_invitation_that_was_taken_back_says_so(as_, cast, invitation, path, how):
    nell = invitation.user
    if how == "revoked":
        cast.project.revoke_invitation(invitation)
    elif how == "removed":
        cast.project.remove_member(nell.memberships.get(), by=cast.sam)
    else:
        nell.disabled_at = clock.now()
        nell.save()

    for answer in (as_(None).get(path), as_(None).post(path)):
        assert (answer.status_code, "taken back" in answer.text) == (409, True)


def test_a_link_that_was_changed_or_cut_opens_nothing(as_, cast, invitation, path, app):
    from portal.core import tokens

    other = tokens.sign(app.secret_key, "code", {"id": invitation.id, "nonce": invitation.nonce})
    guessed = tokens.sign("another key", "invitation", {"id": 1, "nonce": "x"})
    for token in (path[len("/invitations/") : -3], "x", other, guessed):
        with pytest.raises(DomainError, match="not complete"):
            Invitation.read(app.secret_key, token)
        assert as_(None).get(f"/invitations/{token}").status_code == 422


def test_a_revoked_invitation_is_a_conflict_in_words(cast, app, invitation):
    cast.project.revoke_invitation(invitation)

    with pytest.raises(Conflict, match="Ask the studio for a new one"):
        Invitation.read(app.secret_key, invitation.token(app.secret_key))


def test_who_is_signed_in_already_gets_a_link_to_the_project(as_, nell, path):
    page = as_(nell).get(path).text

    assert 'href="/projects/harbour"' in page
    assert "Mail me a code" not in page


def test_who_is_signed_in_as_another_is_told_what_going_on_does(as_, cast, path):
    page = as_(cast.vic).get(path).text

    assert "Going on signs Vic out" in page


def test_no_page_that_it_links_to_learns_the_link(as_, path):
    for answer in (as_(None).get(path), as_(None).post(path)):
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert as_(None).get("/sign-in").headers["Referrer-Policy"] == "same-origin"


def test_a_letter_of_an_invitation_that_ended_does_not_leave(cast, nell, invitation, letters):
    cast.project.revoke_invitation(invitation)

    assert letters() == []


def test_inviting_again_leaves_the_first_link_good(as_, cast, nell, path, letters):
    cast.project.invite_again(nell, by=cast.sam)

    assert len(letters()) == 2
    assert as_(None).get(path).status_code == 200


def test_the_table_holds_no_link(app, invitation):
    token = invitation.token(app.secret_key)

    assert token not in [str(value) for value in Invitation.select().tuples().get()]


def test_the_studio_invites_its_own_without_a_project(as_, cast, app, letters):
    kim = make.user("Kim Hale", house_role=HouseRole.TEAM)
    invitation = Invitation.send(kim, by=cast.ada)
    browser = as_(None)
    path = f"/invitations/{invitation.token(app.secret_key)}"

    assert "Ada Brandt invites you to" in browser.get(path).text
    browser.post(path)
    code = digits_in(letters()[-1])
    assert browser.post("/sign-in/code", data={"code": code}).location == "/"

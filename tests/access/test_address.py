"""Another mail address: confirmed at the new one, told at the old one, and taken back from there."""

import datetime as dt
import re

import pytest
import time_machine
from flask import g

from portal.access import login
from portal.access.forms import PasswordForm
from portal.access.models import AddressChange, Code, Session, User
from portal.access.models.addresses import ASKS_PER_DAY, UNDO_DAYS
from portal.access.views import account
from portal.core import clock
from portal.core.errors import Conflict, DomainError, TooMany
from portal.ledger.models import Event, Identity
from portal.ledger.verbs import Verb
from portal.mail.bounces import Bounce
from portal.mail.models import Letter, LetterStatus
from tests import make

NEW = "cleo@new.test"
OLD = "cleo.janssen@demo.test"
GOOD = "three unrelated words"


def later(**span):
    return time_machine.travel(clock.now() + dt.timedelta(**span), tick=False)


def text_of(letter):
    return letter.get_body(("plain",)).get_content()


@pytest.fixture
def change(app, cast):
    """Cleo's address was changed by somebody who is signed in as her."""
    cast.cleo.set_password(GOOD)
    asked = AddressChange.ask(cast.cleo, NEW)
    AddressChange.confirm(cast.cleo, asked.digits(app.secret_key), key=app.secret_key, kept=None)
    return AddressChange.get_by_id(asked.id)


def test_a_code_mailed_to_the_new_address_makes_it_ones_own(as_, cast, letters):
    browser, other = as_(cast.cleo), as_(cast.cleo)

    assert browser.post("/account/address", data={"email": NEW.upper()}).status_code == 303
    assert User.get_by_id(cast.cleo.id).email == OLD
    sent = letters()[-1]
    assert NEW in sent["To"]
    digits = re.search(r"\b(\d{3}) (\d{3})\b", text_of(sent)).expand(r"\1\2")
    assert browser.post("/account/address/code", data={"code": digits}).location == "/account"

    assert User.get_by_id(cast.cleo.id).email == NEW
    assert browser.get("/account").status_code == 200
    assert other.get("/account").status_code == 303


def test_a_new_code_can_be_asked_for_without_typing_the_address_again(as_, cast):
    browser = as_(cast.cleo)
    assert f'value="{NEW}"' not in browser.get("/account/address").text
    browser.post("/account/address", data={"email": NEW})
    assert f'value="{NEW}"' in browser.get("/account/address").text


def test_the_fact_points_to_who_it_was_and_is_and_names_no_address(cast, change):
    event = Event.get(Event.verb == Verb.ADDRESS_CHANGED)

    now = User.get_by_id(cast.cleo.id)
    assert event.body["person"] == now.identity != event.body["before"]
    assert "@" not in event.line


def test_the_old_address_is_told_with_a_way_back(change, letters):
    told = letters()[-1]

    assert OLD in told["To"]
    assert re.search(r"/addresses/\S+", text_of(told))


def test_what_waits_for_its_reader_goes_to_the_new_address(app, cast, letters):
    asked = AddressChange.ask(cast.cleo, NEW)
    make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])

    key = app.secret_key
    AddressChange.confirm(cast.cleo, asked.digits(key), key=key, kept=None)

    request = Letter.get(Letter.template == "sign-off-request")
    assert request.address == NEW


def test_what_was_held_because_the_old_address_bounced_leaves_for_the_new_one(app, cast, letters):
    Bounce.create(address=OLD, said="550 no such person")
    make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    assert not [one for one in letters() if OLD in one["To"]]

    asked, key = AddressChange.ask(cast.cleo, NEW), app.secret_key
    AddressChange.confirm(cast.cleo, asked.digits(key), key=key, kept=None)

    letters()
    request = Letter.get(Letter.template == "sign-off-request")
    assert (request.address, request.status) == (NEW, LetterStatus.SENT)


@pytest.mark.parametrize("typed", ["000000", "", "12345"])
def test_another_code_changes_nothing(as_, cast, typed):
    browser = as_(cast.cleo)
    browser.post("/account/address", data={"email": NEW})

    assert browser.post("/account/address/code", data={"code": typed}).status_code == 422
    assert User.get_by_id(cast.cleo.id).email == OLD


def test_after_five_wrong_tries_and_after_ten_minutes_the_code_is_over(app, cast):
    key, asked = app.secret_key, AddressChange.ask(cast.cleo, NEW)
    wrong = f"{(int(asked.digits(key)) + 1) % 1_000_000:06d}"
    for _ in range(5):
        with pytest.raises(DomainError):
            AddressChange.confirm(cast.cleo, wrong, key=key, kept=None)
    with pytest.raises(DomainError):
        AddressChange.confirm(cast.cleo, asked.digits(key), key=key, kept=None)

    again = AddressChange.ask(cast.cleo, NEW)
    with later(minutes=11), pytest.raises(DomainError):
        AddressChange.confirm(cast.cleo, again.digits(key), key=key, kept=None)


def test_an_address_that_somebody_has_looks_like_any_other_and_gets_no_code(as_, cast, letters):
    pages = []
    for email in ("nobody@demo.test", cast.otto.email):
        browser = as_(cast.cleo)
        browser.post("/account/address", data={"email": email})
        page = browser.get("/account/address").text.replace(email, "")
        pages.append(re.sub(r'(value|content)="[^"]*"', "", page))

    assert pages[0] == pages[1]
    assert [letter["To"].addresses[0].addr_spec for letter in letters()] == ["nobody@demo.test"]


def test_a_taken_address_is_nobodys_even_with_its_code(app, cast):
    key, asked = app.secret_key, AddressChange.ask(cast.cleo, NEW)
    make.user("Somebody Else", client=cast.client, email=NEW)

    with pytest.raises(DomainError):
        AddressChange.confirm(cast.cleo, asked.digits(key), key=key, kept=None)


def test_it_takes_a_fresh_sign_in(as_, cast):
    browser = as_(cast.cleo)

    with later(minutes=16):
        assert "Sign in again" in browser.get("/account/address").text
        assert browser.post("/account/address", data={"email": NEW}).status_code == 422
    assert not AddressChange.select().exists()


def test_nobody_uses_the_portal_to_flood_strangers_with_codes(cast):
    for number in range(ASKS_PER_DAY):
        AddressChange.ask(cast.cleo, f"stranger{number}@new.test")

    with pytest.raises(TooMany):
        AddressChange.ask(cast.cleo, NEW)


@pytest.mark.parametrize("email", ["", "no address", OLD, "a@b"])
def test_what_cannot_be_is_said_beside_the_field(as_, cast, email):
    answer = as_(cast.cleo).post("/account/address", data={"email": email})

    assert answer.status_code == 422
    assert 'id="email-error"' in answer.text


# Taking it back ----------------------------------------------------------------------------------


def test_the_old_address_takes_it_back_and_everybody_is_out(app, as_, cast, change):
    thief, path = as_(cast.cleo), f"/addresses/{change.token(app.secret_key)}"
    assert as_(None).get(path).status_code == 200

    assert as_(None).post(path, data={"email": f" {OLD.upper()}"}).location == "/sign-in"

    cleo = User.get_by_id(cast.cleo.id)
    assert (cleo.email, cleo.password_hash) == (OLD, None)
    assert thief.get("/account").status_code == 303
    assert Event.select().where(Event.verb == Verb.ADDRESS_RESTORED).count() == 1


def test_a_code_that_was_mailed_to_the_thief_opens_nothing_afterwards(app, as_, cast, change):
    """Which address waits for a code stands in a cookie, and an older cookie can come again."""
    thief = as_(None)
    thief.post("/sign-in", data={"email": OLD})
    older = thief.get_cookie("session", domain="127.0.0.1").value
    thief.post("/sign-in", data={"email": NEW})
    digits = Code.get(Code.user == cast.cleo).digits(app.secret_key)
    change.undo(OLD)

    thief.sign_in(older)

    assert thief.post("/sign-in/code", data={"code": digits}).status_code == 422
    assert thief.get("/account").status_code == 303


def test_whoever_signs_in_at_that_moment_is_out_too(app, cast, change):
    checked = User.get_by_id(cast.cleo.id)  # The password was right; to check it takes a while.
    change.undo(OLD)

    with app.test_request_context("/sign-in", method="POST"), pytest.raises(Conflict):
        login.sign_in(checked, "password")

    assert cast.cleo.live_sessions() == []


def test_a_password_that_is_set_at_that_moment_is_not_kept(app, cast, change):
    thief = User.get_by_id(cast.cleo.id)
    session, _ = Session.start(thief, how="password")
    change.undo(OLD)

    with app.test_request_context("/account/password", method="POST", data={"password": GOOD}):
        g.user, g.session = thief, session
        assert not account.is_set(PasswordForm())

    assert User.get_by_id(cast.cleo.id).password_hash is None


@pytest.mark.parametrize("typed", ["", NEW, "somebody@else.test"])
def test_a_scanner_of_mail_that_presses_buttons_takes_nothing_back(app, as_, cast, change, typed):
    path = f"/addresses/{change.token(app.secret_key)}"

    assert as_(None).post(path, data={"email": typed}).status_code == 422
    assert User.get_by_id(cast.cleo.id).email == NEW


def test_a_new_name_and_a_new_address_at_once_are_both_kept(app, cast):
    stale, key = User.get_by_id(cast.cleo.id), app.secret_key
    asked = AddressChange.ask(cast.cleo, NEW)
    cast.cleo.describe(name="Cleo van Dam")

    AddressChange.confirm(stale, asked.digits(key), key=key, kept=None)

    cleo = User.get_by_id(cast.cleo.id)
    now = Identity.get(Identity.commitment == cleo.identity)
    assert (now.facts["name"], now.facts["email"]) == ("Cleo van Dam", NEW)


def test_a_second_change_does_not_keep_the_first_owner_out(app, cast, change):
    key, cleo = app.secret_key, User.get_by_id(cast.cleo.id)
    second = AddressChange.ask(cleo, "thief@new.test")
    AddressChange.confirm(cleo, second.digits(key), key=key, kept=None)

    change.undo(OLD)

    assert User.get_by_id(cast.cleo.id).email == OLD
    with pytest.raises(Conflict):
        AddressChange.get_by_id(second.id).undo(NEW)


def test_a_second_change_does_not_take_the_first_owners_warning_along(app, cast, change, letters):
    key, cleo = app.secret_key, User.get_by_id(cast.cleo.id)
    second = AddressChange.ask(cleo, "thief@new.test")
    AddressChange.confirm(cleo, second.digits(key), key=key, kept=None)

    warned = [one["To"] for one in letters() if one["Subject"].endswith("was changed")]
    assert [to.addresses[0].addr_spec for to in warned] == [OLD, NEW]


def test_it_can_be_taken_back_once_and_for_some_days(app, cast, change):
    token = change.token(app.secret_key)
    with later(days=UNDO_DAYS, minutes=1), pytest.raises(Conflict):
        AddressChange.read(app.secret_key, token)

    change.undo(OLD)

    with pytest.raises(Conflict):
        AddressChange.get_by_id(change.id).undo(OLD)


def test_a_link_for_something_else_opens_nothing(app, as_, cast, change):
    for token in ("x", app.secret_key, change.token("another key")):
        assert as_(None).get(f"/addresses/{token}").status_code == 422


def test_no_page_that_we_link_to_learns_the_address_of_the_link(app, as_, change):
    answer = as_(None).get(f"/addresses/{change.token(app.secret_key)}")

    assert answer.headers["Referrer-Policy"] == "no-referrer"

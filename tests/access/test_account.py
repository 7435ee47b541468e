"""One's own name, password and browsers."""

import datetime as dt

import pytest
import time_machine

from portal.access.forms import AccountForm
from portal.access.models import Session, User
from portal.core import clock
from portal.core.errors import DomainError

GOOD = "three unrelated words"
PROFILE = {
    "name": "Cleo van Dam",
    "title": "head of digital",
    "phone": "010 555 0100",
    "zone": "Europe/Lisbon",
    "theme": "dark",
}


def later(**span):
    return time_machine.travel(clock.now() + dt.timedelta(**span), tick=False)


def test_what_one_says_of_oneself_is_kept(as_, cast):
    browser = as_(cast.cleo)

    answer = browser.post("/account", data=PROFILE)

    assert (answer.status_code, answer.location) == (303, "/account")
    kept = User.get_by_id(cast.cleo.id)
    assert {name: getattr(kept, name) for name in PROFILE} == PROFILE
    page = browser.get("/account").text
    assert 'data-theme="dark"' in page
    assert "Saved." in page


def test_a_new_name_is_a_new_identity_and_leaves_the_old_one_to_the_ledger(cast):
    before = cast.cleo.identity

    cast.cleo.describe(name="Cleo van Dam", title="")

    assert User.get_by_id(cast.cleo.id).identity != before
    cast.cleo.describe(name="Cleo van Dam ", title="director")
    assert User.get_by_id(cast.cleo.id).identity == cast.cleo.identity


def test_whoever_shares_a_project_sees_the_new_name(as_, cast):
    browser = as_(cast.vic)
    page = browser.get("/projects/harbour/people")

    cast.cleo.describe(name="Cleo van Dam", title="")

    again = browser.get("/projects/harbour/people", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 200
    assert "Cleo van Dam" in again.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "x" * 121),
        ("zone", "Mars/Base"),
        ("zone", "Etc/GMT+5"),
        ("theme", "pink"),
        ("phone", "0" * 41),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(as_, cast, field, value):
    answer = as_(cast.cleo).post("/account", data=PROFILE | {field: value})

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert User.get_by_id(cast.cleo.id).name == "Cleo Janssen"


def test_a_name_cannot_vanish_by_any_way(cast):
    with pytest.raises(DomainError, match="name"):
        cast.cleo.describe(name=" ")


def test_every_zone_that_can_be_chosen_is_a_zone(app):
    from zoneinfo import ZoneInfo

    with app.test_request_context():
        for choice in AccountForm().zone.iter_choices():
            ZoneInfo(choice.value)


def test_a_password_can_be_set_and_opens_the_door(as_, cast, letters):
    other, browser = as_(cast.cleo), as_(cast.cleo)

    assert browser.post("/account/password", data={"password": GOOD}).status_code == 303

    assert browser.get("/account").status_code == 200
    assert other.get("/account").status_code == 303
    assert User.get_by_id(cast.cleo.id).has_password(GOOD)
    assert [letter["Subject"] for letter in letters()] == ["Your password was set"]


@pytest.mark.parametrize(
    "password",
    ["", "short words", "x" * 129, "aaaaaaaaaaaaaaaa", "cleo.janssen@demo.test", "Cleo Janssen"],
)
def test_a_weak_password_is_refused_beside_the_field(as_, cast, password, letters):
    answer = as_(cast.cleo).post("/account/password", data={"password": password})

    assert answer.status_code == 422
    assert 'id="password-error"' in answer.text
    assert not User.get_by_id(cast.cleo.id).password_hash
    assert letters() == []


def test_setting_a_password_needs_a_fresh_proof_of_who_one_is(as_, cast):
    browser = as_(cast.cleo)

    with later(minutes=16):
        page = browser.get("/account")
        answer = browser.post("/account/password", data={"password": GOOD})

    assert "/sign-in?next=/account" in page.text
    assert (answer.status_code, "Sign in again first" in answer.text) == (422, True)
    assert not User.get_by_id(cast.cleo.id).password_hash


def test_one_sees_every_browser_one_is_signed_in_on(as_, cast):
    Session.start(
        cast.cleo, how="password", address="192.0.2.9", agent="Mozilla/5.0 (iPhone) Safari/604.1"
    )

    page = as_(cast.cleo).get("/account").text

    assert "Safari on iPhone" in page
    assert "192.0.2.9" in page
    assert "this one" in page


def test_ending_a_session_signs_that_browser_out(as_, cast):
    lost, mine = as_(cast.cleo), as_(cast.cleo)
    number = min(session.id for session in cast.cleo.live_sessions())

    assert mine.post(f"/account/sessions/{number}/end").status_code == 303

    assert lost.get("/").status_code == 303
    assert mine.get("/").status_code == 200


def test_nobody_ends_the_session_of_another(as_, cast):
    theirs, mine = as_(cast.vic), as_(cast.cleo)
    number = cast.vic.live_sessions()[0].id

    assert mine.post(f"/account/sessions/{number}/end").status_code == 404
    assert theirs.get("/").status_code == 200

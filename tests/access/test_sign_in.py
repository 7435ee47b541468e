"""Signing in by a password, and how long a session lasts."""

import datetime as dt
import re

import pytest
import time_machine
from argon2 import Type, extract_parameters

from portal.access.models import Session, User
from portal.access.models.attempts import SIGN_INS, SIGN_INS_PER_DAY
from portal.access.models.entry import sign_in
from portal.core import clock, db
from portal.core.errors import DomainError, TooMany
from tests import make

GOOD = "countersign three words"
HERE = "192.0.2.1"
NO = "do not belong together"


@pytest.fixture
def cleo(cast):
    cast.cleo.set_password(GOOD)
    return cast.cleo


def test_a_password_is_kept_so_that_guessing_it_is_dear(quick_passwords):
    """At least what OWASP asks of Argon2id: 46 MiB and one pass."""
    kept = extract_parameters(quick_passwords.hash(GOOD))

    assert kept.type is Type.ID
    assert kept.memory_cost >= 46 * 1024
    assert kept.time_cost >= 1
    assert kept.salt_len >= 16


def later(**span):
    return time_machine.travel(clock.now() + dt.timedelta(**span), tick=False)


def enter(browser, email, password=GOOD, **more):
    return browser.post("/sign-in", data={"email": email, "password": password, **more})


def cookie(browser):
    return browser.get_cookie("session", domain="127.0.0.1").value


def test_a_password_lets_its_owner_in(as_, cleo):
    browser = as_(None)

    answer = enter(browser, cleo.email, next="/account")

    assert (answer.status_code, answer.location) == (303, "/account")
    assert cleo.name in browser.get("/account").text
    assert Session.get().how == "password"


@pytest.mark.parametrize("password", ["wrong words entirely", GOOD.upper(), "x" * 128])
def test_another_password_does_not(as_, cleo, password):
    answer = enter(as_(None), cleo.email, password)

    assert answer.status_code == 422
    assert NO in answer.text
    assert password not in answer.text
    assert Session.select().count() == 0


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(as_, cleo):
    answers = [
        re.sub(r'(value|content)="[^"]*"', "", enter(as_(None), email, "no such words").text)
        for email in (cleo.email, "nora.unknown@demo.test")
    ]
    assert answers[0] == answers[1]


def test_someone_without_a_password_is_not_let_in_by_any(cast):
    for password in (GOOD, "the password of nobody"):
        with pytest.raises(DomainError, match=NO):
            sign_in(cast.vic.email, password, address=HERE)


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "two words@demo.test"])
def test_what_is_no_address_is_said_beside_the_field(as_, cast, email):
    answer = enter(as_(None), email)

    assert answer.status_code == 422
    assert 'id="email-error"' in answer.text


def test_the_page_keeps_the_address_and_where_to_go(as_, cleo):
    answer = enter(as_(None), cleo.email, "wrong words entirely", next="/projects/harbour")

    assert f'value="{cleo.email}"' in answer.text
    assert 'value="/projects/harbour"' in answer.text


def test_five_wrong_passwords_make_one_wait_even_with_the_right_one(as_, cleo):
    for _ in range(SIGN_INS):
        enter(as_(None), cleo.email, "wrong words entirely")

    answer = enter(as_(None), cleo.email)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    with later(minutes=16):
        assert enter(as_(None), cleo.email).status_code == 303


def test_the_count_survives_a_restart(settings, as_, cleo):
    """It lies in the database: another process knows it too."""
    from portal import create_app
    from tests.conftest import Browser, let_go_of_the_queue

    for _ in range(SIGN_INS):
        enter(as_(None), cleo.email, "wrong words entirely")

    db.handle.obj.close()
    restarted = create_app(settings)
    let_go_of_the_queue()
    restarted.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    assert enter(Browser(restarted, settings.base_url), cleo.email).status_code == 429


def test_wrong_passwords_elsewhere_do_not_keep_the_owner_out(cleo):
    for _ in range(SIGN_INS):
        with pytest.raises(DomainError):
            sign_in(cleo.email, "wrong words entirely", address="203.0.113.9")

    assert sign_in(cleo.email, GOOD, address=HERE) == cleo


def test_guessing_from_many_places_ends_for_the_day(cleo, monkeypatch):
    monkeypatch.setattr(User, "has_password", lambda user, password: False)
    for place in range(SIGN_INS_PER_DAY):
        with pytest.raises(DomainError, match=NO):
            sign_in(cleo.email, "wrong", address=f"203.0.113.{place}")

    with pytest.raises(TooMany):
        sign_in(cleo.email, GOOD, address=HERE)


def test_signing_in_changes_the_cookie_and_keeps_nothing_of_the_one_before(app, as_, cleo):
    """A cookie that was planted before the sign-in is worth nothing after it."""
    signer = app.session_interface.get_signing_serializer(app)
    planted = signer.dumps({"planted": "by somebody else", "browser": "known"})
    browser, other = as_(None), as_(None)
    browser.sign_in(planted)
    other.sign_in(planted)

    enter(browser, cleo.email)

    assert set(signer.loads(cookie(browser))) <= {"_user_id", "_fresh", "_id", "csrf_token"}
    assert browser.get("/account").status_code == 200
    assert other.get("/account").status_code == 303


def test_signing_in_again_ends_the_session_before(as_, cleo, cast):
    browser = as_(cast.vic)

    enter(browser, cleo.email)

    assert cast.vic.live_sessions() == []
    assert cleo.name in browser.get("/account").text


def test_signing_in_after_somebody_else_leaves_nothing_they_had_half_written(as_, cleo, cast):
    after_another, again = as_(cast.vic), as_(cleo)
    typed = {"email": cleo.email, "password": GOOD}

    assert '"storage"' in after_another.post("/sign-in", data=typed).headers["Clear-Site-Data"]
    assert "Clear-Site-Data" not in again.post("/sign-in", data=typed).headers


def test_signing_out_ends_the_session_for_a_copied_cookie_too(as_, cast):
    browser, copy = as_(cast.cleo), as_(None)
    copy.sign_in(cookie(browser))

    answer = browser.post("/sign-out")

    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert '"cache"' in answer.headers["Clear-Site-Data"]
    assert copy.get("/").status_code == browser.get("/").status_code == 303


def test_a_disabled_person_is_out_at_the_next_request(as_, cast):
    browser = as_(cast.cleo)
    assert browser.get("/projects/harbour").status_code == 200

    cast.cleo.disabled_at = clock.now()
    cast.cleo.save()

    assert browser.get("/projects/harbour").status_code == 303


def test_whoever_is_taken_off_a_project_is_out_of_it_at_the_next_request(as_, cast):
    browser = as_(cast.cleo)
    page = browser.get("/projects/harbour")
    member = cast.cleo.memberships.get()

    cast.project.remove_member(member, by=cast.sam)

    again = browser.get("/projects/harbour", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 404
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize(
    ("who", "span", "is_in"),
    [
        ("cleo", {"hours": 7}, True),
        ("cleo", {"hours": 9}, False),
        ("sam", {"hours": 11}, True),
        ("sam", {"hours": 13}, False),
    ],
)
def test_a_session_ends_after_idle_hours(as_, cast, who, span, is_in):
    browser = as_(getattr(cast, who))

    with later(**span):
        assert (browser.get("/").status_code == 200) == is_in


@pytest.mark.parametrize(("who", "hours"), [("cleo", 24 * 7), ("sam", 24)])
def test_a_session_ends_however_busy_it_is(as_, cast, who, hours):
    browser = as_(getattr(cast, who))

    for hour in range(0, hours, 6):
        with later(hours=hour):
            assert browser.get("/").status_code == 200
    with later(hours=hours, minutes=1):
        assert browser.get("/").status_code == 303


def test_a_token_nobody_was_given_opens_nothing(as_, app, cast):
    signer = app.session_interface.get_signing_serializer(app)
    for token in ("", "x", "0" * 64, None):
        browser = as_(None)
        browser.sign_in(signer.dumps({"_user_id": token, "_fresh": True}))
        assert browser.get("/").status_code == 303


def test_the_database_holds_no_token(app, cast):
    session, token = Session.start(cast.cleo, how="password")

    assert token not in [
        str(value) for value in Session.select().where(Session.id == session.id).tuples().get()
    ]


def test_the_sign_in_page_tells_who_is_there_already(as_, cast):
    page = as_(cast.cleo).get("/sign-in").text

    assert "You are signed in as Cleo Janssen" in page


@pytest.mark.csrf
def test_signing_in_needs_the_token_of_the_page(as_, cleo):
    browser = as_(None)
    assert enter(browser, cleo.email).status_code == 400

    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get("/sign-in").text)[1]
    assert enter(browser, cleo.email, csrf_token=token).status_code == 303


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_post_here(as_, cleo, site):
    answer = as_(None).post(
        "/sign-in",
        data={"email": cleo.email, "password": GOOD},
        headers={"Sec-Fetch-Site": site},
    )

    assert answer.status_code == 403
    assert Session.select().count() == 0


def test_a_person_of_each_side_can_have_the_same_name(cast):
    other = make.user("Cleo Janssen", client=cast.rival, email="cleo@otter.test")

    assert other.identity != cast.cleo.identity

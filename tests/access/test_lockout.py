"""Knowing an address is not enough to keep its owner out."""

import pytest

from portal.access import known
from portal.access.models import Attempt, Code, Invitation, Session, User
from portal.access.models.attempts import (
    CODES_PER_DAY,
    CODES_PER_HOUR,
    CODES_PER_NETWORK,
    SIGN_INS,
    SIGN_INS_PER_DAY,
    SIGN_INS_PER_HOUR,
    SIGN_INS_PER_NETWORK,
    network_of,
)
from portal.access.models.entry import sign_in
from portal.core.errors import DomainError, TooMany
from portal.signoff.deciding import proof
from tests import make

GOOD = "countersign three words"
BAD = "wrong words entirely"
NO = "do not belong together"


@pytest.fixture
def cleo(cast, at):
    at("2026-03-12 09:00")
    cast.cleo.set_password(GOOD)
    return cast.cleo


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    """Checking a password takes its time on purpose; these tests try hundreds."""
    monkeypatch.setattr(User, "has_password", lambda user, password: password == GOOD)
    monkeypatch.setattr(User, "waste_a_check", staticmethod(lambda password: None))


@pytest.fixture
def home(as_, cleo):
    """The browser in which Cleo signed in once, and out again."""
    browser = as_(None)
    browser.post("/sign-in", data={"email": cleo.email, "password": GOOD})
    browser.post("/sign-out")
    return browser


def strangers(cleo):
    """Everything that many strangers can use up of an address, in a day."""
    for place in range(CODES_PER_DAY):
        Code.may_be_asked(cleo.email, address=f"203.0.113.{place}")
    for place in range(SIGN_INS_PER_DAY):
        with pytest.raises(DomainError, match=NO):
            sign_in(cleo.email, BAD, address=f"203.0.113.{place}")


def ask(browser, email):
    return browser.post("/sign-in", data={"email": email})


def enter(browser, email, password=GOOD):
    return browser.post("/sign-in", data={"email": email, "password": password})


def test_in_a_browser_that_knows_its_owner_both_ways_in_stay_open(home, cleo):
    strangers(cleo)

    assert ask(home, cleo.email).location == "/sign-in/code"
    assert enter(home, cleo.email).location == "/"


def test_elsewhere_the_page_says_what_still_works(as_, cleo):
    strangers(cleo)

    for answer in (ask(as_(None), cleo.email), enter(as_(None), cleo.email)):
        assert answer.status_code == 429
        assert "A browser in which you have signed in before still lets you in" in answer.text
        assert int(answer.headers["Retry-After"]) > 60


def test_the_link_of_an_invitation_still_lets_its_owner_in(app, as_, cast, cleo):
    strangers(cleo)
    token = Invitation.send(cleo, by=cast.sam, project=cast.project).token(app.secret_key)

    assert as_(None).post(f"/invitations/{token}").location == "/sign-in/code"


def test_one_stranger_cannot_even_use_up_what_strangers_have(cleo, at):
    for minute in range(CODES_PER_NETWORK):
        at(f"2026-03-12 09:{2 * minute:02}")
        Code.may_be_asked(cleo.email, address="2001:db8::1")
    at("2026-03-12 10:00")
    with pytest.raises(TooMany):
        Code.may_be_asked(cleo.email, address="2001:db8::ffff:1")

    Code.may_be_asked(cleo.email, address="192.0.2.1")


def test_wrong_passwords_from_one_network_end_for_it_alone(cleo, at):
    for quarter in range(SIGN_INS_PER_NETWORK // SIGN_INS):
        at(f"2026-03-12 1{quarter}:00")
        for _ in range(SIGN_INS):
            with pytest.raises(DomainError, match=NO):
                sign_in(cleo.email, BAD, address="203.0.113.1")
    at("2026-03-12 15:00")
    with pytest.raises(TooMany, match="still lets you in"):
        sign_in(cleo.email, GOOD, address="203.0.113.1")

    assert sign_in(cleo.email, GOOD, address="192.0.2.1") == cleo


def test_a_known_browser_guesses_no_more_than_any_other(home, cleo):
    for _ in range(SIGN_INS):
        assert enter(home, cleo.email, BAD).status_code == 422

    assert enter(home, cleo.email).status_code == 429


def test_a_browser_that_knows_one_person_is_a_stranger_to_another(home, cast, cleo):
    strangers(cast.vic)

    assert ask(home, cast.vic.email).status_code == 429


def test_a_note_that_somebody_wrote_themself_is_none(app, as_, cleo):
    strangers(cleo)
    browser = as_(None)
    browser.set_cookie("known", f'{{"{cleo.id}":"mine"}}', domain="127.0.0.1")

    assert ask(browser, cleo.email).status_code == 429


def test_the_note_is_kept_when_one_signs_out_and_holds_no_name_or_address(home, cleo):
    note = home.get_cookie("known", domain="127.0.0.1")

    assert note.http_only
    assert note.same_site == "Lax"
    assert "cleo" not in note.decoded_value.lower()


def test_a_browser_of_many_people_knows_the_last_of_them(as_, cast, cleo):
    browser, people = as_(None), [make.user(f"Guest {n}", client=cast.client) for n in range(6)]
    for person in people:
        person.set_password(GOOD)
        enter(browser, person.email)
        browser.post("/sign-out")

    with browser.application.test_request_context(headers={"Cookie": cookies(browser)}):
        assert [bool(known.word_of(person.email)) for person in people] == [False] + [True] * 5


def cookies(browser):
    return f"known={browser.get_cookie('known', domain='127.0.0.1').value}"


def test_an_unknown_address_is_treated_as_a_known_one_is(as_, cleo):
    nobody = User(email="nora.unknown@demo.test")
    strangers(cleo)
    strangers(nobody)

    pages = [ask(as_(None), one.email) for one in (cleo, nobody)]
    assert {page.status_code for page in pages} == {429}


def test_one_network_tries_only_so_many_addresses(cast):
    for number in range(CODES_PER_HOUR):
        Code.may_be_asked(f"p{number}@demo.test", address="203.0.113.1")
    with pytest.raises(TooMany, match="from your network"):
        Code.may_be_asked("more@demo.test", address="203.0.113.1")
    for number in range(SIGN_INS_PER_HOUR):
        with pytest.raises(DomainError, match=NO):
            sign_in(f"p{number}@demo.test", BAD, address="203.0.113.1")
    with pytest.raises(TooMany, match="from your network"):
        sign_in("more@demo.test", BAD, address="203.0.113.1")


def test_signing_in_oneself_does_not_make_guessing_others_free(cleo):
    for number in range(SIGN_INS_PER_HOUR - 1):
        with pytest.raises(DomainError, match=NO):
            sign_in(f"p{number}@demo.test", BAD, address="203.0.113.1")

    assert sign_in(cleo.email, GOOD, address="203.0.113.1") == cleo

    with pytest.raises(TooMany, match="from your network"):
        sign_in("more@demo.test", BAD, address="203.0.113.1")


def test_what_is_refused_is_not_counted_against_the_rest(cleo):
    Code.may_be_asked(cleo.email, address="203.0.113.1")
    before = Attempt.select().count()

    with pytest.raises(TooMany, match="a moment ago"):
        Code.may_be_asked(cleo.email, address="203.0.113.1")

    assert Attempt.select().count() == before


def test_whoever_confirms_an_answer_is_not_kept_from_it_by_strangers(cast, cleo):
    sent = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cleo])
    session, _token = Session.start(cleo, how="email code")
    strangers(cleo)

    assert proof.mail_code(cleo, browser="mine", sign_off=sent) is None
    proof.prove(session, GOOD, browser="mine", address="203.0.113.1", key="any")
    assert session.how == "password"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("", ""),
        (None, ""),
        ("nonsense", "nonsense"),
    ],
)
def test_a_network_is_what_one_line_has(address, network):
    assert network_of(address) == network

"""Six digits by mail: good once, for ten minutes, in the browser that asked for them."""

import datetime as dt
import re

import pytest
import time_machine

from portal.access.models import Attempt, Code, Session, attempts
from portal.access.models.attempts import CODES_PER_DAY
from portal.access.models.entry import CODE_TRIES
from portal.core import clock, tokens
from portal.core.errors import DomainError, TooMany
from tests import make

KEY = "a secret of the tests, and of nobody else"
WRONG = "That code is not right"


@pytest.fixture
def digits_of(app):
    return lambda code: code.digits(app.secret_key)


def minutes_later(minutes):
    return time_machine.travel(clock.now() + dt.timedelta(minutes=minutes), tick=False)


def newest_digits(letters):
    text = letters()[-1].get_body(("plain",)).get_content()
    return re.search(r"\b(\d{3}) (\d{3})\b", text).expand(r"\1\2")


def ask(browser, email, **more):
    return browser.post("/sign-in", data={"email": email, "password": "", **more})


def test_an_address_without_a_password_gets_a_code_and_comes_in(as_, cast, letters):
    browser = as_(None)

    asked = ask(browser, " CLEO.janssen@demo.test ", next="/projects/harbour")
    assert asked.location == "/sign-in/code"
    entered = browser.post("/sign-in/code", data={"code": newest_digits(letters)})

    assert entered.location == "/projects/harbour"
    assert browser.get("/").status_code == 200
    assert Session.get().how == "email code"


def test_the_code_may_be_typed_as_it_stands_in_the_letter(as_, cast, letters):
    browser = as_(None)
    ask(browser, cast.cleo.email)
    digits = newest_digits(letters)

    assert browser.post("/sign-in/code", data={"code": f" {digits[:3]} {digits[3:]}\n"}).location


def test_the_letter_says_what_it_is_for_and_that_nobody_asks_for_it(as_, cast, letters):
    ask(as_(None), cast.cleo.email)

    letter = letters()[-1]
    text = letter.get_body(("plain",)).get_content()
    assert re.search(r"\d", letter["Subject"]) is None
    for words in ("lets you sign in", "ten minutes", "Nobody from us will ask for it"):
        assert words in text


def test_in_another_browser_the_code_is_worth_nothing(as_, cast, letters):
    mine, other = as_(None), as_(None)
    ask(mine, cast.cleo.email)
    digits = newest_digits(letters)
    with minutes_later(2):
        ask(other, cast.cleo.email)
        assert other.post("/sign-in/code", data={"code": digits}).status_code == 422


def test_whoever_asks_elsewhere_does_not_end_the_code_of_its_owner(as_, cast, letters):
    """Knowing an address must not be enough to lock its owner out."""
    mine, other = as_(None), as_(None)
    ask(mine, cast.cleo.email)
    digits = newest_digits(letters)
    with minutes_later(2):
        ask(other, cast.cleo.email)
        assert mine.post("/sign-in/code", data={"code": digits}).status_code == 303


def test_an_older_code_is_refused(cast, digits_of):
    older = Code.send(cast.cleo, browser="mine")
    Code.send(cast.cleo, browser="mine")

    with pytest.raises(DomainError, match=WRONG):
        Code.redeem(cast.cleo, digits_of(older), browser="mine", key=KEY)


def test_a_code_is_good_once(cast, digits_of):
    code = Code.send(cast.cleo, browser="mine")
    Code.redeem(cast.cleo, digits_of(code), browser="mine", key=KEY)

    with pytest.raises(DomainError, match=WRONG):
        Code.redeem(cast.cleo, digits_of(code), browser="mine", key=KEY)


def test_a_code_of_one_person_is_not_good_for_another(cast, digits_of):
    code = Code.send(cast.cleo, browser="mine")
    Code.send(cast.vic, browser="mine")

    with pytest.raises(DomainError, match=WRONG):
        Code.redeem(cast.vic, digits_of(code), browser="mine", key=KEY)


@pytest.mark.parametrize(("minutes", "is_good"), [(9.9, True), (10.1, False)])
def test_a_code_works_for_ten_minutes(cast, digits_of, minutes, is_good):
    code = Code.send(cast.cleo, browser="mine")

    with minutes_later(minutes):
        assert (Code.newest_good(cast.cleo, "mine") is not None) == is_good
        if not is_good:
            with pytest.raises(DomainError, match=WRONG):
                Code.redeem(cast.cleo, digits_of(code), browser="mine", key=KEY)


def test_after_five_wrong_tries_the_right_digits_are_wrong_too(cast, digits_of):
    code = Code.send(cast.cleo, browser="mine")
    wrong = f"{(int(digits_of(code)) + 1) % 1_000_000:06d}"
    for _ in range(CODE_TRIES):
        with pytest.raises(DomainError, match=WRONG):
            Code.redeem(cast.cleo, wrong, browser="mine", key=KEY)

    with pytest.raises(DomainError, match=WRONG):
        Code.redeem(cast.cleo, digits_of(code), browser="mine", key=KEY)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12a456", "１２３４５６", "٣٤٥٦٧٨"])
def test_what_is_no_code_is_refused_beside_the_field(as_, cast, typed):
    browser = as_(None)
    ask(browser, cast.cleo.email)

    answer = browser.post("/sign-in/code", data={"code": typed})

    assert answer.status_code == 422
    assert 'id="code-error"' in answer.text


def test_the_database_holds_no_digits(cast, digits_of):
    code = Code.send(cast.cleo, browser="mine")

    kept = [str(value) for value in Code.select().where(Code.id == code.id).tuples().get()]
    assert not [value for value in kept if digits_of(code) in value or value == "mine"]


def test_one_code_a_minute_leaves_for_an_address(as_, cast, letters):
    browser = as_(None)
    ask(browser, cast.cleo.email)

    again = browser.post("/sign-in/codes")
    assert again.status_code == 429
    assert 0 < int(again.headers["Retry-After"]) <= 60
    assert "asked for a moment ago" in again.text
    assert len(letters()) == 1
    with minutes_later(1.1):
        assert browser.post("/sign-in/codes").status_code == 303
        assert len(letters()) == 2


def test_a_refused_asking_leaves_no_word_that_a_code_is_coming(as_, cast):
    browser = as_(None)
    ask(browser, cast.cleo.email)
    browser.post("/sign-in/codes")

    assert "A new code is on its way" not in browser.get("/sign-in/code").text


def test_a_mailbox_gets_only_so_many_codes_a_day(cast):
    for minute in range(CODES_PER_DAY):
        with minutes_later(minute * 2):
            Code.may_be_asked(cast.cleo.email, address=f"192.0.2.{minute}")

    with minutes_later(CODES_PER_DAY * 2), pytest.raises(TooMany, match="hours"):
        Code.may_be_asked(cast.cleo.email.upper(), address="192.0.2.99")


def test_a_code_that_was_used_does_not_make_its_owner_wait(cast, digits_of):
    Code.may_be_asked(cast.cleo.email)
    code = Code.send(cast.cleo, browser="mine")
    Code.redeem(cast.cleo, digits_of(code), browser="mine", key=KEY)

    Code.may_be_asked(cast.cleo.email)


def test_an_unknown_address_gets_the_same_answers_and_no_letter(as_, cast, letters):
    known, unknown = as_(None), as_(None)
    answers = []
    for browser, email in ((known, "cleo.janssen@demo.test"), (unknown, "nora.unknown@demo.test")):
        asked, page = ask(browser, email), browser.get("/sign-in/code")
        wrong = browser.post("/sign-in/code", data={"code": "000000"})
        again = browser.post("/sign-in/codes")
        answers.append(
            [asked.status_code, asked.location, again.status_code]
            + [plain(answer.text, email) for answer in (page, wrong, again)]
        )

    assert answers[0] == answers[1]
    assert [letter["To"] for letter in letters()] == ["Cleo Janssen <cleo.janssen@demo.test>"]


def test_a_disabled_person_gets_no_code_and_no_other_answer(as_, cast, letters):
    cast.cleo.disabled_at = clock.now()
    cast.cleo.save()

    assert ask(as_(None), cast.cleo.email).location == "/sign-in/code"
    assert letters() == []


def test_a_letter_with_a_dead_code_does_not_leave(cast, letters):
    Code.send(cast.cleo, browser="mine")

    with minutes_later(11):
        assert letters() == []


def test_the_page_for_a_code_is_for_those_who_asked(as_, cast):
    browser = as_(None)

    for answer in (
        browser.get("/sign-in/code"),
        browser.post("/sign-in/code", data={"code": "123456"}),
        browser.post("/sign-in/codes"),
    ):
        assert (answer.status_code, answer.location) == (303, "/sign-in")


def test_old_tries_are_swept_and_young_ones_kept(cast):
    Code.may_be_asked("old@demo.test")
    with minutes_later(60 * 24 * 2 + 1):
        Code.may_be_asked("new@demo.test")
        Attempt.sweep()
        limits = attempts.for_code("new@demo.test")
        kept = {attempt.key for attempt in Attempt.select()}
        assert kept == {tokens.digest(limit.key) for limit in limits}


def test_two_people_of_the_studio_are_not_mixed_up(as_, letters, cast):
    """The letter names its reader; the digits differ."""
    first, second = (
        make.user("Ann Lee", client=cast.client),
        make.user("Ann Lea", client=cast.rival),
    )
    for person in (first, second):
        ask(as_(None), person.email)

    sent = letters()
    assert {letter["To"].addresses[0].addr_spec for letter in sent} == {first.email, second.email}


def test_a_code_for_another_end_says_which(cast, letters):
    Code.send(cast.cleo, browser="mine", purpose="confirm your answer to estimate 3, version 2")

    text = letters()[-1].get_body(("plain",)).get_content()
    assert "lets you confirm your answer to estimate 3, version 2" in text


def plain(page, email):
    """A page without what differs by chance: its token and the address that was typed."""
    page = page.replace(email, "")
    return re.sub(r'(value|content)="[^"]*"', "", page)

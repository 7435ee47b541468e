"""What the studio may state of the money, and what becomes of it."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from portal.access.permissions import Role
from portal.budget.models import Statement
from portal.changes.models import Cause
from portal.core import db
from portal.core.errors import DomainError
from portal.ledger.models import Event
from tests import make
from tests.budget.conftest import TODAY

MONEY = ("approved", "forecast", "used")


def test_a_statement_is_on_the_client_s_chain_with_what_was_approved_then(state):
    said = state(5_000_00, forecast_minor=19_000_00, note="Sound is done.")

    event = Event.get(verb="budget.stated")
    assert (event.is_internal, event.subject_number) == (False, said.number)
    assert {name: event.body[name] and event.body[name]["minor"] for name in MONEY} == {
        "approved": 20_000_00,
        "forecast": 19_000_00,
        "used": 5_000_00,
    }
    assert event.body["as_of"] == "2026-03-12"
    assert "Sound" not in event.line


def test_the_newest_counts_and_none_is_changed(state, cast):
    state(5_000_00)
    state(4_000_00, note="Two hours stood here twice.")

    assert Statement.latest(cast.project).used_minor == 4_000_00
    assert [one.used_minor for one in Statement.select().order_by(Statement.number)] == [
        5_000_00,
        4_000_00,
    ]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"used_minor": -1}, "nothing or more"),
        ({"used_minor": 5_000_00, "forecast_minor": 4_999_99}, "at least what is used"),
        ({"used_minor": 1, "as_of_on": TODAY + dt.timedelta(days=1)}, "has not come yet"),
        ({"used_minor": 20_000_01}, "0.01 EUR more than what is signed. Say why"),
        ({"used_minor": 1, "forecast_minor": 21_000_00}, "1,000 EUR more than what is signed"),
        ({"used_minor": 20_000_01, "note": "  "}, "Say why"),
    ],
)
def test_what_cannot_be_is_refused_in_words(state, said, words):
    with pytest.raises(DomainError, match=words):
        state(**said)

    assert Statement.select().count() == 0


def test_more_than_is_signed_is_stated_with_its_reason(state):
    assert state(20_000_01, note="The archive was in worse order than we saw.").number == 1


def test_a_statement_is_of_no_day_before_the_last(state):
    state(5_000_00)

    with pytest.raises(DomainError, match="The last statement is of 12 March 2026"):
        state(6_000_00, as_of_on=TODAY - dt.timedelta(days=1))


def test_nothing_is_used_of_what_nobody_signed(cast):
    with pytest.raises(DomainError, match="Nothing is signed yet"):
        Statement.make(cast.project, by=cast.sam, used_minor=0, as_of_on=TODAY)


def test_today_is_the_studio_s_day(state, at):
    at("2026-03-12 23:30")  # Half past midnight in Amsterdam.

    assert state(1, as_of_on=dt.date(2026, 3, 13)).number == 1


def test_whoever_signs_is_told_and_nobody_else(state, cast, letters):
    make.member(make.user("Joris", client=cast.client), cast.project, Role.SPONSOR)
    state(5_000_00, forecast_minor=19_000_00)

    mails = [mail for mail in letters() if "used: Harbour" in mail["Subject"]]
    assert {mail["To"].split(" <")[0] for mail in mails} == {"Cleo Janssen", "Joris"}
    text = mails[0].get_body(("plain",)).get_content()
    assert "5,000 EUR of the approved 20,000 EUR" in text
    assert "forecast to come to 19,000 EUR" in text


def test_a_funding_request_begins_with_the_figures_stated(state, signed):
    said = state(5_000_00, forecast_minor=21_000_00, note="Two more films.")

    change = said.ask_for_funding(by=signed.sam)

    assert change.cause == Cause.BUDGET
    draft = change.current
    assert (draft.used_minor, draft.forecast_minor) == (5_000_00, 21_000_00)
    assert draft.as_of_on == TODAY


def test_two_at_once_are_two_statements(state):
    barrier = Barrier(2)

    def say(used_minor):
        with db.handle.connection_context():
            barrier.wait()
            return state(used_minor).number

    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(say, (1_00, 2_00))) == {1, 2}

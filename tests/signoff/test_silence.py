"""What waiting costs: in working days, and in money where somebody said what a day costs."""

import datetime as dt
from types import SimpleNamespace

import pytest

from portal.signoff.asking import silence
from tests import make

DUE = dt.date(2026, 3, 10)  # A Tuesday.
LAUNCH = dt.date(2026, 6, 9)


def said(today, **fields):
    asked = {
        "holds_what": "the launch",
        "holds_on": LAUNCH,
        "due_on": DUE,
        "day_cost_minor": 480_00,
    }
    found = silence.of(SimpleNamespace(**asked | fields), today)
    return " ".join(silence.words(found, "EUR"))


def test_until_the_day_it_says_what_a_day_of_waiting_does():
    assert said(DUE) == (
        "Holds the launch, planned for 9 June. Each working day after 10 March moves it by one. "
        "Each day of waiting costs 480 EUR."
    )


def test_afterwards_it_counts_days_moves_the_date_and_adds_up():
    assert said(dt.date(2026, 3, 16)) == (
        "Holds the launch, planned for 9 June. "
        "Four working days over: the earliest is now 15 June. "
        "At 480 EUR a day that is 1,920 EUR so far."
    )


def test_a_weekend_costs_nothing():
    friday = dt.date(2026, 3, 13)

    assert said(friday) == said(friday + dt.timedelta(days=2)) != said(friday + dt.timedelta(3))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"due_on": None}, "Holds the launch, planned for 9 June. Each day of waiting costs"),
        ({"holds_on": None}, "Holds the launch. One working day over. At 480 EUR"),
        ({"holds_what": ""}, "Holds what comes next, planned for 9 June. One working day over"),
        ({"holds_what": "", "holds_on": None}, "One working day over. At 480 EUR a day that is"),
        ({"day_cost_minor": None}, "One working day over: the earliest is now 10 June."),
    ],
)
def test_it_says_only_what_somebody_said(fields, words):
    assert words in said(dt.date(2026, 3, 11), **fields)


def test_nothing_is_said_where_nothing_waits():
    assert said(LAUNCH, holds_what="", holds_on=None, day_cost_minor=None) == ""


def test_the_earliest_is_never_a_day_that_has_passed():
    late = silence.of(
        SimpleNamespace(holds_what="", holds_on=DUE, due_on=DUE, day_cost_minor=None), LAUNCH
    )

    assert late.earliest_on >= LAUNCH


@pytest.fixture
def late(cast, at):
    """A question that was due on Tuesday 10 March; today is the Monday after."""
    at("2026-03-05 09:00")
    draft = make.estimate(cast.project, by=cast.sam)
    sign_off = draft.send(
        by=cast.sam,
        deciders=[cast.cleo],
        due_on=DUE,
        holds_what="the launch",
        holds_on=LAUNCH,
        day_cost_minor=480_00,
    )
    at("2026-03-16 10:45")
    return sign_off


def test_both_sides_read_it_wherever_the_question_waits(cast, late, as_):
    words = "Four working days over: the earliest is now 15 June."

    for who in (cast.cleo, cast.sam):
        for address in (late.path, "/", "/projects/harbour"):
            assert words in as_(who).get(address).text, (who.name, address)


def test_a_reminder_says_it_and_an_answer_ends_it(cast, late, as_, letters):
    late.remind(late.addressees[0], by=cast.sam)
    assert "1,920 EUR so far." in letters()[-1].get_body(("plain",)).get_content()

    make.answer(late, by=cast.cleo)
    assert "working days over" not in as_(cast.cleo).get(late.path).text

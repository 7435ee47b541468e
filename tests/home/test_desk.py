"""The first page of somebody of the studio: the inbox in numbers, their day, what drifts."""

import datetime as dt

import pytest

from portal.budget.models import Statement
from portal.feedback.words import Kind, VerdictKind
from portal.home import day, drift, portfolio
from portal.projects.models import Health, Project
from portal.projects.promises import Promise
from portal.signoff.models import Objection
from tests import make

TODAY = dt.date(2026, 3, 12)


@pytest.fixture(autouse=True)
def today(at):
    return at("2026-03-12 10:45")


def facts(cast, **columns):
    Project.update(**columns).where(Project.id == cast.project.id).execute()


def sent(cast, **fields):
    draft = make.estimate(cast.project, by=cast.sam)
    return draft.send(by=cast.sam, deciders=[cast.cleo], reviewers=[], **fields)


def why(cast):
    open_, _ = portfolio.of(cast.sam)
    return [sentence for row in drift.of(open_) for sentence in row.why]


def test_a_project_on_its_way_does_not_drift(cast):
    facts(cast, next_on=TODAY, launch_on=dt.date(2026, 5, 22))
    sent(cast, due_on=TODAY)

    assert why(cast) == []


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (
            {"health": Health.AT_RISK, "health_note": "No words yet."},
            "Marked at risk: No words yet.",
        ),
        ({"health": Health.LATE}, "Marked late."),
        (
            {"next_on": dt.date(2026, 3, 9), "next_what": "The shoot"},
            "The shoot was to be 3 days ago.",
        ),
        ({"launch_on": dt.date(2026, 3, 2)}, "The launch was to be on 2 March."),
    ],
)
def test_it_drifts_by_what_is_said_and_by_its_dates(cast, columns, sentence):
    facts(cast, **columns)

    assert why(cast) == [sentence]


def test_it_drifts_while_an_answer_is_over(cast, at):
    sent(cast, due_on=TODAY)
    at("2026-03-17 10:00")

    assert why(cast) == ["An answer is 3 working days over."]


def test_it_drifts_while_an_answer_is_disputed(cast):
    decision = make.answer(sent(cast), by=cast.cleo)
    objection = Objection.raise_against(decision, by=cast.cleo, reason="The wrong one.")
    assert why(cast) == ["One answer is disputed."]

    objection.withdraw(by=cast.cleo)
    assert why(cast) == []


def test_it_drifts_past_the_included_rounds(cast):
    shown = make.prototype(cast.project, by=cast.sam)
    shown.prototype.set_terms(by=cast.sam, included_rounds=0)
    shown.send(by=cast.sam, deciders=[cast.cleo])

    assert why(cast) == ["One prototype is past the included rounds."]


def stated(cast, used_minor, **said):
    make.amendment(cast.project, make.added("Site", 10_000_00), by=cast.cleo)
    said = {"as_of_on": TODAY, "note": "It is so."} | said
    return Statement.make(cast.project, by=cast.sam, used_minor=used_minor, **said)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"used_minor": 10_000_01}, "0.01 EUR more is used than signed."),
        (
            {"used_minor": 1_00, "forecast_minor": 12_500_00},
            "2,500 EUR more is forecast than signed.",
        ),
    ],
)
def test_it_drifts_when_more_is_used_or_forecast_than_signed(cast, said, sentence):
    stated(cast, **said)

    assert why(cast) == [sentence]


@pytest.mark.parametrize(
    ("used_minor", "sentences"),
    [
        (6_999_00, []),
        (7_000_00, ["70% of the money is used, 50% of the time has passed."]),
    ],
)
def test_it_drifts_when_the_money_runs_ahead_of_the_days(cast, used_minor, sentences):
    ten_days = dt.timedelta(days=10)
    facts(cast, starts_on=TODAY - ten_days, launch_on=TODAY + ten_days)
    stated(cast, used_minor)

    assert why(cast) == sentences


def test_a_statement_on_what_was_cancelled_since_drifts_by_no_share(cast):
    facts(cast, starts_on=TODAY - dt.timedelta(days=10), launch_on=TODAY + dt.timedelta(days=10))
    stated(cast, 0)
    make.amendment(cast.project, make.added("Nothing of it", -10_000_00), by=cast.cleo)

    assert why(cast) == []


def test_a_closed_project_drifts_no_more(cast):
    facts(cast, health=Health.LATE)
    cast.project.close(by=cast.sam)

    assert why(cast) == []


def tasks(person, projects=()):
    return [(one.title, one.when, one.is_late) for one in day.of(person, projects)]


def test_the_day_holds_what_is_in_ones_hands_and_due(cast, at):
    Promise.give(cast.client, by=cast.sam, first_response_minutes=120, resolution_minutes=None)
    item = make.feedback(cast.project, by=cast.cleo, text="The tide is wrong")
    assert tasks(cast.dora) == []

    item.assign(cast.dora, by=cast.sam)
    assert tasks(cast.dora) == [("The tide is wrong", "due in 2 h", False)]
    at("2026-03-12 15:45")
    assert tasks(cast.dora) == [("The tide is wrong", "3 h late", True)]


def test_the_day_holds_what_one_said_would_be_done_until_it_is(cast):
    item = make.feedback(cast.project, by=cast.cleo, kind=Kind.DEFECT, text="The tide is wrong")
    make.verdict(item, by=cast.sam, kind=VerdictKind.DEFECT)
    assert tasks(cast.sam) == [("The tide is wrong", "", False)]
    assert tasks(cast.dora) == []

    item.resolve(by=cast.sam)
    assert tasks(cast.sam) == []


def test_what_is_left_or_offered_was_not_promised(cast):
    for kind in (VerdictKind.NEW_SCOPE, VerdictKind.OUT_OF_SCOPE):
        item = make.feedback(cast.project, by=cast.cleo, text=f"Something {kind}")
        make.verdict(item, by=cast.sam, kind=kind)

    assert tasks(cast.sam) == []


def test_the_dates_of_today_come_first(as_, cast):
    facts(cast, next_on=TODAY, next_what="The shoot")

    page = as_(cast.sam).get("/").text
    assert "The shoot" in page[page.index("Your day") : page.index("Your projects")]


def test_the_inbox_in_numbers_leads_to_its_lists(as_, cast):
    assert "Nothing waits for us." in as_(cast.sam).get("/").text
    make.feedback(cast.project, by=cast.cleo)

    page = as_(cast.sam).get("/").text
    assert 'href="/inbox?show=new"><b>1</b> without a verdict' in page


def test_a_client_sees_nothing_of_the_studios_desk(as_, cast):
    facts(cast, next_on=dt.date(2026, 3, 9))
    make.feedback(cast.project, by=cast.cleo)

    page = as_(cast.cleo).get("/").text
    for words in ("Inbox", "Your day", "Drifting", "Upkeep"):
        assert words not in page

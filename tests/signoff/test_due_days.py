"""Moving the day by which an answer is due: one notice, and nobody answers again."""

import datetime as dt

import pytest

from portal.access.permissions import Role
from portal.core.errors import Conflict, DomainError
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.mail.models import Letter
from portal.signoff.models import Rule, SignOff
from tests import make

DAY = dt.date(2026, 3, 20)


@pytest.fixture
def sent(cast, at):
    at("2026-03-12 09:00")
    draft = make.estimate(cast.project, by=cast.sam, valid_until_on=dt.date(2026, 4, 30))
    return draft.send(
        by=cast.sam,
        deciders=[cast.cleo],
        reviewers=[cast.vic],
        due_on=dt.date(2026, 3, 16),
    )


def told():
    return sorted(one.address for one in Letter.select().where(Letter.template == "sign-off-moved"))


def test_whoever_still_has_to_answer_gets_one_letter(cast, sent, letters):
    sent.move_due(DAY, by=cast.sam)

    assert told() == [cast.cleo.email, cast.vic.email]
    text = letters()[-1].get_body(("plain",)).get_content()
    assert "Answer by Friday 20 March, not by Monday 16 March." in text
    assert SignOff.get_by_id(sent.id).due_on == DAY


def test_it_is_on_the_record_of_both_sides(cast, sent):
    sent.move_due(DAY, by=cast.sam)

    event = Event.get(Event.verb == Verb.SIGN_OFF_MOVED)
    assert (event.body["due_before"], event.body["due"]) == ("2026-03-16", "2026-03-20")
    assert not event.is_internal


def test_who_has_answered_or_has_no_turn_yet_is_left_alone(cast, at):
    at("2026-03-12 09:00")
    max_ode = make.user("Max Ode", client=cast.client)
    make.member(max_ode, cast.project, Role.SPONSOR)
    people = {"deciders": [cast.cleo, max_ode], "rule": Rule.IN_ORDER}
    sign_off = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, **people)

    sign_off.move_due(DAY, by=cast.sam)

    assert told() == [cast.cleo.email]


@pytest.mark.parametrize("day", ["2026-03-11", "2026-03-16", "2026-05-01"])
def test_no_day_that_passed_that_it_has_or_on_which_it_is_void(cast, sent, day):
    with pytest.raises(DomainError):
        sent.move_due(dt.date.fromisoformat(day), by=cast.sam)
    assert told() == []


def test_an_answered_question_has_no_day_any_more(cast, sent):
    make.answer(sent, by=cast.cleo)

    with pytest.raises(Conflict):
        sent.move_due(DAY, by=cast.sam)


def test_the_producer_moves_it_on_a_page_and_nobody_else(cast, sent, as_):
    page = f"{sent.path}/due-day"
    assert 'value="2026-03-16"' in as_(cast.sam).get(page).text
    assert as_(cast.cleo).post(page, data={"due_on": str(DAY)}).status_code == 403
    for text in ("soon", "2026-03-01"):
        assert as_(cast.sam).post(page, data={"due_on": text}).status_code == 422

    answer = as_(cast.sam).post(page, data={"due_on": str(DAY)})

    assert (answer.status_code, answer.location) == (303, sent.path)
    assert "20 March" in as_(cast.cleo).get(sent.path).text


def test_both_sides_read_which_change_asks_for_what(cast, as_):
    for who in (cast.sam, cast.vic):
        page = as_(who).get("/help/changes-after-sending").text
        for text in ("Lines, quantities and prices", "A new signature", "working days"):
            assert text in page
    assert as_(None).get("/help/changes-after-sending").status_code == 303

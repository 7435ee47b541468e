"""Somebody answers for somebody else for a time: in their seat, within their mandate, and it shows."""

import datetime as dt

import pytest

from portal.core.errors import Conflict, DomainError, Forbidden
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.mail.models import Letter
from portal.notices import feed
from portal.signoff.asking import seats
from portal.signoff.models import Answer, Authority, Decision, Rule, SignOff, SignOffStatus, StandIn
from portal.signoff.refusals import OverMandate
from tests import make


def letters(template):
    query = Letter.select().where(Letter.template == template).order_by(Letter.id)
    return [letter.name for letter in query]


def test_in_their_days_a_stand_in_decides_in_the_seat_and_it_says_for_whom(cast, sent, joris, away):
    away(cast.cleo, joris)

    made = make.answer(sent, by=joris)

    assert (made.user, made.acting_for) == (joris, cast.cleo)
    assert made.receipts.get().facts["acting_for"] == cast.cleo.identity
    assert SignOff.get_by_id(sent.id).status == SignOffStatus.APPROVED
    said = [one for one in feed.latest(cast.project, cast.sam, 9) if one.says.does == "approved"]
    assert (said[0].says.more, said[0].person) == ("for 120 EUR, for", "Cleo Janssen")


def test_before_and_after_they_do_not(cast, sent, joris, away, at):
    at("2026-03-10 09:00")
    away(cast.cleo, joris, days=(1, 3))

    for moment in ("2026-03-10 22:30", "2026-03-13 23:30"):  # In UTC; the studio is an hour ahead.
        at(moment)
        with pytest.raises(Forbidden):
            make.answer(sent, by=joris)
    at("2026-03-10 23:30")
    assert make.answer(sent, by=joris).acting_for == cast.cleo


def test_one_seat_has_one_answer_whoever_gives_it(cast, estimate, joris, eva, away):
    sign_off = estimate(100_00, [cast.cleo, eva], rule=Rule.ALL)
    away(cast.cleo, joris)
    make.answer(sign_off, by=joris)

    with pytest.raises(Conflict, match="Joris Verhaegen answered for you already"):
        make.answer(sign_off, by=cast.cleo)
    assert SignOff.get_by_id(sign_off.id).is_open
    make.answer(sign_off, by=eva)
    assert SignOff.get_by_id(sign_off.id).status == SignOffStatus.APPROVED


def test_nobody_answers_twice_for_themself_and_for_another(cast, estimate, joris, away):
    sign_off = estimate(100_00, [cast.cleo, joris], rule=Rule.ALL)
    away(cast.cleo, joris)
    make.answer(sign_off, by=joris)

    with pytest.raises(Conflict, match="You have answered already"):
        make.answer(sign_off, by=joris)
    assert [made.acting_for for made in Decision.select()] == [None]


def test_the_mandate_is_that_of_the_person_replaced(cast, estimate, joris, eva, away):
    make.mandate(cast.cleo, cast.project, by=cast.sam, project_limit_minor=2_000_00)
    away(cast.cleo, joris)
    first, second = (estimate(1_500_00, [cast.cleo]) for _ in range(2))
    make.answer(first, by=joris)

    with pytest.raises(OverMandate):
        make.answer(second, by=joris)
    assert Authority.on(cast.project)[cast.cleo.id].spent_minor == 1_500_00
    assert Authority.on(cast.project)[joris.id].spent_minor == 0


def test_a_stand_in_for_a_sponsor_decides_what_the_sponsor_may(cast, estimate, eva, away):
    make.mandate(cast.cleo, cast.project, by=cast.sam, decision_limit_minor=1_00)
    sign_off = estimate(9_000_00, [eva])
    away(eva, cast.cleo)

    assert make.answer(sign_off, by=cast.cleo).is_within_mandate


def test_letters_go_to_both(cast, estimate, joris, away):
    away(cast.cleo, joris)
    sign_off = estimate(100_00, [cast.cleo])
    sign_off.remind(sign_off.seats[0], by=cast.sam)

    assert letters("stand-in") == ["Joris Verhaegen", "Cleo Janssen"]
    assert letters("sign-off-request") == ["Cleo Janssen", "Joris Verhaegen"]
    assert letters("sign-off-reminder") == ["Cleo Janssen", "Joris Verhaegen"]
    make.answer(sign_off, by=joris)
    assert letters("decision") == ["Cleo Janssen", "Sam Moreau"]


def test_it_can_end_before_its_day(cast, sent, joris, away):
    away(cast.cleo, joris).end(by=cast.cleo)

    with pytest.raises(Forbidden):
        make.answer(sent, by=joris)
    with pytest.raises(Conflict, match="ended already"):
        StandIn.get().end(by=cast.cleo)


@pytest.mark.parametrize(
    ("who", "may"),
    [("sam", True), ("cleo", True), ("dora", False), ("vic", False), ("otto", False)],
)
def test_people_name_their_own_and_who_runs_it_names_anybodys(cast, joris, away, who, may):
    if may:
        assert away(cast.cleo, joris, by=getattr(cast, who))
    else:
        with pytest.raises(Forbidden):
            away(cast.cleo, joris, by=getattr(cast, who))


def test_an_approver_names_nobody_elses(cast, joris, eva, away):
    with pytest.raises(Forbidden, match="not for somebody else"):
        away(eva, joris, by=cast.cleo)
    assert away(cast.cleo, joris, by=eva)


def test_a_seat_has_one_stand_in_at_a_time_and_nobody_stands_in_while_away(cast, joris, eva, away):
    away(cast.cleo, joris, days=(2, 4))

    with pytest.raises(Conflict, match="Joris Verhaegen answers for Cleo Janssen then"):
        away(cast.cleo, eva, days=(4, 8))
    with pytest.raises(Conflict, match="Cleo Janssen is away then"):
        away(eva, cast.cleo, days=(1, 2))
    with pytest.raises(Conflict, match="answers for Cleo Janssen then"):
        away(joris, eva, days=(3, 3))
    assert away(cast.cleo, eva, days=(5, 8))


@pytest.mark.parametrize("days", [(3, 2), (-4, -2), (0, 400)])
def test_days_that_make_no_sense_are_refused(cast, joris, away, days):
    with pytest.raises(DomainError):
        away(cast.cleo, joris, days=days)


def test_only_who_decides_answers_for_who_decides(cast, away):
    for pair in ((cast.cleo, cast.vic), (cast.vic, cast.cleo), (cast.cleo, cast.cleo)):
        with pytest.raises(DomainError):
            away(*pair)


def test_the_ledger_knows_no_names(cast, joris, away):
    away(cast.cleo, joris)

    event = Event.get(Event.verb == Verb.STAND_IN_NAMED)
    assert (event.body["person"], event.body["absent"]) == (joris.identity, cast.cleo.identity)
    assert dt.date.fromisoformat(event.body["from"])
    assert "Joris" not in event.line


def test_a_no_of_a_stand_in_is_a_no_of_the_seat(cast, sent, joris, away):
    away(cast.cleo, joris)

    made = make.answer(sent, by=joris, answer=Answer.DECLINE, notes="Not without Cleo.")

    assert made.acting_for == cast.cleo
    assert SignOff.get_by_id(sent.id).status == SignOffStatus.DECLINED


def test_a_stand_in_never_passes_on_to_themself(cast, estimate, joris, eva, away):
    away(cast.cleo, joris)
    sign_off = estimate(300_00, [cast.cleo])
    make.mandate(cast.cleo, cast.project, by=cast.sam, decision_limit_minor=100_00)

    assert seats.reach_of(sign_off, joris, sign_off.offer()).who_can == eva  # Whom the page names.
    assert sign_off.pass_on(by=joris) == eva

"""Mandates and seats under several hands at once: each is a thread with a connection of its own."""

from portal.core.errors import Conflict
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.signoff.models import (
    Addressee,
    Answer,
    Authority,
    Decision,
    Rule,
    SignOff,
    SignOffStatus,
)
from portal.signoff.refusals import OverMandate
from tests import make
from tests.signoff.test_races import at_once

PEOPLE = 8


def test_eight_yeses_at_once_never_pass_the_sum_of_a_mandate(cast, estimate, eva):
    make.mandate(cast.cleo, cast.project, by=cast.sam, project_limit_minor=300_00)
    sign_offs = [estimate(100_00, [cast.cleo]) for _ in range(PEOPLE)]

    results = []
    while not any(isinstance(result, OverMandate) for result in results):
        still = [one for one in map(fresh, sign_offs) if one.is_open]
        results = at_once(*(lambda s=s: make.answer(s, by=cast.cleo) for s in still))

    assert Authority.on(cast.project)[cast.cleo.id].spent_minor == 300_00
    assert Decision.select().count() == 3


def fresh(sign_off):
    return SignOff.get_by_id(sign_off.id)


def test_passing_on_and_answering_at_once_give_one_outcome(cast, estimate, eva):
    sign_off = estimate(9_000_00, [cast.cleo, eva])
    make.mandate(cast.cleo, cast.project, by=cast.sam, decision_limit_minor=1_00)
    Addressee.delete().where(Addressee.user == eva).execute()

    passed, declined = at_once(
        lambda: sign_off.pass_on(by=cast.cleo),
        lambda: make.answer(sign_off, by=cast.cleo, answer=Answer.DECLINE, notes="No."),
    )

    assert isinstance(declined, Decision)
    assert isinstance(passed, Conflict) or passed == eva
    assert fresh(sign_off).status == SignOffStatus.DECLINED


def test_eight_who_pass_it_on_at_once_ask_one_person_once(cast, estimate, eva):
    sign_off = estimate(9_000_00, [cast.cleo])
    make.mandate(cast.cleo, cast.project, by=cast.sam, decision_limit_minor=1_00)

    results = at_once(*[lambda: sign_off.pass_on(by=cast.cleo)] * PEOPLE)

    assert results.count(eva) == 1
    assert len(fresh(sign_off).seats) == 2
    assert Event.select().where(Event.verb == Verb.SIGN_OFF_ROUTED).count() == 1


def test_whoever_is_away_and_the_stand_in_at_once_give_one_answer(cast, sent, joris, away):
    away(cast.cleo, joris)

    results = at_once(
        *[lambda: make.answer(sent, by=cast.cleo), lambda: make.answer(sent, by=joris)] * 4
    )

    assert len({one.id for one in results if isinstance(one, Decision)}) == 1
    assert Decision.select().count() == 1


def test_leaving_and_answering_at_once_never_leave_a_seat_that_counts_as_a_yes(
    cast, estimate, joris, eva
):
    sign_off = estimate(100_00, [cast.cleo, joris], rule=Rule.ALL)
    make.answer(sign_off, by=cast.cleo)
    member = make.member_of(joris, cast.project)

    at_once(
        lambda: make.answer(sign_off, by=joris),
        lambda: cast.project.remove_member(member, by=cast.sam),
    )

    now = fresh(sign_off)
    assert now.is_open == bool(now.open_seats)
    assert Decision.select().count() == len(now.seats) - len(now.open_seats)

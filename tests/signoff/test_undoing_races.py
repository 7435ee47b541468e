"""Objections, recorded answers and cancellations by many at once: each happens once."""

import pytest

from portal.cancellations.models import Cancellation
from portal.core import clock
from portal.core.errors import Conflict
from portal.scope.models import Amendment
from portal.signoff.deciding import by_staff
from portal.signoff.models import Answer, Decision, How, Objection, SignOff, SignOffStatus
from tests import make
from tests.signoff.test_races import at_once

PEOPLE = 8


@pytest.fixture
def contract(cast, sent, answer):
    answer(sent, by=cast.cleo)
    return SignOff.get_by_id(sent.id)


def kinds(results):
    return sorted(type(result).__name__ for result in results)


def test_of_eight_objections_at_once_one_stands(cast, contract):
    made = contract.decisions.get()
    words = {"by": cast.cleo, "reason": "Not me."}
    results = at_once(*[lambda: Objection.raise_against(made, **words)] * PEOPLE)
    assert kinds(results) == ["Conflict"] * (PEOPLE - 1) + ["Objection"]
    assert Objection.select().count() == 1


def test_of_eight_who_take_it_back_at_once_one_does(cast, contract):
    objection = Objection.raise_against(contract.decisions.get(), by=cast.cleo, reason="No.")
    results = at_once(*[lambda: objection.withdraw(by=cast.cleo)] * PEOPLE)
    assert kinds(results) == ["Conflict"] * (PEOPLE - 1) + ["NoneType"]


def test_of_eight_who_propose_at_once_there_is_one_draft(cast, contract):
    at_once(*[lambda: make.cancellation(contract, by=cast.sam)] * PEOPLE)
    assert Cancellation.select().count() == 1


def test_of_eight_who_send_it_at_once_one_does(cast, contract):
    draft = make.cancellation(contract, by=cast.sam)
    results = at_once(*[lambda: draft.send(by=cast.sam, deciders=[cast.cleo])] * PEOPLE)
    assert kinds(results) == ["Conflict"] * (PEOPLE - 1) + ["SignOff"]


def test_of_eight_who_sign_it_at_once_one_undoes_it(cast, contract):
    sent = make.cancellation(contract, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    results = at_once(*[lambda: make.answer(sent, by=cast.cleo)] * PEOPLE)
    assert kinds(results) == ["Closed"] * (PEOPLE - 1) + ["Decision"]
    assert Amendment.select().count() == 2
    assert SignOff.get_by_id(contract.id).status == SignOffStatus.CANCELLED


def test_an_objection_and_a_cancellation_at_once_leave_one_truth(cast, contract):
    sent = make.cancellation(contract, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    made = contract.decisions.get()
    objected, _ = at_once(
        lambda: Objection.raise_against(made, by=cast.cleo, reason="No."),
        lambda: make.answer(sent, by=cast.cleo),
    )
    assert SignOff.get_by_id(contract.id).status == SignOffStatus.CANCELLED
    assert isinstance(objected, Objection | Conflict)


def test_an_answer_given_here_and_one_recorded_at_once_are_one(cast, sent, answer):
    heard = by_staff.Heard(
        cast.cleo, Answer.DECLINE, How.CALL, clock.now().date(), "No, thank you."
    )
    tasks = [
        lambda: answer(sent, by=cast.cleo),
        lambda: by_staff.record_answer(sent, heard, by=cast.sam),
    ]
    results = at_once(*tasks * (PEOPLE // 2))
    assert Decision.select().count() == 1
    assert len([one for one in results if isinstance(one, Decision)]) == 1

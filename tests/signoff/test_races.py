"""Several people at once, each in a thread with a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier

import pytest

from portal.access.permissions import Role
from portal.core import db
from portal.core.errors import Conflict, DomainError
from portal.ledger.models import Event, Head
from portal.ledger.verbs import Verb
from portal.scope.models import Amendment
from portal.signoff.models import Decision, Receipt, Rule, SignOff, SignOffStatus
from tests import make

PEOPLE = 8
ROUNDS = 5


@pytest.fixture
def crowd(cast):
    people = [make.user(f"Person {n}", client=cast.client) for n in range(PEOPLE)]
    for person in people:
        make.member(person, cast.project, Role.APPROVER)
    return people


def at_once(*tasks):
    """Run the tasks in threads that start together; return what each gave or raised."""
    barrier = Barrier(len(tasks))

    def run(task):
        db.take_connection()
        barrier.wait()
        try:
            return task()
        except DomainError as refusal:
            return refusal
        finally:
            db.handle.obj.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_of_eight_people_who_approve_at_once_one_decides(cast, crowd, answer, turn):
    draft = make.estimate(cast.project, by=cast.sam)
    sign_off = draft.send(by=cast.sam, deciders=crowd)

    results = at_once(*(lambda p=p: answer(sign_off, by=p) for p in crowd))

    won = [result for result in results if isinstance(result, Decision)]
    told = [result for result in results if isinstance(result, Conflict)]
    assert (len(won), len(told)) == (1, PEOPLE - 1)
    assert Amendment.select().count() == Receipt.select().count() == 1


def test_of_eight_clicks_on_one_button_one_decides_and_all_get_its_receipt(cast, sent, answer):
    results = at_once(*[lambda: answer(sent, by=cast.cleo, key="one form")] * PEOPLE)

    assert {result.id for result in results} == {Decision.get().id}
    assert Event.select().where(Event.verb == Verb.DECISION_MADE).count() == 1


def test_with_rule_all_eight_at_once_close_it_once(cast, crowd, answer):
    draft = make.estimate(cast.project, by=cast.sam)
    sign_off = draft.send(by=cast.sam, deciders=crowd, rule=Rule.ALL)

    at_once(*(lambda p=p: answer(sign_off, by=p) for p in crowd))

    assert Decision.select().count() == PEOPLE
    assert Amendment.select().count() == 1
    assert SignOff.get_by_id(sign_off.id).status == SignOffStatus.APPROVED


def test_a_new_version_and_a_yes_at_once_never_both_happen(cast, sent, answer):
    draft = sent.subject.estimate.revise(by=cast.sam)

    yes, newer = at_once(
        lambda: answer(sent, by=cast.cleo),
        lambda: draft.send(by=cast.sam, deciders=[cast.cleo]),
    )

    assert isinstance(yes, Conflict) != isinstance(newer, Conflict)
    assert Amendment.select().count() == isinstance(yes, Decision)


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_of_four_estimates_approved_at_once_one_moves_the_baseline_under_the_others(
    cast, crowd, answer, turn
):
    drafts = [make.estimate(cast.project, by=cast.sam) for _ in range(4)]
    sign_offs = [draft.send(by=cast.sam, deciders=crowd) for draft in drafts]

    results = at_once(
        *(lambda p=p, s=s: answer(s, by=p) for s, p in zip(sign_offs, crowd, strict=False))
    )

    said = sorted(type(result).__name__ for result in results)
    assert said == ["Decision", "Moved", "Moved", "Moved"]
    assert Amendment.select().count() == 1


def test_after_any_race_the_chain_is_unbroken(cast, crowd, answer):
    drafts = [make.estimate(cast.project, by=cast.sam) for _ in range(4)]
    sign_offs = [draft.send(by=cast.sam, deciders=crowd) for draft in drafts]

    at_once(*(lambda p=p, s=s: answer(s, by=p) for s in sign_offs for p in crowd[:2]))

    lines = list(Event.select().where(Event.chain == "harbour").order_by(Event.seq))
    assert [event.seq for event in lines] == list(range(1, len(lines) + 1))
    assert all(one.hash == two.prev for one, two in pairwise(lines))
    assert Head.get(chain="harbour").hash == lines[-1].hash

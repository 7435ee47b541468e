"""Several people at once, each in a thread with a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from portal.core import db
from portal.core.errors import Conflict, DomainError
from portal.feedback.models import Feedback, Verdict
from portal.feedback.words import VerdictKind
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.threads.models import Message, reply
from tests import make

ROUNDS = 5


@pytest.fixture
def item(cast):
    return make.feedback(cast.project, by=cast.vic)


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


def verdicts():
    return Event.select().where(Event.verb == Verb.VERDICT_GIVEN).count()


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_of_two_verdicts_at_once_one_counts_and_the_other_is_told(cast, item, turn):
    def give(kind):
        mine = Feedback.get_by_id(item.id)
        return mine.give_verdict(kind, by=cast.sam, reason="Because.", seen=0)

    results = at_once(lambda: give(VerdictKind.DEFECT), lambda: give(VerdictKind.OUT_OF_SCOPE))

    assert [type(result) for result in results].count(Conflict) == 1
    assert (Verdict.select().count(), verdicts()) == (1, 1)
    assert Feedback.get_by_id(item.id).verdicts == 1


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_verifying_and_reopening_at_once_never_both_happen_out_of_order(cast, item, turn):
    make.verdict(item, by=cast.sam)
    item.resolve(by=cast.sam)

    at_once(
        lambda: Feedback.get_by_id(item.id).verify(by=cast.vic),
        lambda: Feedback.get_by_id(item.id).reopen(by=cast.cleo, reason="It is back."),
    )

    steps = [str(step.kind) for step in item.steps.order_by(item.steps.model.id)]
    assert steps in (["resolved", "verified", "reopened"], ["resolved", "reopened"])
    assert Feedback.get_by_id(item.id).status == "triaged"


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_of_two_colleagues_who_contest_at_once_one_does(cast, item, turn):
    make.verdict(item, by=cast.sam)

    results = at_once(
        lambda: Feedback.get_by_id(item.id).contest(by=cast.vic, reason="The minutes."),
        lambda: Feedback.get_by_id(item.id).contest(by=cast.cleo, reason="The contract."),
    )

    assert [type(result) for result in results].count(Conflict) == 1
    assert [str(step.kind) for step in item.steps] == ["contested"]


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_contest_and_a_new_verdict_at_once_leave_one_story(cast, item, turn):
    make.verdict(item, by=cast.sam)

    at_once(
        lambda: Feedback.get_by_id(item.id).contest(by=cast.vic, reason="Why.", seen=1),
        lambda: make.verdict(Feedback.get_by_id(item.id), by=cast.sam),
    )

    item = Feedback.get_by_id(item.id)
    assert (item.verdicts, item.is_contested, item.is_final) in (
        (2, False, False),  # The new verdict came first: they have not read it yet.
        (2, False, True),  # The contest came first, and the new verdict answers it.
    )


def test_eight_replies_at_once_get_eight_numbers(cast, item):
    tasks = [lambda n=n: reply(item, by=cast.vic, text=f"Word {n}") for n in range(8)]

    results = at_once(*tasks)

    assert sorted(message.number for message in results) == list(range(1, 9))
    assert Message.select().count() == 8


def test_filing_at_once_gives_every_item_a_number_of_its_own(cast):
    tasks = [
        lambda n=n: make.feedback(cast.project, by=cast.vic, text=f"Thing {n}") for n in range(6)
    ]

    results = at_once(*tasks)

    assert sorted(item.number for item in results) == list(range(1, 7))


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_the_same_post_twice_at_once_files_one(cast, turn):
    one, other = at_once(*[lambda: make.feedback(cast.project, by=cast.vic)] * 2)

    assert one == other
    assert Feedback.select().count() == 1

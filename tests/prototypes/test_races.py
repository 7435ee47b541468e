"""Two presses at the same moment, each in a thread with a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from portal.core import db
from portal.core.errors import Conflict, DomainError
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.mail.models import Letter
from portal.prototypes.models import Pin, PinBatch, PinStatus, Prototype
from portal.threads.models import Message
from tests import make

ROUNDS = 5


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
def test_two_publishes_at_once_make_one_batch_one_event_and_one_letter(cast, sent, turn):
    make.pins(sent, by=cast.cleo, texts=["One", "Two"], publish=False)

    results = at_once(*[lambda: PinBatch.publish(sent, by=cast.cleo)] * 2)

    assert sorted(type(result).__name__ for result in results) == ["Conflict", "PinBatch"]
    assert sorted(pin.number for pin in Pin.select()) == [1, 2]
    assert Event.select().where(Event.verb == Verb.PINS_PUBLISHED).count() == 1
    assert Letter.select().where(Letter.template == "pins-published").count() == 1


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_double_click_on_publish_is_one_batch_and_no_refusal(cast, sent, turn):
    make.pins(sent, by=cast.cleo, publish=False)

    results = at_once(*[lambda: PinBatch.publish(sent, by=cast.cleo, key="k")] * 2)

    assert results[0] == results[1] == PinBatch.get()


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_people_publishing_at_once_share_no_number(cast, sent, turn):
    for person in (cast.cleo, cast.vic):
        make.pins(sent, by=person, texts=["One", "Two"], publish=False)

    at_once(*[lambda p=p: PinBatch.publish(sent, by=p) for p in (cast.cleo, cast.vic)])

    assert sorted(pin.number for pin in Pin.select()) == [1, 2, 3, 4]
    assert sorted(batch.number for batch in PinBatch.select()) == [1, 2]


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_pin_that_meets_a_new_version_is_kept_or_refused_never_lost(cast, sent, turn):
    make.pins(sent, by=cast.cleo, publish=False)
    second = sent.prototype.add_version(by=cast.sam)

    published, _ = at_once(
        lambda: PinBatch.publish(sent, by=cast.cleo),
        lambda: second.send(by=cast.sam, deciders=[cast.cleo]),
    )

    is_kept = isinstance(published, PinBatch)
    assert is_kept or isinstance(published, Conflict)
    assert Pin.get().is_draft != is_kept


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_new_versions_at_once_are_one(cast, sent, turn):
    results = at_once(*[lambda: sent.prototype.add_version(by=cast.sam)] * 2)

    assert [type(result) for result in results if isinstance(result, Conflict)] == [Conflict]
    versions = [one.version for one in Prototype.find(cast.project, 1).history]
    assert versions == [2, 1]


# What becomes of a pin ---------------------------------------------------------------------------


@pytest.fixture
def pin(cast, sent):
    make.pins(sent, by=cast.cleo)
    return Pin.published(sent, 1)


def fresh(pin):
    return Pin.get_by_id(pin.id)


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_answers_at_once_are_one_and_the_loser_is_told(cast, pin, turn):
    results = at_once(
        lambda: fresh(pin).address("Green now.", by=cast.sam),
        lambda: fresh(pin).decline("It stays.", by=cast.dora),
    )

    assert sum(isinstance(result, Conflict) for result in results) == 1
    assert (fresh(pin).answer == "Green now.") == (fresh(pin).status == PinStatus.ADDRESSED)
    assert steps_of(pin) == 1


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_verifying_meets_reopening_and_both_leave_one_state(cast, pin, turn):
    pin.address("Green now.", by=cast.sam)

    verified, reopened = at_once(
        lambda: fresh(pin).verify(by=cast.cleo),
        lambda: fresh(pin).reopen("Not quite.", by=cast.vic),
    )

    # Reopened last, or so early that there was nothing left to verify.
    assert reopened is None
    assert verified is None or isinstance(verified, Conflict)
    assert fresh(pin).status == PinStatus.OPEN
    assert steps_of(pin) == (3 if verified is None else 2)


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_pin_is_verified_once_by_two_presses(cast, pin, turn):
    pin.address("Green now.", by=cast.sam)

    results = at_once(*[lambda: fresh(pin).verify(by=cast.cleo)] * 2)

    assert sum(isinstance(result, Conflict) for result in results) == 1
    assert steps_of(pin) == 2


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_answers_at_once_are_gathered_in_one_letter(cast, sent, turn):
    make.pins(sent, by=cast.cleo, texts=["One", "Two", "Three"])
    pins = list(Pin.select())

    at_once(*[lambda one=one: fresh(one).address("Done.", by=cast.sam) for one in pins])

    told = [one.status for one in Letter.select().where(Letter.template == "pins-answered")]
    assert sorted(told) == ["gathered"] * (len(pins) - 1) + ["gathering"]
    assert Message.select().count() == len(pins)


def steps_of(pin):
    return Message.select().where(Message.subject_number == pin.number).count()

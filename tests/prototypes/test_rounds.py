"""A round opens with a version, collects what the client says of it, and closes."""

import datetime as dt

import pytest

from portal.access.permissions import Role
from portal.core.errors import Conflict, DomainError
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.mail.models import Letter
from portal.projects.models import Project
from portal.prototypes import jobs
from portal.prototypes.gathered import RoundPage
from portal.prototypes.models import (
    Pin,
    PinBatch,
    Prototype,
    Round,
    captain,
)
from portal.signoff import jobs as signoff_jobs
from portal.signoff.models import Answer, Opinion, SignOff, View
from tests import make


def rounds():
    return [(one.number, one.version.version, str(one.status)) for one in Round.select()]


def again(version, cast):
    """Send the next version of the same prototype."""
    draft = Prototype.find(cast.project, version.number).add_version(by=cast.sam)
    draft.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])
    return draft


def test_sending_a_version_opens_a_round(cast, sent):
    assert rounds() == [(1, 1, "open")]


def test_the_first_batch_of_the_client_submits_it_and_later_ones_belong_to_it(cast, sent):
    first = make.pins(sent, by=cast.vic)
    second = make.pins(sent, by=cast.cleo)

    assert rounds() == [(1, 1, "submitted")]
    assert first.round == second.round == Round.get()
    assert Round.get().submitted_by == cast.vic


def test_what_the_studio_pins_uses_no_round(cast, sent):
    batch = make.pins(sent, by=cast.sam)

    assert batch.round is None
    assert rounds() == [(1, 1, "open")]


def test_the_next_version_closes_a_used_round_and_opens_one(cast, sent):
    make.pins(sent, by=cast.vic)

    again(sent, cast)

    assert rounds() == [(1, 1, "closed"), (2, 2, "open")]


def test_a_version_after_an_unused_round_goes_on_with_it(cast, sent):
    second = again(sent, cast)
    assert rounds() == [(1, 1, "open")]

    make.pins(second, by=cast.cleo)
    again(second, cast)

    assert rounds() == [(1, 1, "closed"), (2, 3, "open")]


def test_each_version_knows_its_round(cast, sent):
    second = again(sent, cast)
    make.pins(second, by=cast.cleo)
    third = again(second, cast)

    assert [Round.of(one).number for one in (sent, second, third)] == [1, 1, 2]


@pytest.mark.parametrize("answer", [Answer.APPROVE, Answer.DECLINE, Answer.REQUEST_CHANGES])
def test_a_decision_closes_the_round(cast, sent, answer):
    make.answer(SignOff.get(), by=cast.cleo, answer=answer)

    assert rounds() == [(1, 1, "closed")]


def test_a_version_that_is_taken_back_spends_no_round(cast, sent):
    SignOff.get().withdraw(by=cast.sam, reason="Wrong file.")

    again(sent, cast)

    assert rounds() == [(1, 1, "open")]


def test_pins_after_asking_for_changes_belong_to_the_closed_round(cast, sent):
    make.answer(SignOff.get(), by=cast.cleo, answer=Answer.REQUEST_CHANGES)

    batch = make.pins(sent, by=cast.cleo)

    assert batch.round.is_submitted
    assert rounds() == [(1, 1, "closed")]


def test_terms_are_the_studios_fact_and_the_client_sees_them_on_the_page(cast, sent):
    before = Project.get_by_id(cast.project.id)
    sent.prototype.set_terms(by=cast.sam, included_rounds=2, captain=cast.vic)

    event, after = Event.select().order_by(Event.id.desc()).get(), Project.get_by_id(before.id)
    assert (event.verb, event.is_internal) == (Verb.PROTOTYPE_TERMS_SET, True)
    assert event.body == {"included": 2, "person": cast.vic.identity, "minutes": None}
    assert after.client_revision > before.client_revision


def test_terms_of_what_the_client_does_not_know_change_nothing_for_them(cast):
    draft = make.prototype(cast.project, by=cast.sam)
    before = Project.get_by_id(cast.project.id).client_revision

    draft.prototype.set_terms(by=cast.sam, included_rounds=1)

    assert Project.get_by_id(cast.project.id).client_revision == before


@pytest.mark.parametrize(
    "wrong",
    [{"included_rounds": -1}, {"included_rounds": 51}, {"role": "Design"}, {"minutes": 60}],
)
def test_terms_that_make_no_sense_are_refused(cast, sent, wrong):
    with pytest.raises(DomainError):
        sent.prototype.set_terms(by=cast.sam, **wrong)


def test_only_somebody_of_the_client_on_the_project_gathers(cast, sent):
    for stranger in (cast.dora, cast.otto):
        with pytest.raises(DomainError, match="of the client"):
            sent.prototype.set_terms(by=cast.sam, captain=stranger)


# A replaced version is locked --------------------------------------------------------------------


def test_nothing_is_written_on_a_replaced_version(cast, sent):
    sent.prototype.set_terms(by=cast.sam, captain=cast.vic)
    make.pins(sent, by=cast.cleo, texts=["One", "Two"], publish=False)
    keys = [pin.key for pin in Pin.select()]
    old = SignOff.get()
    again(sent, cast)

    for act in (
        lambda: Pin.leave(sent, by=cast.cleo, screen=1, x_bp=1, y_bp=1, text="Late"),
        lambda: PinBatch.publish(sent, by=cast.cleo),
        lambda: captain.merge(sent, keys, by=cast.vic, into=keys[0]),
        lambda: captain.drop(sent, keys[0], by=cast.vic, why="Late"),
        lambda: captain.restore(sent, keys[0], by=cast.vic),
        lambda: captain.keep(sent, keys, by=cast.vic),
        lambda: captain.submit(sent, by=cast.vic, seen=""),
        lambda: Opinion.give(old, by=cast.vic, view=View.LOOKS_GOOD),
        lambda: make.answer(old, by=cast.cleo),
    ):
        with pytest.raises(Conflict):
            act()

    assert not PinBatch.select().exists()
    assert Pin.select().count() == 2


def test_an_answered_pin_of_a_replaced_version_is_still_verified_or_reopened(cast, sent):
    make.pins(sent, by=cast.cleo, texts=["One", "Two"])
    for number in (1, 2):
        Pin.published(sent, number).address("Done.", by=cast.sam)
    again(sent, cast)

    Pin.published(sent, 1).verify(by=cast.vic)
    Pin.published(sent, 2).reopen("Not quite.", by=cast.cleo)

    assert [str(pin.status) for pin in Pin.select().order_by(Pin.number)] == ["verified", "open"]


# Reminders ---------------------------------------------------------------------------------------


@pytest.fixture
def due(cast, at):
    """A version that waits until 12 March, its pins gathered by Vic, one of them shown."""
    at("2026-03-09 09:00")
    draft = make.prototype(cast.project, by=cast.sam)
    day = dt.date(2026, 3, 12)
    draft.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic], due_on=day)
    draft.prototype.set_terms(by=cast.sam, captain=cast.vic)
    make.pins(draft, by=cast.cleo)
    return draft


def reminders():
    return Letter.select().where(Letter.template == "round-reminder").count()


def test_the_captain_is_reminded_once_a_day_until_the_round_is_submitted(cast, due, at):
    for day, sofar in (("10", 0), ("11", 1), ("11", 1), ("12", 2)):
        at(f"2026-03-{day} 07:02")
        jobs.remind_due()
        assert reminders() == sofar

    captain.submit(due, by=cast.vic, seen=seen(due, cast.vic))
    at("2026-03-13 07:02")
    jobs.remind_due()
    assert reminders() == 2


def seen(version, by):
    return RoundPage(version, by, Role.REVIEWER).stamp


def test_a_captain_with_nothing_to_gather_is_not_reminded(cast, due, at):
    shown = Pin.get()
    captain.drop(due, shown.key, by=cast.vic, why="Known.")
    at("2026-03-12 07:02")
    jobs.remind_due()

    assert reminders() == 0


def test_a_reviewer_is_reminded_until_the_opinion_is_given(cast, due, at):
    at("2026-03-11 07:00")
    signoff_jobs.remind_due()
    Opinion.give(SignOff.get(), by=cast.vic, view=View.LOOKS_GOOD)
    at("2026-03-12 07:00")
    signoff_jobs.remind_due()

    told = Letter.select().where(
        Letter.template == "sign-off-reminder", Letter.user_id == cast.vic.id
    )
    assert told.count() == 1

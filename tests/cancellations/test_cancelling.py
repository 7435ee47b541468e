"""What both sides signed can be undone by both sides: exactly, once, and never silently."""

import datetime as dt
import json

import pytest

from portal.cancellations.models import Cancellation
from portal.core.errors import Conflict, DomainError
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.projects.models import Project
from portal.scope import baseline
from portal.scope.models import Amendment
from portal.signoff.models import Answer, SignOff, SignOffStatus
from portal.signoff.refusals import Overtaken
from portal.signoff.subject import SubjectStatus
from tests import make


@pytest.fixture
def contract(cast):
    """The signed estimate 1: design for 120.00 and text for 80.00, launch in May."""
    lines = [("Design", 120_00), ("Text", 80_00)]
    draft = make.estimate(cast.project, by=cast.sam, lines=lines, launch_on=dt.date(2031, 5, 4))
    return signed(draft, cast)


def signed(draft, cast):
    sign_off = draft.send(by=cast.sam, deciders=[cast.cleo])
    make.answer(sign_off, by=cast.cleo)
    return SignOff.get_by_id(sign_off.id)


def change(cast, *impacts, **words):
    """A signed change request with these impacts."""
    return signed(make.change(cast.project, by=cast.sam, impacts=impacts, **words), cast)


def proposed(sign_off, cast, reason="The museum stops the project."):
    return Cancellation.propose(sign_off, by=cast.sam, reason=reason)


def cancel(sign_off, cast):
    """Let both sides undo it. Returns the cancellation's sign-off."""
    sent = proposed(sign_off, cast).send(by=cast.sam, deciders=[cast.cleo])
    make.answer(sent, by=cast.cleo)
    return SignOff.get_by_id(sent.id)


def launch(cast):
    return Project.get_by_id(cast.project.id).launch_on


def test_everything_the_contract_did_goes_back(cast, contract):
    cancel(contract, cast)

    now = baseline.of(cast.project)
    assert now.total_minor == 0
    assert [item.is_removed for item in now.items] == [True, True]
    assert [item.price_minor for item in now.items] == [0, 0]
    assert (launch(cast), now.launch_on) == (None, None)


def test_the_original_stays_readable_and_says_what_undid_it(cast, contract):
    undone_by = cancel(contract, cast)

    original = SignOff.get_by_id(contract.id)
    assert (original.status, original.cancelled_by) == (SignOffStatus.CANCELLED, undone_by)
    assert original.subject.status == SubjectStatus.CANCELLED
    assert original.shown == contract.shown
    first, second = baseline.of(cast.project).amendments
    assert (first.cancelled_by, second.cancels) == (1, 1)
    assert baseline.of(cast.project, 1).amendments[0].cancelled_by is None


def test_what_was_undone_counts_in_no_sum(cast, contract):
    added = change(cast, make.ADDED)
    cancel(contract, cast)

    now = baseline.of(cast.project)
    assert [one.number for one in now.standing] == [2]
    assert (now.contract_minor, now.changes_minor) == (added.amount_minor, 0)
    strip = baseline.strip(cast.project, 10_00)
    assert (strip.changes_count, strip.total_minor) == (0, added.amount_minor + 10_00)


def test_a_changed_item_is_exactly_what_it_was(cast, contract):
    words = {"title": "Design, twice", "detail": "Two rounds more.", "price_minor": 30_00}
    changed = change(cast, {"action": "changed", "item": 1, **words})
    cancel(changed, cast)

    item = baseline.of(cast.project).item(1)
    assert (item.title, item.detail, item.price_minor) == ("Design", "", 120_00)
    assert not item.is_removed


def test_a_removed_item_comes_back(cast, contract):
    gone = change(cast, {"action": "removed", "item": 2})
    assert baseline.of(cast.project).total_minor == 120_00
    cancel(gone, cast)

    item = baseline.of(cast.project).item(2)
    assert (item.title, item.price_minor, item.is_removed) == ("Text", 80_00, False)
    assert baseline.of(cast.project).total_minor == 200_00


def test_the_launch_goes_back_unless_a_later_change_moved_it(cast, contract):
    june = change(cast, make.ADDED, launch_on=dt.date(2031, 6, 1))
    july = change(cast, make.ADDED, launch_on=dt.date(2031, 7, 1))

    cancel(june, cast)
    assert launch(cast) == dt.date(2031, 7, 1)
    cancel(july, cast)
    assert launch(cast) == baseline.of(cast.project).launch_on == dt.date(2031, 5, 4)


def test_nothing_moves_before_the_client_has_signed(cast, contract):
    sent = proposed(contract, cast).send(by=cast.sam, deciders=[cast.cleo])

    assert baseline.of(cast.project).total_minor == 200_00
    make.answer(sent, by=cast.cleo, answer=Answer.DECLINE)
    assert SignOff.get_by_id(contract.id).status == SignOffStatus.APPROVED
    assert Amendment.select().count() == 1


def test_what_a_later_change_touched_cannot_be_undone_before_that_is(cast, contract):
    later = change(cast, {"action": "changed", "item": 1, "price_minor": 5_00})
    with pytest.raises(Conflict, match="“Design” was changed by change request 1 later"):
        proposed(contract, cast)

    cancel(later, cast)
    cancel(contract, cast)
    assert baseline.of(cast.project).total_minor == 0


def test_a_change_signed_meanwhile_takes_the_proposal_back(cast, contract):
    impact = {"action": "changed", "item": 1, "price_minor": 5_00}
    later = make.change(cast.project, by=cast.sam, impacts=[impact])
    waiting = later.send(by=cast.sam, deciders=[cast.cleo])
    sent = proposed(contract, cast).send(by=cast.sam, deciders=[cast.cleo])
    make.answer(waiting, by=cast.cleo)

    with pytest.raises(Overtaken, match="“Design” was changed by change request 1"):
        make.answer(sent, by=cast.cleo)
    assert SignOff.get_by_id(sent.id).status == SignOffStatus.WITHDRAWN


def test_a_launch_that_was_set_after_a_cancellation_comes_back(cast, contract):
    cancel(contract, cast)
    Project.get_by_id(cast.project.id).describe(by=cast.sam, launch_on=dt.date(2031, 5, 20))
    lines, moved = [("Film", 10_00)], dt.date(2031, 9, 1)
    anew = make.estimate(cast.project, by=cast.sam, lines=lines, launch_on=moved)

    cancel(signed(anew, cast), cast)

    assert launch(cast) == dt.date(2031, 5, 20)


def test_a_launch_moved_meanwhile_takes_the_proposal_back(cast, contract):
    later = make.change(cast.project, by=cast.sam, launch_on=dt.date(2031, 8, 1))
    waiting = later.send(by=cast.sam, deciders=[cast.cleo])
    sent = proposed(contract, cast).send(by=cast.sam, deciders=[cast.cleo])
    make.answer(waiting, by=cast.cleo)

    with pytest.raises(Overtaken, match="The launch was moved"):
        make.answer(sent, by=cast.cleo)


def test_nothing_is_cancelled_twice(cast, contract):
    cancel(contract, cast)
    with pytest.raises(Conflict, match="is cancelled already"):
        proposed(SignOff.get_by_id(contract.id), cast)


def test_a_cancellation_is_final(cast, contract):
    with pytest.raises(Conflict, match="A cancellation is final"):
        proposed(cancel(contract, cast), cast)


def test_only_what_was_approved_can_be_cancelled(cast, contract):
    draft = make.change(cast.project, by=cast.sam)
    waiting = draft.send(by=cast.sam, deciders=[cast.cleo])
    with pytest.raises(Conflict, match="Only what was approved"):
        proposed(waiting, cast)


def test_what_moved_nothing_cannot_be_undone(cast, contract):
    shown = make.prototype(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    make.answer(shown, by=cast.cleo)
    with pytest.raises(Conflict, match="moved neither scope nor sums"):
        proposed(SignOff.get_by_id(shown.id), cast)


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_it_needs_a_reason(cast, contract, reason):
    with pytest.raises(DomainError, match="Say why"):
        proposed(contract, cast, reason).send(by=cast.sam, deciders=[cast.cleo])


def test_a_draft_is_worded_anew_and_a_sent_one_gets_a_new_version(cast, contract):
    first = proposed(contract, cast)
    assert proposed(contract, cast, "Otherwise.").id == first.id
    sent = Cancellation.get_by_id(first.id).send(by=cast.sam, deciders=[cast.cleo])

    second = proposed(contract, cast, "Better said.")
    assert (second.number, second.version) == (1, 2)
    second.send(by=cast.sam, deciders=[cast.cleo])
    assert SignOff.get_by_id(sent.id).status == SignOffStatus.SUPERSEDED
    found = Cancellation.difference(sent.shown, SignOff.of(second).shown)
    assert [fact.what for fact in found.facts] == ["Why"]


def test_of_a_draft_that_was_sent_nothing_can_be_sent_again(cast, contract):
    draft = proposed(contract, cast)
    draft.send(by=cast.sam, deciders=[cast.cleo])
    with pytest.raises(Conflict, match="cannot change"):
        draft.send(by=cast.sam, deciders=[cast.cleo])


def test_afterwards_the_estimate_can_be_offered_anew(cast, contract):
    cancel(contract, cast)
    version = contract.subject.estimate.revise(by=cast.sam)
    signed(version, cast)
    assert baseline.of(cast.project).total_minor == 200_00


def test_the_snapshot_names_nobody_and_holds_what_is_shown(cast, contract):
    sent = proposed(contract, cast).send(by=cast.sam, deciders=[cast.cleo])
    for person in (cast.sam, cast.cleo):
        assert person.name not in sent.snapshot
    assert sent.amount_minor == -200_00
    assert [undo["title_before"] for undo in sent.shown["undone"]] == ["Design", "Text"]


def test_the_ledger_says_what_was_cancelled_by_what(cast, contract):
    cancel(contract, cast)
    body = Event.get(Event.verb == Verb.DECISION_CANCELLED).body
    assert (body["kind"], body["by_kind"], body["by_number"]) == ("estimate", "cancellation", 1)
    made = Event.select().where(Event.verb == Verb.AMENDMENT_MADE).order_by(Event.id.desc()).get()
    assert json.loads(made.line)["body"]["cancels"] == 1


def test_both_sides_get_letters(cast, contract, letters):
    cancel(contract, cast)
    subjects = [letter["subject"] for letter in letters() if letter["to"].startswith("Cleo")]
    assert any("Cancellation of The visitor site" in subject for subject in subjects)

"""What a client can do with it: verify, reopen, contest. And whose turn it is after each."""

import pytest

from portal.core.errors import Conflict, DomainError, Forbidden
from portal.feedback.models import Feedback
from portal.feedback.words import FeedbackStatus, Kind, Turn, VerdictKind
from portal.ledger.models import Event
from portal.mail.models import Letter
from portal.threads.models import reply
from tests import make

NEW, TRIAGED = FeedbackStatus.NEW, FeedbackStatus.TRIAGED
RESOLVED, VERIFIED = FeedbackStatus.RESOLVED, FeedbackStatus.VERIFIED


@pytest.fixture
def item(cast):
    return make.feedback(cast.project, by=cast.vic)


@pytest.fixture
def judged(cast, item):
    make.verdict(item, by=cast.sam)
    return item


@pytest.fixture
def resolved(cast, judged):
    judged.resolve(by=cast.sam)
    return judged


def now(item):
    found = Feedback.get_by_id(item.id)
    return found.status, found.turn


def test_a_colleague_can_verify_what_another_filed(cast, resolved):
    resolved.verify(by=cast.cleo)

    assert now(resolved) == (VERIFIED, Turn.NOBODY)


@pytest.mark.parametrize("answer", ["verify", "reopen", "contest"])
def test_the_studio_cannot_answer_for_the_client(cast, resolved, answer):
    words = {} if answer == "verify" else {"reason": "Because."}

    with pytest.raises(Forbidden):
        getattr(resolved, answer)(by=cast.sam, **words)

    assert now(resolved) == (RESOLVED, Turn.CLIENT)


def test_what_nobody_resolved_cannot_be_verified(cast, judged):
    with pytest.raises(Conflict, match="no longer resolved"):
        judged.verify(by=cast.vic)


def test_reopening_says_why_and_is_our_turn_again(cast, resolved):
    with pytest.raises(DomainError, match="still wrong"):
        resolved.reopen(by=cast.vic, reason=" ")

    resolved.reopen(by=cast.vic, reason="It is back on my phone.")

    assert now(resolved) == (TRIAGED, Turn.STUDIO)
    assert resolved.steps.order_by(resolved.steps.model.id.desc()).get().words.endswith("phone.")


def test_a_question_that_is_reopened_is_new_because_it_was_never_judged(cast):
    item = make.feedback(cast.project, by=cast.vic, kind=Kind.QUESTION)
    item.resolve(by=cast.sam)

    item.reopen(by=cast.vic, reason="That was another question.")

    assert now(item) == (NEW, Turn.STUDIO)


def test_what_was_verified_can_come_back(cast, resolved):
    resolved.verify(by=cast.vic)

    resolved.reopen(by=cast.cleo, reason="It is broken again.")

    assert now(resolved) == (TRIAGED, Turn.STUDIO)


def test_a_verdict_can_be_contested_once(cast, judged):
    judged.contest(by=cast.vic, reason="The minutes say otherwise.")

    with pytest.raises(Conflict, match="contested already"):
        judged.contest(by=cast.cleo, reason="I think so too.")

    assert Feedback.get_by_id(judged.id).is_contested


@pytest.fixture
def answered(cast, judged):
    judged.contest(by=cast.vic, reason="The minutes say otherwise.")
    make.verdict(judged, by=cast.sam, kind=VerdictKind.OUT_OF_SCOPE)
    return judged


def test_a_new_verdict_answers_the_contest_and_is_final(cast, answered):
    assert not Feedback.get_by_id(answered.id).is_contested

    with pytest.raises(Conflict, match="contested once"):
        answered.contest(by=cast.cleo, reason="Not that either.")

    assert answered.is_final


def test_a_final_verdict_binds_the_studio_too(cast, answered):
    with pytest.raises(Conflict, match="is final"):
        make.verdict(answered, by=cast.sam, kind=VerdictKind.NEW_SCOPE)

    assert answered.verdict.kind == VerdictKind.OUT_OF_SCOPE


def test_what_is_finally_out_of_scope_waits_for_nobody_until_somebody_writes(cast, answered):
    assert now(answered) == (TRIAGED, Turn.NOBODY)

    reply(answered, by=cast.vic, text="Then what would it cost?")

    assert now(answered) == (TRIAGED, Turn.STUDIO)


def test_reopening_does_not_make_a_final_verdict_contestable(cast, answered):
    answered.resolve(by=cast.sam)
    answered.reopen(by=cast.vic, reason="It is still there.")

    with pytest.raises(Conflict, match="contested once"):
        answered.contest(by=cast.vic, reason="Once more.")


def test_what_is_out_of_scope_and_reopened_waits_for_our_answer(cast, answered):
    answered.resolve(by=cast.sam)

    answered.reopen(by=cast.vic, reason="It is still there.")
    assert now(answered) == (TRIAGED, Turn.STUDIO)

    reply(answered, by=cast.sam, text="It stays as it is, since nobody ordered it.")
    assert now(answered) == (TRIAGED, Turn.NOBODY)


def test_a_verdict_that_nobody_contested_is_not_final(judged):
    assert not judged.is_final


@pytest.mark.parametrize("moment", ["before the verdict", "after it is resolved"])
def test_only_a_verdict_that_stands_can_be_contested(cast, item, moment):
    if moment == "after it is resolved":
        make.verdict(item, by=cast.sam)
        item.resolve(by=cast.sam)

    with pytest.raises(Conflict, match="no verdict to contest"):
        item.contest(by=cast.vic, reason="I see it otherwise.")


def test_contesting_says_why(cast, judged):
    with pytest.raises(DomainError, match="otherwise"):
        judged.contest(by=cast.vic, reason="")


def test_what_is_contested_cannot_be_resolved_over_the_clients_head(cast, judged):
    judged.contest(by=cast.vic, reason="The minutes say otherwise.")

    with pytest.raises(Conflict, match="contests the verdict"):
        judged.resolve(by=cast.sam)


def test_an_out_of_scope_verdict_that_is_contested_is_our_turn(cast, item):
    make.verdict(item, by=cast.sam, kind=VerdictKind.OUT_OF_SCOPE)
    assert now(item) == (TRIAGED, Turn.CLIENT)

    item.contest(by=cast.vic, reason="It was in the contract.")

    assert now(item) == (TRIAGED, Turn.STUDIO)


def test_the_reasons_of_clients_stay_out_of_the_ledger(cast, resolved):
    resolved.reopen(by=cast.vic, reason="A quagga ran over it.")
    resolved.contest(by=cast.vic, reason="Quaggas are in the contract.")

    assert not Event.select().where(Event.line.contains("uagga")).count()


def test_an_answer_of_the_client_is_mailed_to_the_producers(cast, resolved):
    resolved.verify(by=cast.vic)

    told = Letter.select().where(Letter.template == "feedback-answered")
    assert {letter.name for letter in told} == {"Sam Moreau"}


# Whose turn it is --------------------------------------------------------------------------------


def test_a_question_of_the_studio_is_their_turn_and_the_answer_ours_again(cast, item):
    reply(item, by=cast.sam, text="On which phone?", is_question=True)
    assert now(item) == (NEW, Turn.CLIENT)

    reply(item, by=cast.cleo, text="On mine.")

    assert now(item) == (NEW, Turn.STUDIO)


def test_a_reply_without_a_question_leaves_what_is_new_with_us(cast, item):
    reply(item, by=cast.dora, text="Thank you, we look at it.")

    assert now(item) == (NEW, Turn.STUDIO)


def test_a_word_of_the_client_on_what_is_done_is_not_lost(cast, resolved):
    resolved.verify(by=cast.vic)

    reply(resolved, by=cast.vic, text="Thank you! And the other page?")
    assert now(resolved) == (VERIFIED, Turn.STUDIO)

    reply(resolved, by=cast.sam, text="That one comes on Monday.")
    assert now(resolved) == (VERIFIED, Turn.NOBODY)


def test_the_wait_counts_from_when_the_turn_came_not_from_the_last_word(cast, at):
    at("2026-03-12 10:00")
    item = make.feedback(cast.project, by=cast.vic)
    at("2026-03-14 10:00")
    reply(item, by=cast.vic, text="Hello?")
    assert Feedback.get_by_id(item.id).turned_at.day == 12

    reply(item, by=cast.sam, text="On which phone?", is_question=True)

    assert Feedback.get_by_id(item.id).turned_at.day == 14


def test_a_stale_copy_of_it_decides_nobodys_turn(cast, item):
    stale = Feedback.get_by_id(item.id)
    make.verdict(item, by=cast.sam)
    item.resolve(by=cast.sam)
    reply(item, by=cast.vic, text="Thanks.")

    reply(stale, by=cast.sam, text="You are welcome.")

    assert now(item) == (RESOLVED, Turn.CLIENT)

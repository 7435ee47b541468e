"""The studio's judgement: what it needs, what it moves, and who learns of it."""

import pytest

from portal.changes.models import ChangeRequest
from portal.core.errors import Conflict, DomainError
from portal.feedback.models import Feedback, Verdict
from portal.feedback.words import FeedbackStatus, Kind, Turn, VerdictKind
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.mail.models import Letter
from tests import make


@pytest.fixture
def item(cast):
    return make.feedback(cast.project, by=cast.vic)


def now(item):
    return Feedback.get_by_id(item.id)


def test_a_verdict_triages_it_and_tells_who_filed_it(cast, item):
    make.verdict(item, by=cast.sam, reason="Part of the today strip.")

    assert now(item).status == FeedbackStatus.TRIAGED
    event = Event.select().order_by(Event.id.desc()).first()
    assert (event.verb, event.chain) == (Verb.VERDICT_GIVEN, "harbour")
    assert event.body["verdict"] == "included_revision"
    assert "today strip" not in event.line
    told = {letter.name for letter in Letter.select().where(Letter.template == "verdict-given")}
    assert told == {"Vic Aalto"}


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_verdict_needs_a_reason_because_the_client_reads_it(cast, item, reason):
    with pytest.raises(DomainError, match="Say why"):
        make.verdict(item, by=cast.sam, reason=reason)

    assert now(item).status == FeedbackStatus.NEW
    assert Verdict.select().count() == 0


def test_the_last_verdict_counts_and_the_earlier_one_stays(cast, item):
    first = make.verdict(item, by=cast.sam, kind=VerdictKind.OUT_OF_SCOPE)

    make.verdict(item, by=cast.sam, kind=VerdictKind.DEFECT, reason="We looked again.")

    assert now(item).verdict.kind == VerdictKind.DEFECT
    assert Verdict.get_by_id(first.id).kind == VerdictKind.OUT_OF_SCOPE


def test_a_verdict_made_without_seeing_the_last_one_is_refused(cast, item):
    make.verdict(item, by=cast.sam)

    with pytest.raises(Conflict, match="has changed meanwhile"):
        item.give_verdict(VerdictKind.DEFECT, by=cast.dora, reason="It is broken.", seen=0)

    assert Verdict.select().count() == 1


def test_a_verdict_can_name_what_they_signed(cast, item):
    make.amendment(cast.project, make.added("Today strip", 6_400_00), by=cast.cleo)

    verdict = make.verdict(item, by=cast.sam, scope_item=1)

    assert verdict.scope_item.number == 1


def test_the_letter_says_what_they_signed_and_that_it_can_be_contested_once(cast, item, letters):
    make.amendment(cast.project, make.added("Today strip", 6_400_00), by=cast.cleo)
    make.verdict(item, by=cast.sam, scope_item=1)

    (letter,) = [one for one in letters() if one["To"].addresses[0].username == "vic.aalto"]

    words = " ".join(letter.get_body(("plain",)).get_content().split())
    assert "Measured by what you signed: Scope item 1: Today strip." in words
    assert "you can contest it once" in words


def test_the_letter_about_the_answer_to_a_contest_says_that_it_is_final(cast, item, letters):
    make.verdict(item, by=cast.sam)
    item.contest(by=cast.vic, reason="The minutes say otherwise.")
    Letter.delete().execute()
    make.verdict(item, by=cast.sam, kind=VerdictKind.OUT_OF_SCOPE)

    (letter,) = letters()

    words = " ".join(letter.get_body(("plain",)).get_content().split())
    assert "This answers what was contested, and is final" in words


def test_a_verdict_cannot_name_what_nobody_signed(cast, item):
    make.amendment(cast.elsewhere, make.added("Otters", 1_00), by=cast.otto)

    with pytest.raises(DomainError, match="no scope item 1"):
        make.verdict(item, by=cast.sam, scope_item=1)

    assert now(item).status == FeedbackStatus.NEW


def test_what_is_resolved_is_judged_no_more(cast, item):
    make.verdict(item, by=cast.sam)
    item.resolve(by=cast.sam)

    with pytest.raises(Conflict, match="This is resolved"):
        make.verdict(item, by=cast.sam)


def test_a_defect_cannot_be_resolved_before_it_is_judged(cast):
    item = make.feedback(cast.project, by=cast.vic, kind=Kind.DEFECT)

    with pytest.raises(DomainError, match="Give a verdict first"):
        item.resolve(by=cast.sam)


@pytest.mark.parametrize("kind", [Kind.QUESTION, Kind.PRAISE])
def test_a_question_or_praise_needs_no_verdict(cast, kind):
    item = make.feedback(cast.project, by=cast.vic, kind=kind)

    item.resolve(by=cast.sam, words="Every 20 minutes.")

    assert now(item).status == FeedbackStatus.RESOLVED


def test_the_second_of_two_who_resolve_it_is_refused(cast, item):
    make.verdict(item, by=cast.sam)
    stale = now(item)
    item.resolve(by=cast.sam)

    with pytest.raises(Conflict, match="no longer triaged"):
        stale.resolve(by=cast.sam)


def test_resolving_asks_who_filed_it_to_look_again(cast, item, letters):
    make.verdict(item, by=cast.sam)
    item.resolve(by=cast.sam, words="Look at **version 4**.")

    (letter,) = [one for one in letters() if one["Subject"].startswith("Please look again")]

    assert letter["Subject"] == "Please look again: Show only the tides while we are open"
    assert letter["To"].addresses[0].username == "vic.aalto"
    assert "<strong>version 4</strong>" in letter.get_body(("html",)).get_content()


@pytest.mark.parametrize(
    ("kind", "turn"),
    [
        (VerdictKind.DEFECT, Turn.STUDIO),
        (VerdictKind.INCLUDED_REVISION, Turn.STUDIO),
        (VerdictKind.NEW_SCOPE, Turn.STUDIO),
        (VerdictKind.OUT_OF_SCOPE, Turn.CLIENT),
    ],
)
def test_after_a_verdict_it_is_the_turn_of_whoever_has_to_act_on_it(cast, item, kind, turn):
    make.verdict(item, by=cast.sam, kind=kind)

    assert now(item).turn == turn


def test_it_becomes_one_change_request_however_often_it_is_pressed(cast, item):
    change = item.turn_into_change(by=cast.sam)

    assert item.turn_into_change(by=cast.sam) == change
    draft = ChangeRequest.find(cast.project, change.number).current
    assert (draft.title, draft.why) == (item.title, item.text)


def test_a_draft_made_of_it_is_nothing_the_client_learns_of(cast, item):
    before = Event.select().where(Event.chain == "harbour").count()

    item.turn_into_change(by=cast.sam)

    assert Event.select().where(Event.chain == "harbour").count() == before

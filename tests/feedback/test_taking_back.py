"""A verdict is taken back for ten minutes, as a fact, while nobody has built on it."""

import re

import pytest

from portal.access.permissions import HouseRole, Role
from portal.core.errors import Conflict, Forbidden
from portal.feedback.models import Feedback, Handling
from portal.feedback.words import FeedbackStatus, Turn, VerdictKind
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.mail.models import Letter, LetterStatus
from portal.notices import batches
from portal.projects.promises import Promise
from portal.threads.models import reply
from tests import make

OUT = VerdictKind.OUT_OF_SCOPE


@pytest.fixture
def item(cast, at):
    at("2026-03-12 10:00")
    filed = make.feedback(cast.project, by=cast.vic, text="The door sticks")
    at("2026-03-12 11:00")
    return filed


def stance(item):
    """Return how a feedback stands, for both sides and for the studio."""
    now, handling = Feedback.get_by_id(item.id), Handling.get(feedback=item)
    theirs = (now.status, now.is_contested, now.turn, now.turned_at)
    return (*theirs, handling.responded_at, handling.resolve_by_at)


def fates():
    return [str(one.status) for one in Letter.select().where(Letter.template == "verdict-given")]


def test_all_stands_as_it_did_and_both_facts_stay_on_record(cast, item):
    before = stance(item)
    verdict = make.verdict(item, by=cast.sam, kind=OUT)
    item.take_back(verdict.id, by=cast.sam)

    assert stance(item) == before
    assert item.verdict is None
    last = Event.select().order_by(Event.id.desc()).limit(2)
    assert [one.verb for one in last] == [Verb.VERDICT_TAKEN_BACK, Verb.VERDICT_GIVEN]
    assert {one.chain for one in last} == {"harbour"}


def test_what_was_promised_is_due_when_it_was(cast, at):
    Promise.give(cast.client, by=cast.sam, first_response_minutes=60, resolution_minutes=600)
    at("2026-03-12 10:00")
    item = make.feedback(cast.project, by=cast.vic)
    reply(item, by=cast.sam, text="Which door?", is_question=True)
    before = stance(item)
    at("2026-03-13 10:00")

    item.take_back(make.verdict(item, by=cast.sam).id, by=cast.sam)

    assert stance(item) == before
    assert Feedback.get_by_id(item.id).turn == Turn.CLIENT


def test_a_contest_that_it_answered_is_open_again(cast, item, at):
    make.verdict(item, by=cast.sam, kind=OUT)
    item.contest(by=cast.vic, reason="It was in the contract.")
    before = stance(item)
    at("2026-03-12 11:05")
    second = make.verdict(item, by=cast.sam)

    item.take_back(second.id, by=cast.sam)

    assert stance(item) == before
    assert item.verdict.kind == OUT


def test_its_letter_never_leaves(cast, item, at):
    verdict = make.verdict(item, by=cast.sam)
    assert fates() == ["gathering"]
    item.take_back(verdict.id, by=cast.sam)
    at("2026-03-13 11:00")
    batches.sweep()

    assert fates() == ["skipped"]
    assert not Letter.select().where(Letter.template == "verdict-taken-back").exists()


def test_whoever_has_its_letter_gets_another(cast, item):
    verdict = make.verdict(item, by=cast.sam)
    Letter.update(status=LetterStatus.SENT).where(Letter.template == "verdict-given").execute()
    item.take_back(verdict.id, by=cast.sam)

    told = Letter.select().where(Letter.template == "verdict-taken-back")
    assert [one.name for one in told] == ["Vic Aalto"]


@pytest.mark.parametrize(
    ("meanwhile", "sentence"),
    [
        (lambda cast, item: item.contest(by=cast.vic, reason="No."), "answered it since"),
        (lambda cast, item: item.resolve(by=cast.sam), "answered it since"),
        (lambda cast, item: reply(item, by=cast.vic, text="Why?"), "answered it since"),
        (lambda cast, item: item.turn_into_change(by=cast.sam), "Change request 1 is made of it"),
        (lambda cast, item: make.verdict(item, by=cast.sam), "moved on since"),
    ],
    ids=["contested", "resolved", "answered", "change", "judged"],
)
def test_it_stands_once_somebody_has_built_on_it(cast, item, meanwhile, sentence):
    verdict = make.verdict(item, by=cast.sam)
    meanwhile(cast, item)

    with pytest.raises(Conflict, match=sentence):
        item.take_back(verdict.id, by=cast.sam)


def test_it_stands_after_ten_minutes(cast, item, at):
    verdict = make.verdict(item, by=cast.sam)
    at("2026-03-12 11:11")

    with pytest.raises(Conflict, match="more than 10 minutes ago"):
        item.take_back(verdict.id, by=cast.sam)


def test_nobody_takes_back_what_another_gave(cast, item):
    bea = make.user("Bea Okafor", house_role=HouseRole.PRODUCER)
    make.member(bea, cast.project, Role.PRODUCER)
    verdict = make.verdict(item, by=cast.sam)

    with pytest.raises(Forbidden):
        item.take_back(verdict.id, by=bea)


def test_it_is_taken_back_once(cast, item):
    verdict = make.verdict(item, by=cast.sam)
    item.take_back(verdict.id, by=cast.sam)

    with pytest.raises(Conflict, match="moved on"):
        item.take_back(verdict.id, by=cast.sam)


def test_a_page_from_before_cannot_judge_over_it(cast, item):
    stale = item.verdicts
    item.take_back(make.verdict(item, by=cast.sam).id, by=cast.sam)

    with pytest.raises(Conflict, match="has changed meanwhile"):
        item.give_verdict(OUT, by=cast.sam, reason="No.", seen=stale)
    assert Feedback.get_by_id(item.id).status == FeedbackStatus.NEW


def test_nobody_contests_or_answers_one_verdict_with_the_page_of_another(cast, item):
    make.verdict(item, by=cast.sam, kind=OUT)
    slip = make.verdict(item, by=cast.sam)
    read = item.verdicts
    item.take_back(slip.id, by=cast.sam)

    with pytest.raises(Conflict, match="has changed meanwhile"):
        item.contest(by=cast.vic, reason="It is broken.", seen=read)
    with pytest.raises(Conflict, match="has changed meanwhile"):
        item.give_verdict(OUT, by=cast.sam, reason="No.", seen=read)

    item.contest(by=cast.vic, reason="It was promised.", seen=item.verdicts)
    assert Feedback.get_by_id(item.id).is_contested


def test_both_sides_read_that_it_was_given_and_taken_back(cast, as_, at):
    at("2026-03-12 11:00")
    item = make.feedback(cast.project, by=cast.vic)
    verdict = make.verdict(item, by=cast.sam, reason="Wrong one.")
    assert "Take it back" in as_(cast.sam).get(item.studio_path).text
    item.take_back(verdict.id, by=cast.sam)

    for page in (as_(cast.vic).get(item.path).text, as_(cast.sam).get(item.studio_path).text):
        assert "took back a verdict" in page
        assert "Included revision: Wrong one." in page
        assert "Take it back" not in page


def test_the_button_stays_for_ten_minutes_with_whoever_gave_it(cast, as_, at):
    at("2026-03-12 11:00")
    item = make.feedback(cast.project, by=cast.vic)
    make.verdict(item, by=cast.sam)

    assert "Take it back" not in as_(cast.dora).get(item.studio_path).text
    at("2026-03-12 11:11")
    assert "Take it back" not in as_(cast.sam).get(item.studio_path).text


def test_what_was_done_to_several_is_taken_back_for_each(cast, as_, at):
    at("2026-03-12 11:00")
    items = [make.feedback(cast.project, by=cast.vic, text=text) for text in ("One", "Two")]
    data = {"item": [f"{one.id}.0" for one in items], "kind": "defect", "reason": "Ours."}
    browser = as_(cast.sam)
    page = browser.post("/inbox/verdicts", data=data, follow_redirects=True).text
    reply(items[1], by=cast.vic, text="Thanks!")

    deed = re.search(r'name="deed" value="([^"]+)"', page)[1]
    page = browser.post("/inbox/undos", data={"deed": deed}, follow_redirects=True).text

    assert "1 put back. 1 not: Somebody has answered it since." in page
    assert [one.verdict is None for one in items] == [True, False]

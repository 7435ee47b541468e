"""The same thing said twice: it goes on in one place, and nobody is lost on the way."""

import pytest

from portal.core.errors import Conflict, DomainError
from portal.feedback.inbox import triage
from portal.feedback.models import Feedback
from portal.feedback.words import Turn
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.mail.models import Letter
from portal.threads.models import reply
from tests import make


@pytest.fixture
def first(cast):
    return make.feedback(cast.project, by=cast.cleo, text="The sun covers the last line")


@pytest.fixture
def second(cast, first):
    return make.feedback(cast.project, by=cast.vic, text="I cannot read the last line")


def now(item):
    return Feedback.get_by_id(item.id)


def test_what_is_merged_leaves_the_inbox_and_whoever_filed_it_is_told(cast, first, second):
    second.merge_into(first.number, by=cast.sam)

    assert [row.text for row in triage.inbox(cast.sam, "ours")] == [first.text]
    assert now(second).turn == Turn.NOBODY
    told = Letter.select().where(Letter.template == "feedback-merged")
    assert [one.name for one in told] == ["Vic Aalto"]


def test_it_is_a_fact_that_the_client_may_know(cast, first, second):
    second.merge_into(first.number, by=cast.sam)

    event = Event.select().order_by(Event.id.desc()).first()
    assert (event.verb, event.chain, event.body) == (Verb.FEEDBACK_MERGED, "harbour", {"into": 1})


def test_whoever_said_the_same_hears_what_becomes_of_it(cast, first, second, as_):
    second.merge_into(first.number, by=cast.sam)
    page = as_(cast.sam).get("/inbox/harbour/1").text
    reply(first, by=cast.sam, text="It is fixed.")

    told = Letter.select().where(Letter.template == "message-posted")
    assert {one.name for one in told} == {"Cleo Janssen", "Vic Aalto"}
    assert "Goes to <b>Cleo Janssen and Vic Aalto</b>" in page


def test_the_client_is_led_there_and_back(cast, first, second, as_):
    second.merge_into(first.number, by=cast.sam)
    vic = as_(cast.vic)

    assert 'href="/projects/harbour/feedback/1"' in vic.get("/projects/harbour/feedback/2").text
    assert "said the same" in vic.get("/projects/harbour/feedback/1").text
    listed = vic.get("/projects/harbour/feedback?show=done").text
    assert "Goes on in feedback 1" in listed


def test_what_goes_on_elsewhere_is_neither_judged_nor_resolved_nor_merged_again(
    cast, first, second
):
    third = make.feedback(cast.project, by=cast.vic, text="A third")
    second.merge_into(first.number, by=cast.sam)

    for act in (
        lambda: make.verdict(second, by=cast.sam),
        lambda: second.resolve(by=cast.sam),
        lambda: second.merge_into(third.number, by=cast.sam),
        lambda: third.merge_into(second.number, by=cast.sam),
        lambda: first.merge_into(second.number, by=cast.sam),
    ):
        with pytest.raises(Conflict, match="feedback 1"):
            act()


def test_what_another_goes_on_in_goes_on_nowhere_else(cast, first, second):
    third = make.feedback(cast.project, by=cast.vic, text="A third")
    second.merge_into(first.number, by=cast.sam)

    with pytest.raises(Conflict, match="Feedback 2 goes on in this one"):
        first.merge_into(third.number, by=cast.sam)

    second.split(by=cast.sam)
    first.merge_into(third.number, by=cast.sam)


@pytest.mark.parametrize("number", [2, 9])
def test_it_goes_on_only_in_another_one_of_its_project(cast, first, second, number):
    make.feedback(cast.elsewhere, by=cast.otto)

    with pytest.raises(DomainError, match="another feedback of this project"):
        second.merge_into(number, by=cast.sam)


def test_what_is_over_goes_on_nowhere(cast, first, second):
    make.verdict(second, by=cast.sam)
    second.resolve(by=cast.sam)

    with pytest.raises(Conflict, match="This is resolved"):
        second.merge_into(first.number, by=cast.sam)


def test_an_open_contest_is_answered_before_it_goes_on_elsewhere(cast, first, second):
    make.verdict(second, by=cast.sam)
    second.contest(by=cast.vic, reason="It is not that.")

    with pytest.raises(Conflict, match="Answer that with a new one first"):
        second.merge_into(first.number, by=cast.sam)


def test_nothing_goes_on_in_what_is_verified(cast, first, second):
    make.verdict(first, by=cast.sam)
    first.resolve(by=cast.sam)
    second.merge_into(first.number, by=cast.sam)  # Whoever said the same verifies it, too.
    second.split(by=cast.sam)
    first.verify(by=cast.cleo)

    with pytest.raises(Conflict, match="is verified"):
        second.merge_into(first.number, by=cast.sam)


def test_what_goes_on_elsewhere_is_contested_there(cast, first, second):
    make.verdict(second, by=cast.sam)
    second.merge_into(first.number, by=cast.sam)

    with pytest.raises(Conflict, match="Say it there"):
        second.contest(by=cast.vic, reason="It is not that.", seen=now(second).verdicts)


def test_a_word_of_the_client_brings_it_back_before_the_studio(cast, first, second):
    second.merge_into(first.number, by=cast.sam)
    reply(second, by=cast.vic, text="No, mine is another line.")

    assert now(second).turn == Turn.STUDIO


def test_taken_apart_it_goes_on_by_itself(cast, first, second):
    second.merge_into(first.number, by=cast.sam)
    second.split(by=cast.sam)

    assert now(second).turn == Turn.STUDIO
    assert second.merge is None
    with pytest.raises(Conflict, match="by itself"):
        second.split(by=cast.sam)

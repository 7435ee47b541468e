"""A batch of pins that somebody of the client publishes is one thing in the inbox."""

import pytest

from portal.feedback.inbox import triage
from portal.feedback.models import Feedback
from portal.feedback.words import Kind
from portal.mail.models import Letter
from tests import make


@pytest.fixture
def shown(cast):
    draft = make.prototype(cast.project, by=cast.sam)
    draft.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])
    return draft


def test_a_batch_is_one_feedback_by_whoever_published_it(cast, shown):
    batch = make.pins(shown, by=cast.vic, texts=("Too blue", "Too far left"))

    item = Feedback.get()

    assert (item.filed_by, item.kind, item.number) == (cast.vic, Kind.CHANGE, 1)
    assert (item.source_kind, item.source_number) == ("prototype", batch.number)
    assert item.title == "2 pins on prototype 1, version 1"
    assert "Too blue" in item.rest
    assert "Too far left" in item.rest
    assert triage.ours(cast.sam) == 1


def test_a_note_over_the_batch_is_its_title(cast, shown):
    make.pins(shown, by=cast.vic, texts=("Too blue", "Too far"), note="It is all too cold.")

    assert Feedback.get().title == "It is all too cold."


def test_a_single_pin_speaks_for_itself(cast, shown):
    make.pins(shown, by=cast.vic, texts=("Too blue",))

    assert Feedback.get().title == "Too blue"


def test_what_the_studio_pins_is_no_feedback(cast, shown):
    make.pins(shown, by=cast.sam)

    assert Feedback.select().count() == 0


def test_the_producers_are_mailed_once_for_it(cast, shown):
    make.pins(shown, by=cast.vic)

    told = Letter.select().where(Letter.user_id == cast.sam.id)
    assert sorted(letter.template for letter in told) == ["pins-published"]


def test_its_page_leads_back_to_the_prototype(cast, shown, as_):
    make.pins(shown, by=cast.vic)

    page = as_(cast.vic).get("/projects/harbour/feedback/1").text

    assert 'href="/projects/harbour/prototypes/1/versions/1#pins"' in page
    assert "Plan your visit, version 1" in page

"""A client asks at an effect of a change request, in any of its alternatives."""

import pytest

from portal.core.errors import DomainError
from portal.scope.models import Action
from portal.signoff.models import LineQuestion
from tests import make


@pytest.fixture
def sent(cast):
    """Change request 1: the tower costs more, and a booth is new."""
    make.amendment(cast.project, make.added("Tower", 900_00), by=cast.cleo)
    tower = make.change_row() | {"action": Action.CHANGED, "item": 1, "price_minor": 100_00}
    booth = {"action": Action.ADDED, "title": "Booth", "price_minor": 50_00}
    change = make.change(cast.project, by=cast.sam, impacts=[tower, booth])
    return change.send(by=cast.sam, deciders=[cast.cleo])


def test_each_effect_is_a_place_with_its_own_words(cast, sent):
    tower, booth = sent.subject_class.places(sent.shown).items()

    assert tower == ("a1-item-1", "Tower")
    assert booth[0].startswith("a1-new-")
    assert LineQuestion.ask(sent, by=cast.vic, place=booth[0], text="Which?").title == "Booth"
    with pytest.raises(DomainError, match="no such line"):
        LineQuestion.ask(sent, by=cast.vic, place="a2-item-1", text="Which?")


def test_the_question_stands_below_its_effect(cast, sent, as_):
    LineQuestion.ask(sent, by=cast.vic, place="a1-item-1", text="How high is it?")

    page = as_(cast.cleo).get(sent.path).text
    assert "How high is it?" in page.split('id="talk-a1-item-1"')[1].split('id="talk-')[0]


def test_a_new_item_keeps_its_place_in_the_next_version(cast, sent):
    change = sent.subject.change
    second = change.make_version(by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])

    assert second.version == 2
    before, after = (one.subject_class.places(one.shown) for one in (sent, second))
    assert before == after

"""In whose hands it is: the studio's own business."""

import pytest

from portal.core.errors import DomainError
from portal.feedback.models import Feedback
from portal.ledger.models import Event
from portal.mail.models import Letter
from portal.projects.models import Project
from tests import make


@pytest.fixture
def item(cast):
    return make.feedback(cast.project, by=cast.vic)


def test_it_passes_from_hand_to_hand(cast, item):
    item.assign(cast.dora, by=cast.sam)
    item.assign(cast.sam, by=cast.sam)

    assert Feedback.get_by_id(item.id).assignee == cast.sam

    item.assign(None, by=cast.sam)
    assert Feedback.get_by_id(item.id).assignee is None


def test_only_the_studio_learns_of_it(cast, item):
    before = Project.get_by_id(cast.project.id).client_revision

    item.assign(cast.dora, by=cast.sam)

    assert Event.select().order_by(Event.id.desc()).first().chain == "harbour/internal"
    assert Project.get_by_id(cast.project.id).client_revision == before
    told = Letter.select().where(Letter.template == "feedback-assigned")
    assert {letter.name for letter in told} == {"Dora Lindqvist"}


def test_taking_it_oneself_mails_nobody(cast, item):
    item.assign(cast.sam, by=cast.sam)

    assert not Letter.select().where(Letter.template == "feedback-assigned").count()


@pytest.mark.parametrize("who", ["vic", "ada", "otto"])
def test_nobody_takes_it_who_is_not_of_the_studio_on_this_project(cast, item, who):
    with pytest.raises(DomainError, match="Only people of the studio"):
        item.assign(getattr(cast, who), by=cast.sam)

    assert Feedback.get_by_id(item.id).assignee is None


def test_the_same_hands_again_are_no_news(cast, item):
    item.assign(cast.dora, by=cast.sam)
    events = Event.select().count()

    item.assign(cast.dora, by=cast.sam)

    assert Event.select().count() == events

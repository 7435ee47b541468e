"""In whose hands it is: the studio's own business."""

import pytest

from portal.access.models import Membership
from portal.core.errors import DomainError
from portal.feedback.jobs import mend_hands
from portal.feedback.models import Feedback
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.mail.models import Letter
from portal.projects import erasure, people
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


# Whoever leaves -----------------------------------------------------------------------------------


def leave_the_project(cast):
    cast.project.remove_member(make.member_of(cast.dora, cast.project), by=cast.sam)


def be_disabled(cast):
    people.disable(cast.dora, by=cast.ada)


def be_erased(cast):
    erasure.erase(cast.dora, by=cast.ada)


def lines_of(browser):
    return " ".join(browser.get("/inbox").text.split())


@pytest.mark.parametrize("leave", [leave_the_project, be_disabled, be_erased])
def test_whoever_leaves_has_nothing_in_hand(as_, cast, item, leave):
    item.assign(cast.dora, by=cast.sam)

    leave(cast)

    assert Feedback.get_by_id(item.id).assignee is None
    last = Event.select().where(Event.verb == Verb.FEEDBACK_ASSIGNED).order_by(Event.id.desc())
    event = last.first()
    assert (event.chain, event.actor, event.body["person"]) == ("harbour/internal", "system", None)
    assert "In nobody’s hands" in lines_of(as_(cast.sam))


def test_what_others_have_in_hand_stays_with_them(cast, item):
    item.assign(cast.sam, by=cast.dora)
    leave_the_project(cast)
    assert Feedback.get_by_id(item.id).assignee == cast.sam


def test_what_is_done_stays_as_it_was_until_it_is_opened_again(cast, item):
    item.assign(cast.dora, by=cast.sam)
    make.verdict(item, by=cast.sam)
    item.resolve(by=cast.sam, words="Done.")
    item.verify(by=cast.vic)
    leave_the_project(cast)
    assert Feedback.get_by_id(item.id).assignee == cast.dora

    Feedback.get_by_id(item.id).reopen(by=cast.vic, reason="It is back.")

    assert Feedback.get_by_id(item.id).assignee is None


def test_what_was_left_before_is_found_at_night(cast, item):
    item.assign(cast.dora, by=cast.sam)
    Membership.delete().where(Membership.user == cast.dora).execute()

    mend_hands()

    assert Feedback.get_by_id(item.id).assignee is None
    events = Event.select().count()
    mend_hands()
    assert Event.select().count() == events


def test_what_nobody_ever_had_says_nothing_of_hands(as_, cast, item):
    assert "In nobody’s hands" not in lines_of(as_(cast.sam))

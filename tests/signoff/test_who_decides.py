"""Whoever of the client was asked to decide, and still may, decides; nobody else does."""

import pytest

from portal.access.models import Membership
from portal.access.permissions import Role
from portal.core.errors import Forbidden
from portal.signoff.models import Decision
from tests import make

#: The producer, the team and a reviewer may know of it; another client and the admin may not.
OTHERS = {"sam": 403, "dora": 403, "vic": 403, "otto": 404, "ada": 404}


@pytest.fixture
def joris(cast):
    """A sponsor, who may decide, and whom nobody asked."""
    joris = make.user("Joris Verhaegen", client=cast.client)
    make.member(joris, cast.project, Role.SPONSOR)
    return joris


def test_a_post_of_anybody_else_is_refused(cast, sent, as_, post):
    answers = {who: post(as_(getattr(cast, who)), sent).status_code for who in OTHERS}

    assert answers == OTHERS
    assert post(as_(None), sent).location.startswith("/sign-in")
    assert not Decision.select().exists()


def test_a_sponsor_who_was_not_asked_is_refused(sent, as_, answer, post, joris):
    with pytest.raises(Forbidden):
        answer(sent, by=joris)

    assert post(as_(joris), sent).status_code == 403


def test_a_sponsor_who_was_asked_for_an_opinion_does_not_decide(cast, answer, joris):
    draft = make.estimate(cast.project, by=cast.sam)
    sign_off = draft.send(by=cast.sam, deciders=[cast.cleo], reviewers=[joris])

    with pytest.raises(Forbidden):
        answer(sign_off, by=joris)


def test_an_approver_who_was_made_a_reviewer_decides_no_more(cast, sent, answer):
    Membership.update(role=Role.REVIEWER).where(Membership.user == cast.cleo).execute()

    with pytest.raises(Forbidden):
        answer(sent, by=cast.cleo)


@pytest.mark.parametrize("who", ["sam", "dora", "vic"])
def test_being_asked_is_not_enough(cast, answer, who):
    """A form offers only those who may; a call from inside could name anybody."""
    person = getattr(cast, who)
    sign_off = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[person])

    with pytest.raises(Forbidden):
        answer(sign_off, by=person)

"""Letters about a project go to whoever is on it, when they are written and when they leave."""

import pytest

from portal.access.models import Membership
from portal.core import clock
from portal.mail.models import Letter, LetterStatus
from portal.signoff.models import Addressee, Answer
from tests import make


@pytest.fixture
def sent(cast):
    """An estimate that Cleo is asked to decide, and Vic to give an opinion on."""
    draft = make.estimate(cast.project, by=cast.sam)
    return draft.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])


@pytest.fixture
def take_off(cast):
    def remove(person):
        member = Membership.get(user=person, project=cast.project)
        cast.project.remove_member(member, by=cast.sam)

    return remove


def written_to(person):
    return [one.template for one in Letter.select().where(Letter.user_id == person.id)]


def test_whoever_left_the_project_hears_of_no_decision(cast, sent, take_off):
    take_off(cast.vic)
    make.answer(sent, by=cast.cleo, answer=Answer.DECLINE)

    assert written_to(cast.vic) == ["sign-off-request"]
    assert "decision" in written_to(cast.sam)


def test_whoever_left_the_project_gets_no_reminder(cast, sent, take_off):
    take_off(cast.vic)
    sent.remind(Addressee.get(user=cast.vic), by=cast.sam)

    assert written_to(cast.vic) == ["sign-off-request"]


def test_a_disabled_person_hears_of_nothing(cast, sent):
    cast.vic.disabled_at = clock.now()
    cast.vic.save()
    sent.withdraw(by=cast.sam, reason="It was the wrong one.")

    assert written_to(cast.vic) == ["sign-off-request"]


def test_a_letter_that_waited_does_not_leave_to_whoever_left_meanwhile(
    cast, sent, take_off, letters
):
    take_off(cast.vic)

    assert {letter["To"].addresses[0].addr_spec for letter in letters()} == {cast.cleo.email}
    assert Letter.get(Letter.user_id == cast.vic.id).status == LetterStatus.SKIPPED


def test_a_signer_gets_the_receipt_also_after_leaving(cast, sent, take_off, letters):
    make.answer(sent, by=cast.cleo)
    take_off(cast.cleo)
    letters()

    left = Letter.select().where(Letter.user_id == cast.cleo.id, Letter.status == LetterStatus.SENT)
    assert [letter.template for letter in left] == ["receipt"]

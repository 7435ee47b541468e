"""Letters about a project go to whoever is on it, when they are written and when they leave."""

import pytest

from portal.access.models import Membership, User
from portal.core import clock
from portal.mail.models import Letter, LetterStatus
from portal.notices.models import Rhythm
from portal.notices.pacing import Pace
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


def test_whoever_is_disabled_meanwhile_gets_nothing_that_waited(cast, sent, letters):
    User.update(disabled_at=clock.now()).where(User.id == cast.vic.id).execute()

    assert {letter["To"].addresses[0].addr_spec for letter in letters()} == {cast.cleo.email}
    assert Letter.get(Letter.user_id == cast.vic.id).status == LetterStatus.SKIPPED


def test_a_time_zone_that_this_machine_does_not_know_stops_nobody(cast, as_, letters):
    """Tables of zones change: what Sam does must not fail over where Vic is, nor Vic's pages."""
    User.update(zone="Europe/Atlantis").where(User.id == cast.vic.id).execute()
    Rhythm.choose(cast.vic, pace=Pace.DAILY, hour=8, weekday=0, quiet=(20, 7), projects={})
    item = make.feedback(cast.project, by=User.get_by_id(cast.vic.id))
    make.verdict(item, by=cast.sam)
    letters()

    assert [one.status for one in Letter.select().where(Letter.user_id == cast.vic.id)] == [
        LetterStatus.GATHERING
    ]
    for path in ("/", "/account/letters", "/projects/harbour/activity", item.path):
        assert as_(User.get_by_id(cast.vic.id)).get(path).status_code == 200

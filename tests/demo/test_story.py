"""The demo: accounts that sign in, sums that hold, times that go forward, letters that left."""

import datetime as dt
from itertools import pairwise

import pytest

from portal.access.models import User
from portal.access.models.entry import sign_in
from portal.access.permissions import Role
from portal.core import clock
from portal.demo import people
from portal.demo.chapters import CHAPTERS
from portal.demo.stage import Calendar
from portal.feedback.words import FeedbackStatus, Turn
from portal.ledger.models import Event
from portal.mail.models import Letter, LetterStatus
from portal.projects.models import Project
from portal.prototypes.models import Pin, PinBatch, Prototype
from portal.scope import baseline
from portal.signoff.models import SignOff
from portal.storage.models import Blob
from portal.studio.models import Studio
from portal.threads.models import Message, Note


def project(slug):
    return Project.get(slug=slug)


def waiting(slug):
    """What is open on a project: (kind, number, version), the oldest first."""
    found = SignOff.select().where(SignOff.project == project(slug), SignOff.status == "open")
    return [(s.kind, s.subject_number, s.version) for s in found.order_by(SignOff.id)]


def test_every_account_signs_in_with_the_printed_password(told):
    for email in people.ACCOUNTS:
        person = sign_in(email, people.PASSWORD, address="127.0.0.1")
        assert f"{person.name}, " in f"{people.ACCOUNTS[email]}, "


def test_nobody_else_of_the_story_has_a_password(told):
    others = User.select().where(User.email.not_in(list(people.ACCOUNTS)))
    assert others.count() > 3
    assert not [person for person in others if person.password_hash]


def test_the_sums_hold(told):
    tidelines = baseline.of(project("tidelines"))
    assert [a.amount_minor for a in tidelines.amendments] == [48_600_00, 3_850_00, -1_200_00]
    assert tidelines.total_minor == sum(item.price_minor for item in tidelines.items) == 51_250_00
    signed = {slug: baseline.of(project(slug)).total_minor for slug in ("winter-lights",)}
    assert signed == {"winter-lights": 18_200_00}


def test_an_estimate_and_a_change_wait_for_anneke(told):
    assert ("estimate", 3, 2) in waiting("tidelines")
    assert ("change", 3, 1) in waiting("tidelines")
    assert not waiting("annual-report-2025")
    walk = SignOff.get(kind="estimate", subject_number=3, version=2)
    assert walk.offer().total_minor == 12_400_00
    assert walk.offer(()).total_minor == 10_800_00


def test_the_third_version_waits_with_pins_of_three_people(told):
    assert ("prototype", 2, 3) in waiting("tidelines")
    version = Prototype.find(project("tidelines"), 2).history[0]
    pins = [pin for batch in version.batches.order_by(PinBatch.id) for pin in batch.in_order()]
    assert [pin.author.first_name for pin in pins] == ["Salma", "Joris", "Anneke"]
    assert Pin.select().where(Pin.batch.is_null()).count() == 0


def test_feedback_stands_in_every_state_and_one_verdict_is_contested(told):
    said = list(project("tidelines").feedback)
    assert {item.status for item in said} == set(FeedbackStatus)
    assert {item.turn for item in said} == set(Turn)
    assert [item.title for item in said if item.is_contested] == [
        "Newsletter sign-up was in the contract"
    ]
    assert Note.select().exists()
    assert Message.select().exists()


def test_a_client_of_the_story_knows_no_draft_of_a_prototype(told):
    lights = Prototype.find(project("winter-lights"), 1)
    assert lights.seen_by(Role.PRODUCER)
    assert not lights.seen_by(Role.APPROVER)


def test_a_rival_is_on_his_own_project_alone(told):
    rival = User.by_email("rival@demo.test")
    assert [member.project.slug for member in rival.memberships] == ["ferry-timetable"]


def test_time_goes_forward_in_each_chain_and_ends_before_now(told):
    chains = {event.chain for event in Event.select(Event.chain)}
    for chain in chains:
        events = list(Event.select().where(Event.chain == chain).order_by(Event.seq))
        assert all(one.at <= two.at for one, two in pairwise(events)), chain
        assert all(one.hash == two.prev for one, two in pairwise(events)), chain
        assert events[-1].at < clock.now()


def test_each_letter_left_when_it_was_written(told):
    letters = list(Letter.select())
    assert letters
    assert {letter.status for letter in letters} == {LetterStatus.SENT}
    assert all(letter.sent_at - letter.created_at < dt.timedelta(minutes=1) for letter in letters)
    assert len(list((told.data / "mail").glob("*.eml"))) == len(letters)


def test_the_studio_has_a_name_on_paper_and_a_light_logo(told):
    studio = Studio.here()
    assert (studio.name, studio.city) == ("Fathom & Field", "Rotterdam")
    assert studio.legal_name
    assert studio.tax_number
    assert Blob.get_by_id(studio.logo_id).size_bytes < 20_000


# How it is told ----------------------------------------------------------------------------------


@pytest.mark.parametrize("now", ["2026-11-22 23:30", "2026-12-25 00:20", "2027-03-29 06:00"])
def test_at_any_hour_the_scenes_come_in_one_order_and_before_now(now):
    now = dt.datetime.fromisoformat(now).replace(tzinfo=dt.UTC)
    calendar = Calendar(now, "Europe/Amsterdam")
    orders = [
        [scene.act.__name__ for scene in sorted(scenes(), key=lambda scene: scene.at(one))]
        for one in (calendar, Calendar(dt.datetime(2026, 3, 12, 9, 45, tzinfo=dt.UTC), "UTC"))
    ]
    assert orders[0] == orders[1]
    assert max(scene.at(calendar) for scene in scenes()) < now


def scenes():
    return [scene for chapter in CHAPTERS for scene in chapter.scenes]


def test_the_pictures_together_weigh_less_than_900_kilobytes():
    folder = people.pictures.FILES
    assert sum(path.stat().st_size for path in folder.iterdir()) < 900_000

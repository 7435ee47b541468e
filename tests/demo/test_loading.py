"""Loading the demo: once, on this machine only, and whole or not at all."""

from dataclasses import replace

import pytest

from portal import demo
from portal.access.models import User
from portal.core.errors import Conflict, DomainError
from portal.demo import people
from portal.demo.chapters import CHAPTERS
from portal.ledger.models import Event
from portal.mail.models import Letter, LetterStatus
from portal.projects.models import Project
from tests import make


@pytest.fixture
def opening(monkeypatch):
    """The story's first chapters alone: how it is loaded does not hang on its length."""
    monkeypatch.setattr("portal.demo.story.CHAPTERS", CHAPTERS[:5])


def test_telling_it_again_changes_nothing(app, settings, opening):
    assert demo.load(settings) is True
    before = Event.select().count(), User.select().count(), Letter.select().count()
    assert demo.load(settings) is False
    assert before == (Event.select().count(), User.select().count(), Letter.select().count())


def test_no_letter_goes_to_a_mail_server(app, settings, opening, monkeypatch):
    monkeypatch.setattr("portal.mail.message._settings", replace(settings, mail_url="smtp://x"))
    demo.load(settings)
    left = {letter.status for letter in Letter.select()}
    assert left <= {LetterStatus.SKIPPED, LetterStatus.GATHERED}


def test_it_is_refused_where_others_can_reach_it(app, settings):
    public = replace(settings, base_url="https://portal.fathomfield.example")
    with pytest.raises(DomainError, match="PORTAL_BASE_URL"):
        demo.load(public)
    assert demo.is_empty()


def test_it_is_refused_where_other_people_are_known(app, settings):
    make.producer("Sam")
    with pytest.raises(DomainError, match="PORTAL_DATA"):
        demo.load(settings)
    assert not Project.select().exists()


def test_where_nobody_asked_for_it_others_are_left_alone_without_a_word(app, settings):
    public = replace(settings, base_url="https://portal.fathomfield.example")
    assert demo.load(public, if_wanted=True) is False
    make.producer("Sam")
    assert demo.load(settings, if_wanted=True) is False
    assert User.select().count() == 1


def test_a_load_that_was_cut_off_lets_nobody_in_and_says_so(app, settings, opening, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(people, "give_passwords", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            demo.load(settings)
    assert not User.select().where(User.password_hash.is_null(False)).exists()
    with pytest.raises(Conflict, match="cut off"):
        demo.load(settings)


def test_without_it_there_is_no_demo_account(app):
    assert demo.is_empty()
    assert not User.select().where(User.email.endswith("@demo.test")).exists()

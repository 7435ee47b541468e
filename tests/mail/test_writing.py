"""A letter is a row of the change that causes it."""

import datetime as dt
from types import SimpleNamespace

import pytest

from portal.core import db
from portal.mail import jobs
from portal.mail.models import Letter, LetterStatus


class SignOff:
    def __init__(self, number):
        self.id, self.number, self.project = 900, number, SimpleNamespace(id=3)

    project = None


def event(id=1):
    return SimpleNamespace(id=id, project_id=3, subject_kind="estimate", subject_number=2)


def test_a_change_that_fails_leaves_no_letter(write):
    with pytest.raises(ZeroDivisionError), db.change():
        write()
        raise ZeroDivisionError
    assert not Letter.select().exists()


def test_the_worker_is_woken_only_after_the_commit(write, monkeypatch):
    woken = []
    monkeypatch.setattr(jobs.deliver, "later", woken.append)
    with db.change():
        letter = write()
        assert woken == []
    assert woken == [letter.id]


def test_one_event_writes_to_one_person_once(write):
    first, second = write(event=event()), write(event=event())
    assert first.id == second.id
    assert write(event=event(2)).id != first.id


def test_letters_without_an_event_may_repeat(write):
    assert write().id != write().id


def test_a_letter_is_about_what_its_event_was_about(write):
    letter = write(event=event())
    assert (letter.project_id, letter.subject_kind, letter.subject_number) == (3, "estimate", 2)


def test_the_letters_about_a_sign_off_are_found(write):
    about = write(subject=SignOff(5))
    write(subject=SignOff(6))
    write()
    assert list(Letter.about(SignOff(5))) == [about]
    assert about.subject_kind == "sign_off"


def test_only_plain_values_go_into_a_letter(write):
    with pytest.raises(TypeError):
        write(place=dt.date(2026, 3, 12))


def test_a_new_letter_waits(write):
    letter = Letter.get_by_id(write().id)
    assert letter.status == LetterStatus.WAITING
    assert letter.message_id.endswith("@127.0.0.1>")

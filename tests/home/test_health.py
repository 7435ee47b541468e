"""Probes: one that says the process is up, one that says it can do its work."""

import datetime as dt

import peewee
import time_machine

from portal.core import clock, db
from portal.mail.models import Letter
from portal.storage import store


def test_the_process_is_up_whatever_the_database_does(as_, monkeypatch):
    monkeypatch.setattr(db, "take_connection", away)

    answer = as_(None).get("/healthz")

    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_a_probe_gets_no_cookie_and_is_never_kept(as_, cast):
    for path in ("/healthz", "/readyz"):
        answer = as_(cast.cleo).get(path)
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"


def test_all_well(as_, cast):
    answer = as_(None).get("/readyz")

    assert (answer.status_code, answer.text) == (200, "ready\n")


def test_a_database_that_does_not_answer_is_named(as_, monkeypatch):
    monkeypatch.setattr(db, "take_connection", away)

    answer = as_(None).get("/readyz")

    assert answer.status_code == 503
    assert "The database does not answer" in answer.text


def test_a_folder_that_cannot_be_written_is_named(as_, cast):
    folder = store().root
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file where the folder should be")

    answer = as_(None).get("/readyz")

    assert answer.status_code == 503
    assert "The folder for files cannot be written" in answer.text


def test_a_letter_that_waits_too_long_tells_of_a_worker_that_is_gone(as_, cast):
    cast.project.invite_again(cast.cleo, by=cast.sam)
    assert as_(None).get("/readyz").status_code == 200

    with time_machine.travel(clock.now() + dt.timedelta(minutes=16), tick=False):
        answer = as_(None).get("/readyz")
        assert answer.status_code == 503
        assert "waiting for 16 minutes" in answer.text
        Letter.update(status="sent").execute()
        assert as_(None).get("/readyz").status_code == 200


def away():
    raise peewee.OperationalError("the server went away")

"""Files that nothing owns go after a week; one that somebody needs never does."""

import datetime as dt
import io
import os
import threading
import time

import peewee
import pytest
import time_machine

from portal.core import clock, db
from portal.ledger import retention
from portal.ledger.models import SYSTEM, record
from portal.ledger.verbs import Verb
from portal.storage import unowned
from portal.storage.models import Blob
from portal.studio.models import Studio
from tests import make
from tests.storage.conftest import picture

WEEK = unowned.GRACE_DAYS + 1


def later(days=WEEK):
    return time_machine.travel(clock.now() + dt.timedelta(days=days), tick=False)


def age(store, sha256, days=2):
    """Let the bytes lie there for days, as the disk tells it."""
    path, then = store.path(sha256), time.time() - days * 86_400
    os.utime(path, (then, then))


@pytest.fixture
def blob(keep):
    return keep(picture())


def test_what_nobody_attached_goes_after_a_week_and_its_bytes_a_night_later(store, blob):
    with later(unowned.GRACE_DAYS - 1):
        assert unowned.sweep() == (0, 0)
    with later():
        assert unowned.sweep() == (0, 1)
        assert store.exists(blob.sha256), "a backup that runs may have read its row"
        age(store, blob.sha256)
        assert unowned.sweep() == (1, 0)
    assert not store.exists(blob.sha256)


def test_what_is_attached_stays(store, blob):
    Studio.establish(name="Fathom", logo=blob)

    with later(days=4000):
        assert unowned.sweep() == (0, 0)
    assert Blob.get_by_id(blob.id)


@pytest.mark.parametrize("field", sorted(Blob._meta.backrefs, key=str), ids=str)
def test_every_table_that_can_own_one_is_asked(field, database):
    sql, _ = unowned.unowned().sql()
    assert f'"{field.model._meta.table_name}"' in sql


def test_what_stays_on_record_does_not_keep_the_rest_from_going(store, keep, monkeypatch):
    named, other = keep(picture(width=61)), keep(picture(width=62))
    monkeypatch.setattr(unowned, "ROUND", 1)
    monkeypatch.setattr(unowned, "_named", [lambda sha256: sha256 == named.sha256])

    with later():
        assert [unowned.forget_rows() for _ in range(3)] == [0, 1, 0]

    assert Blob.get_or_none(id=named.id)
    assert not Blob.get_or_none(id=other.id)


def test_what_is_kept_again_has_its_week_again(store, keep, blob):
    with later(days=6):
        assert keep(picture()).id == blob.id
    with later(days=8):
        assert unowned.sweep() == (0, 0)


def test_what_an_entry_of_the_ledger_names_stays(store, cast, keep):
    blob = keep(picture(width=61))
    with db.change():
        record(Verb.CLIENT_CREATED, cast.client, by=SYSTEM, files=[blob.sha256])

    with later():
        assert unowned.forget_rows() == 0


def test_what_a_client_was_shown_stays(store, cast, keep):
    blob = keep(picture(width=62))
    sent = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    type(sent).update(snapshot=sent.snapshot.replace("{", f'{{"x":"{blob.sha256}",', 1)).execute()

    with later():
        assert unowned.forget_rows() == 0


def test_bytes_that_came_again_meanwhile_stay(store, keep, blob):
    with later():
        unowned.forget_rows()
    store.put(io.BytesIO(picture()), 10**6)  # A form is posted; its row is not written yet.

    assert unowned.forget_files() == 0
    with keep(picture()).open() as file:
        assert file.read() == picture()


def test_bytes_whose_row_came_back_stay_however_old(store, keep, blob):
    with later():
        unowned.forget_rows()
    keep(picture())
    age(store, blob.sha256)

    assert unowned.forget_files() == 0


def test_a_form_that_is_posted_at_the_same_moment_keeps_its_file(store, keep, blob):
    """Many rounds of one thread that lets go and one that keeps and attaches the same bytes."""
    stop, faults = threading.Event(), []

    def let_go():
        with db.handle.obj.connection_context():
            while not stop.is_set():
                unowned.sweep()

    sweeper = threading.Thread(target=let_go)
    with later():  # Everything unowned is due, each time that its week is taken away.
        sweeper.start()
        for _ in range(25):
            kept = keep(picture())
            try:
                Studio.establish(logo=kept)
                kept.open().close()
            except (OSError, peewee.IntegrityError, Blob.DoesNotExist) as fault:
                faults.append(fault)
            Studio.establish(logo=None)
            Blob.update(kept_at=clock.now() - dt.timedelta(days=WEEK)).execute()
            if store.exists(kept.sha256):
                age(store, kept.sha256)
        stop.set()
        sweeper.join()
    assert faults == []


def test_the_admin_is_told_how_much_belongs_to_nothing(store, as_, cast, keep):
    blob = keep(picture(width=63))

    count, size_bytes = unowned.figure()

    assert count >= 1
    assert size_bytes >= blob.size_bytes
    retention.forget()
    assert "belonged to nothing" in as_(cast.ada).get("/").text


def test_nothing_is_nothing(database):
    assert unowned.figure() == (0, 0)


def test_it_is_done_at_night(store, blob):
    with later():
        retention.forget()
    assert not Blob.select().where(Blob.id == blob.id).exists()

"""A file of any size comes in by parts, survives what goes wrong, and nobody else touches it."""

import datetime as dt
import io
import os
import threading

import pytest

from portal import storage
from portal.core import clock, db
from portal.core.errors import Conflict, DomainError
from portal.prototypes import jobs
from portal.prototypes.models import Source, SourceStatus
from portal.prototypes.models import receiving as module
from portal.storage import uploads as stored
from portal.storage.base import Damaged, NoRoom, TooLarge
from portal.storage.limits import LIMITS
from tests import make, make_files
from tests.prototypes.test_races import at_once
from tests.storage.test_keeping import Torn
from tests.storage.test_uploads import composite, sha256


@pytest.fixture
def draft(cast, store):
    return make.prototype(cast.project, by=cast.dora, pictures=0)


@pytest.fixture
def content():
    return make_files.image(900, 600)


@pytest.fixture
def upload(draft, cast, content):
    """What Dora has begun to upload."""
    return draft.receive("Home page.png", len(content), by=cast.dora)


def give(upload, content, offset=0, **checks):
    return upload.receive(offset, io.BytesIO(content), len(content), **checks)


def test_the_last_part_makes_it_whole_and_the_worker_a_screen(draft, upload, content):
    half = len(content) // 2
    assert give(upload, content[:half], sha256=sha256(content[:half])) == half
    assert Source.get().status == SourceStatus.RECEIVING
    give(upload, content[half:], half, composite=composite(content))
    assert Source.get().status == SourceStatus.WAITING

    jobs.prepare()

    assert Source.get().status == SourceStatus.READY
    screen = draft.screens.get()
    assert (screen.name, screen.original.sha256) == ("Home page", sha256(content))
    assert storage.store().uploads.received(upload.key) == 0


def test_a_file_that_is_not_what_the_browser_read_is_refused_in_words(upload, content):
    give(upload, content, composite=composite(content[:-1] + b"!"))

    jobs.prepare()

    source = Source.get()
    assert (source.status, source.problem) == (SourceStatus.FAILED, stored.DAMAGED)
    assert storage.store().uploads.received(upload.key) == 0


def test_a_browser_that_cannot_count_checksums_uploads_without(upload, content):
    give(upload, content)
    jobs.prepare()
    assert Source.get().status == SourceStatus.READY


def test_only_the_next_part_is_taken(upload, content):
    give(upload, content[:100])

    for offset in (0, 99, 101):
        with pytest.raises(Conflict, match="not the next"):
            give(upload, content[100:200], offset)

    assert Source.get().received_bytes == 100


def test_a_flipped_bit_is_refused_and_the_part_sent_again(upload, content):
    flipped = bytes([content[0] ^ 1]) + content[1:]
    with pytest.raises(Damaged):
        give(upload, flipped, sha256=sha256(content))
    assert Source.get().received_bytes == 0

    give(upload, content, sha256=sha256(content), composite=composite(content))

    jobs.prepare()
    assert Source.get().status == SourceStatus.READY


def test_one_byte_more_than_declared_is_too_much(upload, content):
    give(upload, content[:-1])
    with pytest.raises(TooLarge, match="more than the file was said to hold"):
        give(upload, b"12", len(content) - 1)


def test_a_connection_that_breaks_leaves_what_was_there(upload, content):
    give(upload, content[:100])
    with pytest.raises(ConnectionResetError):
        upload.receive(100, Torn(content[100:]), len(content) - 100)
    assert Source.get().received_bytes == 100


@pytest.mark.parametrize("turn", range(3))
def test_of_two_tabs_that_send_one_part_one_is_taken(upload, content, turn):
    results = at_once(*[lambda: give(upload_again(upload), content[:500])] * 2)

    assert sorted(map(str, results)) == ["500", module.NOT_NEXT]
    assert storage.store().uploads.received(upload.key) == 500


def upload_again(upload):
    return upload.version.upload(upload.key, by=upload.created_by)


def test_a_part_that_hangs_keeps_nobody_from_sending_it_again(upload, content):
    class Hanging(io.BytesIO):
        def read(self, size=-1):
            is_reading.set()
            goes_on.wait()
            return super().read(size)

    is_reading, goes_on = threading.Event(), threading.Event()

    def hang():
        return upload_again(upload).receive(0, Hanging(content), len(content))

    def overtake():
        is_reading.wait()
        took = give(upload_again(upload), content)
        goes_on.set()
        return took

    assert [str(one) for one in at_once(hang, overtake)] == [module.NOT_NEXT, str(len(content))]


def test_a_part_that_comes_slowly_keeps_no_connection(upload, content):
    class Slow(io.BytesIO):
        def read(self, size=-1):
            seen.append(db.handle.obj.is_closed())
            return super().read(size)

    seen = []
    upload.receive(0, Slow(content), len(content))

    assert seen
    assert all(seen)


def test_nothing_comes_in_once_the_version_is_sent(cast, draft, upload, content):
    with pytest.raises(DomainError, match="still on its way"):
        draft.send(by=cast.sam, deciders=[cast.cleo])
    draft.drop_source(upload.key)
    draft.add_screens([make.picture()])
    draft.send(by=cast.sam, deciders=[cast.cleo])

    with pytest.raises(Conflict, match="has been sent"):
        draft.receive("Late.png", 10, by=cast.dora)
    upload.version = draft
    with pytest.raises(Conflict, match="has been sent"):
        give(upload, content)


def test_what_was_taken_out_takes_its_bytes_along(draft, upload, content):
    give(upload, content[:100])
    draft.drop_source(upload.key)
    assert storage.store().uploads.received(upload.key) == 0
    with pytest.raises(Conflict):
        give(upload, content[100:], 100)


@pytest.mark.parametrize(
    ("size_bytes", "refusal", "words"),
    [
        (0, DomainError, "Plan.pdf is empty"),
        (LIMITS["prototype"].max_bytes + 1, TooLarge, "larger than 5 GB"),
    ],
)
def test_a_size_we_do_not_take_is_refused_before_a_byte_comes(
    cast, draft, size_bytes, refusal, words
):
    with pytest.raises(refusal, match=words):
        draft.receive("Plan.pdf", size_bytes, by=cast.dora)


def test_a_file_for_which_there_is_no_room_is_refused_before_a_byte_comes(cast, draft, monkeypatch):
    usage = stored.shutil.disk_usage("/")._replace(free=1_000_000)
    monkeypatch.setattr(stored.shutil, "disk_usage", lambda path: usage)
    with pytest.raises(NoRoom):
        draft.receive("Film.mp4", 4_000_000_000, by=cast.dora)
    assert not Source.select().exists()


def test_a_person_may_leave_only_so_many_unfinished(cast, draft, monkeypatch):
    monkeypatch.setattr(module, "UNFINISHED_MOST", 2)
    for name in ("One.png", "Two.png"):
        draft.receive(name, 10, by=cast.dora)

    with pytest.raises(DomainError, match="2 of your uploads are not finished"):
        draft.receive("Three.png", 10, by=cast.dora)

    draft.receive("Three.png", 10, by=cast.sam)


def test_the_sweep_forgets_what_nobody_goes_on_with(cast, draft, upload, content, at):
    give(upload, content[:100])
    left = clock.now()
    at((left + dt.timedelta(hours=23)).isoformat())
    jobs.sweep()
    assert Source.get().received_bytes == 100

    at((left + dt.timedelta(hours=25)).isoformat())
    alive = draft.receive("Alive.png", 10, by=cast.dora)
    jobs.sweep()

    assert list(Source.select()) == [alive]
    assert storage.store().uploads.received(upload.key) == 0


def test_the_sweep_forgets_an_upload_whose_bytes_are_gone(upload, content):
    give(upload, content[:100])
    storage.store().uploads.discard(upload.key)
    jobs.sweep()
    assert not Source.select().exists()


def test_a_whole_file_waits_for_its_worker_however_long(upload, content, at, settings):
    give(upload, content)
    for path in (settings.data / "files" / "uploads").iterdir():
        os.utime(path, (0, 0))
    at((clock.now() + dt.timedelta(days=9)).isoformat())

    jobs.sweep()

    assert storage.store().uploads.received(upload.key) == len(content)


def test_bytes_that_are_lost_begin_anew(upload, content):
    give(upload, content[:100])
    storage.store().uploads.discard(upload.key)
    with pytest.raises(Conflict, match="is gone"):
        give(upload, content[100:], 100)
    assert not Source.select().exists()


def test_a_whole_file_that_is_lost_says_so(upload, content):
    give(upload, content)
    storage.store().uploads.discard(upload.key)
    jobs.prepare()
    assert "We have lost" in Source.get().problem

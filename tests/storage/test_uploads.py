"""Files that come in by parts: a part counts whole or not at all, and nothing else is lost."""

import errno
import hashlib
import io
import os
import shutil
import threading
import time

import pytest

from portal.storage import uploads as module
from portal.storage.base import PART_BYTES, Damaged, NoRoom
from tests.storage.test_keeping import Torn

KEY = "a-key-of-some-upload"
DAY_SECONDS = 24 * 60 * 60


@pytest.fixture
def uploads(store):
    return store.uploads


@pytest.fixture
def add(uploads):
    """`add(b"...", 0)` adds a part as a request does."""

    def added(content, offset=0, key=KEY, **checks):
        with uploads.part(io.BytesIO(content), len(content), **checks) as part, uploads.hold(key):
            uploads.append(key, offset, part)

    return added


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def composite(content):
    parts = [content[at : at + PART_BYTES] for at in range(0, len(content), PART_BYTES)]
    return sha256(b"".join(hashlib.sha256(part).digest() for part in parts))


def test_parts_make_the_file(uploads, add, store):
    content = os.urandom(PART_BYTES + 1000)
    add(content[:PART_BYTES], sha256=sha256(content[:PART_BYTES]))
    add(content[PART_BYTES:], PART_BYTES)
    steps = []

    stored = uploads.shelve(KEY, len(content), composite(content), lambda *done: steps.append(done))

    assert (stored.sha256, stored.size_bytes) == (sha256(content), len(content))
    assert store.path(stored.sha256).read_bytes() == content
    assert steps == [(1, 2), (2, 2)]


def test_only_we_may_read_it(uploads, add):
    add(b"secret")
    path = uploads.folder / KEY
    assert path.stat().st_mode & 0o777 == 0o600
    assert uploads.folder.stat().st_mode & 0o777 == 0o700


def test_a_flipped_bit_leaves_the_file_as_it_was(uploads, add):
    add(b"first")

    with pytest.raises(Damaged, match="arrived damaged"):
        add(b"sfcond", 5, sha256=sha256(b"second"))

    assert uploads.received(KEY) == 5


def test_a_part_that_ends_too_early_is_damaged(uploads):
    with pytest.raises(Damaged), uploads.part(io.BytesIO(b"second"), 7):
        pass


def test_nothing_is_read_beyond_a_part(uploads):
    stream = io.BytesIO(b"second, and what follows")
    with uploads.part(stream, 6) as part:
        assert part.file.read() == b"second"
    assert stream.read() == b", and what follows"


def test_a_part_that_breaks_off_leaves_nothing(uploads, left):
    with pytest.raises(ConnectionResetError), uploads.part(Torn(b"x" * 100), 100):
        pass
    assert left() == 0


def test_what_lies_beyond_the_offset_is_a_rest_and_goes(uploads, add):
    add(b"first and a torn rest")
    add(b"second", 5)
    assert uploads.received(KEY) == len(b"firstsecond")


def test_a_part_behind_bytes_that_are_gone_is_refused(uploads, add):
    with pytest.raises(FileNotFoundError):
        add(b"second", 5)


def test_a_part_is_on_disk_before_anybody_says_so(uploads, add, monkeypatch):
    synced, fsync = [], os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda handle: synced.append(os.fstat(handle).st_size) or fsync(handle)
    )
    add(b"first")
    assert synced[0] == 5
    assert len(synced) == 2  # The second is the folder, which holds the new name.


def test_a_full_disk_keeps_what_had_arrived(uploads, add, monkeypatch):
    add(b"first")

    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoRoom, match="no space left"):
        add(b"second", 5)

    assert uploads.received(KEY) == 5


def test_a_file_for_which_there_is_no_room_is_refused_before_it_comes(uploads, monkeypatch):
    usage = shutil.disk_usage("/")._replace(free=module.SPARE_BYTES + 100)
    monkeypatch.setattr(module.shutil, "disk_usage", lambda path: usage)

    uploads.check_room(100)
    with pytest.raises(NoRoom, match="no space left"):
        uploads.check_room(101)


def test_two_that_add_wait_for_each_other(uploads):
    order, is_held = [], threading.Event()

    def second():
        is_held.wait()
        with uploads.hold(KEY):
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with uploads.hold(KEY):
        is_held.set()
        time.sleep(0.1)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_a_file_other_than_the_browser_read_is_refused(uploads, add, left):
    add(b"content")

    for size_bytes, checked in ((7, composite(b"kontent")), (8, None), (6, None)):
        with pytest.raises(Damaged, match="Remove it, then upload it again"):
            uploads.shelve(KEY, size_bytes, checked)

    assert left() == 1


def test_whoever_dies_while_shelving_begins_again(uploads, add, store, left):
    add(b"content")
    uploads.shelve(KEY, 7)

    stored = uploads.shelve(KEY, 7)
    uploads.discard(KEY)

    assert store.path(stored.sha256).read_bytes() == b"content"
    assert left() == 1


def test_discarding_twice_is_no_error(uploads, add):
    add(b"content")
    uploads.discard(KEY)
    uploads.discard(KEY)
    assert uploads.received(KEY) == 0


def test_the_sweep_takes_what_is_old_and_not_wanted(uploads, add, store):
    for key in ("old-and-wanted", "old-and-not", "young-and-not"):
        add(b"content", key=key)
        age = DAY_SECONDS * 2 if key.startswith("old") else 0
        os.utime(uploads.folder / key, (time.time() - age,) * 2)

    assert uploads.sweep(DAY_SECONDS, {"old-and-wanted"}) == 1
    assert store.sweep(DAY_SECONDS) == 0

    assert sorted(path.name for path in uploads.folder.iterdir()) == [
        "old-and-wanted",
        "young-and-not",
    ]


@pytest.mark.parametrize("key", ["", "..", "../../etc/passwd", "a/b/c/d/e", "short", "k" * 65])
def test_only_a_key_is_a_name(uploads, key):
    with pytest.raises(ValueError, match="not a key"):
        uploads.received(key)

"""A bucket keeps what a folder keeps, for as many machines as there are."""

import datetime as dt
import hashlib
import io
import os
import random
from collections import namedtuple

import obstore
import pytest
import time_machine

from portal.core import clock
from portal.core.errors import DomainError
from portal.storage import s3
from portal.storage.base import PART_BYTES, Damaged, Unreachable
from portal.storage.local import LocalStorage
from portal.storage.s3 import S3Storage
from tests.servers import seaweed
from tests.storage.test_uploads import KEY, composite, sha256

LIMIT = 64 * 1024 * 1024
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with seaweed.running(tmp_path_factory.mktemp("seaweed")) as variables:
        yield variables


@pytest.fixture
def machine(server, monkeypatch, tmp_path):
    """`machine("a")` is the store as that machine sees it: one bucket, a folder of its own."""
    for name, value in server.items():
        monkeypatch.setenv(name, value)
    url = f"s3://{seaweed.BUCKET}/{tmp_path.name}"
    return lambda name="a": S3Storage(url, tmp_path / name)


def put(store, content, **more):
    return store.put(io.BytesIO(content), LIMIT, **more).sha256


def add(store, content, offset=0):
    with store.uploads.part(io.BytesIO(content), len(content)) as part, store.uploads.hold(KEY):
        store.uploads.append(KEY, offset, part)


def listed(store, prefix=None):
    return [one["path"] for some in obstore.list(store.bucket, prefix) for one in some]


def test_what_one_machine_keeps_another_reads(machine):
    address = put(machine("a"), b"a picture")
    assert machine("b").exists(address)
    with machine("b").open(address) as file:
        assert file.read() == b"a picture"


def test_equal_content_lies_there_once(machine):
    assert put(machine("a"), b"same") == put(machine("b"), b"same")
    assert len(listed(machine())) == 1


def test_what_was_fetched_is_asked_for_once(machine):
    address = put(machine("a"), b"often")
    other = machine("b")
    other.path(address)
    obstore.delete(other.bucket, listed(other))
    assert other.path(address).read_bytes() == b"often"
    assert not other.exists(address)


def test_bytes_that_were_altered_in_the_bucket_are_never_shown(machine):
    address = put(machine("a"), b"what was signed")
    other = machine("b")
    obstore.put(other.bucket, listed(other)[0], b"something else")
    with pytest.raises(Damaged):
        other.open(address)
    assert list(other.near.hashes()) == []


def test_what_is_not_there_is_not_found(machine):
    for asked in (machine().open, machine().path):
        with pytest.raises(FileNotFoundError):
            asked("0" * 64)


def test_what_was_refused_or_broke_off_is_not_in_the_bucket(machine):
    def refuse(_path):
        raise DomainError("No.")

    with pytest.raises(DomainError):
        put(machine(), b"unwanted", inspect=refuse)
    assert listed(machine()) == []


def test_what_is_deleted_is_gone_and_may_be_deleted_again(machine):
    store = machine()
    address = put(store, b"let go")
    store.delete(address)
    store.delete(address)
    assert not store.exists(address)
    with pytest.raises(FileNotFoundError):
        store.open(address)


@pytest.mark.parametrize(
    "wrong", [{"AWS_SECRET_ACCESS_KEY": "wrong"}, {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}]
)
def test_a_bucket_that_does_not_answer_is_said_in_words(machine, monkeypatch, wrong):
    address = put(machine("a"), b"kept")
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(s3, "PATIENCE", dt.timedelta(seconds=1))
    for act in (lambda store: store.open(address), lambda store: put(store, b"new")):
        with pytest.raises(Unreachable, match=r"Try again later\.") as told:
            act(machine("b"))
        assert told.value.status == 503
        assert "AWS" not in told.value.message


def test_parts_that_came_in_on_two_machines_make_one_file(machine):
    content, steps = os.urandom(PART_BYTES + 1000), []
    one, other = machine("a"), machine("b")
    add(one, content[:PART_BYTES])
    add(other, content[PART_BYTES:], PART_BYTES)
    assert one.uploads.received(KEY) == len(content)
    stored = one.uploads.shelve(
        KEY, len(content), composite(content), lambda *step: steps.append(step)
    )
    assert stored.sha256 == sha256(content)
    assert steps == [(1, 2), (2, 2)]
    assert machine("c").path(stored.sha256).read_bytes() == content


def test_a_part_behind_a_gap_is_refused(machine):
    store = machine()
    add(store, b"begin")
    with pytest.raises(FileNotFoundError):
        add(store, b"after", 6)
    assert store.uploads.received(KEY) == 5


def test_a_part_that_is_sent_again_replaces_the_first(machine):
    store = machine()
    add(store, b"first try")
    add(machine("b"), b"second")
    stored = store.uploads.shelve(KEY, 6)
    assert store.path(stored.sha256).read_bytes() == b"second"


def test_what_lies_beyond_a_part_that_comes_again_is_a_rest_and_goes(machine):
    store = machine()
    add(store, b"first")
    add(store, b"second", 5)
    add(store, b"third")
    assert store.uploads.received(KEY) == 5


@pytest.mark.parametrize("key", ["", "..", "../../etc/passwd", "a/b/c/d/e", "k" * 65])
def test_only_a_key_is_a_name(machine, key):
    store = machine()
    for act in (store.uploads.received, store.uploads.discard):
        with pytest.raises(ValueError, match="not a key"):
            act(key)


@pytest.mark.parametrize("said", [(5, "0" * 64), (4, None)])
def test_a_file_that_is_not_what_was_sent_is_not_kept(machine, said):
    store = machine()
    add(store, b"bytes")
    with pytest.raises(Damaged):
        store.uploads.shelve(KEY, *said)
    assert list(store.hashes()) == []
    assert store.uploads.received(KEY) == 5


def test_an_upload_that_is_let_go_leaves_nothing(machine):
    store = machine()
    add(store, b"bytes")
    store.uploads.discard(KEY)
    store.uploads.discard(KEY)
    assert listed(store) == []
    with pytest.raises(FileNotFoundError):
        store.uploads.shelve(KEY, 5)


def test_only_uploads_that_are_old_and_unwanted_are_swept(machine, monkeypatch):
    store = machine()
    add(store, b"bytes")
    assert store.uploads.sweep(3600, set()) == 0
    later = clock.now() + dt.timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert store.uploads.sweep(3600, {KEY}) == 0
    assert store.uploads.sweep(3600, set()) == 1
    assert listed(store) == []


def test_copies_go_when_the_disk_is_full_the_longest_unread_first(machine, monkeypatch):
    store = machine()
    old, recent = put(store, b"a" * 1000), put(store, b"b" * 1000)
    os.utime(store.near.place(old), (0, 0))
    monkeypatch.setattr(s3.shutil, "disk_usage", lambda _path: Usage(10_000, 9_000, 1_000))
    assert store.sweep(3600) == 1
    assert list(store.near.hashes()) == [recent]
    assert store.path(old).read_bytes() == b"a" * 1000


def test_a_bucket_and_a_folder_answer_alike(machine, tmp_path):
    """Some hundred random acts; seeded, so that a failure can be told again."""
    chance = random.Random(4)
    stores = [machine("a"), machine("b"), LocalStorage(tmp_path / "folder")]
    contents = [bytes([n]) * (n + 1) for n in range(6)]

    def done(store, act, content):
        if act == "put":
            return put(store, content)
        try:
            return store.path(hashlib.sha256(content).hexdigest()).read_bytes()
        except FileNotFoundError:
            return None

    for _ in range(100):
        act, content = chance.choice(["put", "path"]), chance.choice(contents)
        far = chance.choice(stores[:2])
        assert done(far, act, content) == done(stores[2], act, content), act
    assert set(stores[0].hashes()) == set(stores[2].hashes())


def test_what_was_put_again_is_not_retired_and_what_is_gone_meanwhile_is_sent_again(machine):
    store = machine()
    address = put(store, b"a picture")
    assert not store.retire(address, 3600)

    put(store, b"a picture")  # It lies there already, so nothing is sent.
    obstore.delete(store.bucket, f"{address[:2]}/{address[2:4]}/{address}")
    store.confirm(address)

    assert store.exists(address)


def test_what_is_old_is_retired_once(machine):
    store = machine()
    address = put(store, b"a picture")

    with time_machine.travel(clock.now() + dt.timedelta(days=2)):
        assert store.retire(address, 3600)
        assert not store.retire(address, 3600)
    assert not store.exists(address)

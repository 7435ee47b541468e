"""Bytes are kept once, whole, and only if we want them."""

import errno
import hashlib
import io
import os
import time

import pytest

from portal.core import db
from portal.core.errors import DomainError
from portal.storage import jobs, local
from portal.storage.base import NoRoom, TooLarge
from portal.storage.limits import LIMITS
from portal.storage.models import Blob
from tests.storage.conftest import picture


class Torn(io.BytesIO):
    """A connection that breaks after the first bytes."""

    def read(self, size=-1):
        if self.tell():
            raise ConnectionResetError
        return super().read(10)


def test_what_was_kept_is_read_back(keep, store):
    content = picture()
    blob = keep(content)
    assert blob.sha256 == hashlib.sha256(content).hexdigest()
    assert blob.size_bytes == len(content)
    with blob.open() as file:
        assert file.read() == content


def test_only_we_may_read_it(keep):
    path = keep(picture()).path()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parts[-3:-1] == (path.name[:2], path.name[2:4])


def test_equal_content_lies_there_once(keep, left):
    assert keep(picture()).id == keep(picture()).id
    assert left() == 1


def test_keeping_again_mends_what_rotted(keep):
    blob = keep(picture())
    blob.path().write_bytes(b"rot")
    assert keep(picture()).path().read_bytes() == picture()


def test_an_upload_that_breaks_off_leaves_nothing(store, left):
    with pytest.raises(ConnectionResetError):
        Blob.keep(Torn(picture()), limit="image")
    assert left() == 0
    assert not Blob.select().exists()


def test_too_many_bytes_leave_nothing(store, left):
    with pytest.raises(TooLarge, match="larger than 2 MB") as refusal:
        Blob.keep(io.BytesIO(bytes(LIMITS["logo"].max_bytes + 1)), limit="logo")
    assert refusal.value.status == 413
    assert left() == 0


def test_a_refused_upload_spares_the_equal_file_of_another(keep, left):
    keep(b"%PDF-1.7 a plan", limit="document")
    with pytest.raises(DomainError):
        keep(b"%PDF-1.7 a plan", limit="image")
    assert left() == 1


def test_an_empty_file_is_refused(keep):
    with pytest.raises(DomainError, match="empty"):
        keep(b"", limit="attachment")


def test_a_full_disk_is_said_in_words(store, left, monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(local.os, "fsync", full)
    with pytest.raises(NoRoom, match="no space left") as refusal:
        Blob.keep(io.BytesIO(picture()), limit="image")
    assert refusal.value.status == 503
    assert left() == 0


def test_a_folder_is_synced_after_its_file(store, monkeypatch):
    steps, fsync, replace = [], os.fsync, local.Path.replace
    monkeypatch.setattr(local.os, "fsync", lambda handle: steps.append("sync") or fsync(handle))
    monkeypatch.setattr(
        local.Path, "replace", lambda old, new: steps.append("rename") or replace(old, new)
    )
    Blob.keep(io.BytesIO(picture()), limit="image")
    assert steps == ["sync", "rename", "sync", "sync", "sync"]


def test_the_sweep_takes_only_what_was_abandoned(store, keep, left):
    keep(picture())
    old, young = store.incoming / "old", store.incoming / "young"
    old.write_bytes(b"a")
    young.write_bytes(b"b")
    two_days_ago = time.time() - 2 * 24 * 60 * 60
    os.utime(old, (two_days_ago, two_days_ago))
    jobs.sweep()
    assert young.exists()
    assert left() == 2


def test_a_change_that_fails_keeps_no_row(store):
    with pytest.raises(ZeroDivisionError), db.change():
        Blob.keep(io.BytesIO(picture()), limit="image")
        raise ZeroDivisionError
    assert not Blob.select().exists()


@pytest.mark.parametrize(
    "address", ["", "..", "a" * 63, "A" * 64, "../" * 21 + "a", "a" * 64 + "\n"]
)
def test_only_a_hash_is_an_address(store, address):
    with pytest.raises(ValueError, match="not a SHA-256"):
        store.path(address)


def test_forgetting_twice_is_no_error(keep, store):
    blob = keep(picture())
    store.delete(blob.sha256)
    store.delete(blob.sha256)
    assert not store.exists(blob.sha256)

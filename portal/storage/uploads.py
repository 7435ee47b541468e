"""Files that come in by parts, in a folder beside the others: `uploads/<key>`, readable only by us.

A part counts whole or not at all. It is received into a file of its own, so that a connection that
hangs keeps nobody from sending the same part again.
"""

import errno
import fcntl
import hashlib
import os
import re
import shutil
import tempfile
import time
from contextlib import contextmanager, suppress

from portal.storage.base import PART_BYTES, Damaged, NoRoom, Part, Stored

CHUNK_BYTES = 256 * 1024
SPARE_BYTES = 200_000_000  # Left for the database, whose writes matter more than any file.
KEPT = "What has arrived is kept; go on later."
DAMAGED_PART = "A part of this file arrived damaged. Send it again."
DAMAGED = "This file arrived damaged. Remove it, then upload it again."
_KEY = re.compile(r"[\w-]{8,64}", re.ASCII)
_FULL = {errno.ENOSPC, errno.EDQUOT}


class LocalUploads:
    """See `Uploads` for what each method promises."""

    def __init__(self, store):
        self.store = store
        self.folder = store.root / "uploads"

    def check_room(self, size_bytes):
        self._make_folders()
        if shutil.disk_usage(self.folder).free < size_bytes + SPARE_BYTES:
            raise NoRoom("There is no space left for a file of this size. Nothing was kept.")

    @contextmanager
    def part(self, stream, size_bytes, sha256=None):
        self._make_folders()
        with full_in_words(KEPT), tempfile.TemporaryFile(dir=self.store.incoming) as file:
            _copy(stream, file, size_bytes, sha256)
            file.seek(0)
            yield Part(file, size_bytes)

    @contextmanager
    def hold(self, key):
        self._make_folders()
        with os.fdopen(os.open(self._path(key), os.O_RDWR | os.O_CREAT, 0o600)) as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # Closing it lets go.
            yield

    def append(self, key, offset, part):
        path = self._path(key)
        if path.stat().st_size < offset:
            raise FileNotFoundError(path)
        with full_in_words(KEPT), path.open("r+b") as file:
            try:
                file.truncate(offset)
                file.seek(offset)
                shutil.copyfileobj(part.file, file, CHUNK_BYTES)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                os.truncate(path, offset)
                raise
        if offset == 0:
            sync_folder(self.folder)

    def received(self, key):
        try:
            return self._path(key).stat().st_size
        except FileNotFoundError:
            return 0

    def shelve(self, key, size_bytes, composite=None, tell=None):
        path = self._path(key)
        with path.open("rb") as file:
            sha256, of_parts = _digests(file, size_bytes, tell)
        if self.received(key) != size_bytes or composite not in (None, of_parts):
            raise Damaged(DAMAGED)
        # A second name, not a move: whoever dies before the database knows finds it once more.
        second = path.with_suffix(".whole")
        second.unlink(missing_ok=True)
        os.link(path, second)
        self.store.shelve(second, sha256)
        second.unlink(missing_ok=True)  # It is still there if the file was on its shelf already.
        return Stored(sha256, size_bytes)

    def file(self, key):
        """Open what has arrived, to write into it. Whoever asks holds the key."""
        return self._path(key).open("r+b")

    def discard(self, key):
        self._path(key).unlink(missing_ok=True)

    def sweep(self, older_than_seconds, wanted):
        before, removed = time.time() - older_than_seconds, 0
        for path in self.folder.glob("*"):
            with suppress(FileNotFoundError):
                if path.stem not in wanted and path.stat().st_mtime < before:
                    path.unlink()
                    removed += 1
        return removed

    def _path(self, key):
        return self.folder / checked(key)

    def _make_folders(self):
        for folder in (self.folder, self.store.incoming):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def checked(key):
    """Return a key as it is. Raises ValueError for what is none."""
    if not _KEY.fullmatch(key):
        raise ValueError(f"not a key of an upload: {key!r}")
    return key


@contextmanager
def full_in_words(rest):
    """Turn the error of a full disk into a sentence that ends with `rest`."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NoRoom(f"There is no space left for files. {rest}") from error
        raise


def sync_folder(path):
    """Make a rename survive a power cut: a name lives in its folder, not in its file."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _copy(stream, file, size_bytes, sha256):
    """Copy exactly so many bytes of that hash. Raises Damaged."""
    hashed, left = hashlib.sha256(), size_bytes
    while left and (chunk := stream.read(min(CHUNK_BYTES, left))):  # Not one byte further.
        left -= len(chunk)
        hashed.update(chunk)
        file.write(chunk)
    file.flush()
    if left or sha256 not in (None, hashed.hexdigest()):
        raise Damaged(DAMAGED_PART)


def _digests(file, size_bytes, tell):
    """Return the SHA-256 of a file, and that over the digests of its parts."""
    whole, of_parts, count = hashlib.sha256(), hashlib.sha256(), 0
    while part := file.read(PART_BYTES):
        whole.update(part)
        of_parts.update(hashlib.sha256(part).digest())
        count += 1
        if tell:
            tell(count, -(-size_bytes // PART_BYTES))
    return whole.hexdigest(), of_parts.hexdigest()

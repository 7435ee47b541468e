"""Files in a folder of this machine: `ab/cd/<sha256>`, readable only by us."""

import hashlib
import os
import re
import shutil
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from portal.storage.base import Stored, TooLarge
from portal.storage.uploads import LocalUploads, full_in_words, sync_folder

CHUNK_BYTES = 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")


class LocalStorage:
    """See `Storage` for what each method promises."""

    def __init__(self, root):
        self.root = Path(root)
        # Beside the files, so that a rename stays within one file system and is atomic.
        self.incoming = self.root / "incoming"
        self.uploads = LocalUploads(self)

    def put(self, stream, limit_bytes, inspect=None):
        with full_in_words("Nothing was kept; try again later."):
            return self._receive(stream, limit_bytes, inspect)

    def open(self, sha256):
        return self.place(sha256).open("rb")

    def path(self, sha256):
        path = self.place(sha256)
        if not path.is_file():
            raise FileNotFoundError(path)
        return path

    def place(self, sha256):
        """Return where bytes of this hash lie, or would."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def exists(self, sha256):
        return self.place(sha256).is_file()

    def hashes(self):
        return (path.name for path in self.root.glob("??/??/*"))

    def delete(self, sha256):
        self.place(sha256).unlink(missing_ok=True)

    def retire(self, sha256, young_seconds):
        path, aside = self.place(sha256), self.incoming / f"{sha256}.retired"
        before = time.time() - young_seconds
        with suppress(FileNotFoundError):
            if path.stat().st_mtime >= before:
                return False
            self.incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.replace(aside)
            if aside.stat().st_mtime < before:
                aside.unlink()
                return True
            # Put again between the look and the move: it goes back, unless it was put once more.
            with suppress(FileExistsError):
                os.link(aside, path)
            aside.unlink()
        return False

    def confirm(self, sha256):
        """What was put has a fresh time, and `retire` leaves it alone."""

    @contextmanager
    def scratch(self):
        self.incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=self.incoming) as folder:
            yield Path(folder)

    def sweep(self, older_than_seconds):
        before, removed = time.time() - older_than_seconds, 0
        for path in self.incoming.glob("*"):
            with suppress(FileNotFoundError):  # Its upload may end at this very moment.
                if path.stat().st_mtime < before:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
                    removed += 1
        return removed

    def _receive(self, stream, limit_bytes, inspect):
        self.incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=self.incoming)  # Its mode is 0600.
        draft = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                stored = _copy(stream, file, limit_bytes)
                file.flush()
                os.fsync(file.fileno())
            if inspect:
                inspect(draft)
            self.shelve(draft, stored.sha256)
        finally:
            draft.unlink(missing_ok=True)
        return stored

    def shelve(self, draft, sha256):
        """Move a whole file of this folder to its place."""
        path = self.place(sha256)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        now = time.time()
        os.utime(draft, (now, now))  # However long it took to come in, from here on it is fresh.
        # Over an equal file too: whatever lies there is then whole again.
        draft.replace(path)
        for folder in (path.parent, path.parent.parent, self.root):
            sync_folder(folder)


def _copy(stream, file, limit_bytes):
    hashed, size_bytes = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK_BYTES):
        size_bytes += len(chunk)
        if size_bytes > limit_bytes:
            raise TooLarge(f"This file is larger than {limit_bytes // 1_000_000} MB.")
        hashed.update(chunk)
        file.write(chunk)
    return Stored(hashed.hexdigest(), size_bytes)

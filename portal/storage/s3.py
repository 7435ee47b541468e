"""Files in a bucket: `ab/cd/<sha256>`, with a copy near at hand of what this machine reads.

Programs want a file name, and a picture is asked for often: what is read is fetched once, its hash
compared, and kept in PORTAL_DATA for as long as the disk has room.
"""

import datetime as dt
import logging
import shutil
import time
from contextlib import suppress
from urllib.parse import urlsplit

import obstore
from obstore.store import S3Store

from portal.core import clock
from portal.storage.base import Damaged
from portal.storage.bucket import asked
from portal.storage.local import LocalStorage
from portal.storage.s3_uploads import S3Uploads

CHUNK_BYTES = 8 * 1024 * 1024
FREE_SHARE = 5  # A fifth of the disk stays free of copies.
RECENT_SECONDS = 3600  # Somebody may be reading it under its name.
PATIENCE = dt.timedelta(seconds=30)  # For one request, with what is tried again.
log = logging.getLogger(__name__)


class S3Storage:
    """See `Storage` for what each method promises. Any machine with this bucket reads the same."""

    def __init__(self, url, folder):
        """`url` is s3://bucket/prefix; endpoint, region and keys are in the AWS_ variables."""
        parts = urlsplit(url)
        self.bucket = S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            retry_config={"max_retries": 3, "retry_timeout": PATIENCE},
        )
        self.near = LocalStorage(folder)
        self.root = self.near.root
        self.uploads = S3Uploads(self)

    def put(self, stream, limit_bytes, inspect=None):
        stored = self.near.put(stream, limit_bytes, inspect)
        self.send(stored.sha256)
        return stored

    def send(self, sha256):
        """Bring a near copy into the bucket; equal content lies there once."""
        if not self.exists(sha256):
            with asked():
                obstore.put(self.bucket, _name(sha256), self.near.path(sha256))

    def open(self, sha256):
        return self.path(sha256).open("rb")

    def path(self, sha256):
        if not self.near.exists(sha256):
            self._fetch(sha256)
        return self.near.path(sha256)

    def exists(self, sha256):
        with asked(), suppress(FileNotFoundError):
            obstore.head(self.bucket, _name(sha256))
            return True
        return False

    def hashes(self):
        with asked():
            for some in obstore.list(self.bucket):
                names = (one["path"].split("/") for one in some)
                yield from (name[2] for name in names if len(name[0]) == 2)

    def delete(self, sha256):
        with asked(), suppress(FileNotFoundError):
            obstore.delete(self.bucket, _name(sha256))
        self.near.delete(sha256)

    def retire(self, sha256, young_seconds):
        before = clock.now() - dt.timedelta(seconds=young_seconds)
        with asked(), suppress(FileNotFoundError):
            if obstore.head(self.bucket, _name(sha256))["last_modified"] >= before:
                return False
            obstore.delete(self.bucket, _name(sha256))
            self.near.retire(sha256, young_seconds)
            return True
        return False

    def confirm(self, sha256):
        """Equal content that lay there was not sent again; it may have been retired since."""
        self.send(sha256)

    def scratch(self):
        return self.near.scratch()

    def sweep(self, older_than_seconds):
        return self.near.sweep(older_than_seconds) + self._make_room()

    def _fetch(self, sha256):
        with asked():
            found = obstore.get(self.bucket, _name(sha256))
            stored = self.near.put(Body(found), found.meta["size"])
        if stored.sha256 != sha256:
            self.near.delete(stored.sha256)
            log.error("the bucket holds other bytes under %s", sha256)
            raise Damaged("This file was altered where it is kept. The studio has to restore it.")

    def _make_room(self):
        """Drop copies that were read longest ago until enough of the disk is free."""
        total, _used, free = shutil.disk_usage(self.near.root)
        wanted, removed = total // FREE_SHARE - free, 0
        before = time.time() - RECENT_SECONDS
        copies = [(path.stat(), path) for path in map(self.near.place, self.near.hashes())]
        for facts, path in sorted(copies, key=lambda copy: copy[0].st_atime):
            if wanted <= 0 or max(facts.st_atime, facts.st_mtime) > before:
                break
            path.unlink(missing_ok=True)
            wanted, removed = wanted - facts.st_size, removed + 1
        return removed


class Body:
    """An object of the bucket, read as a file is."""

    def __init__(self, found):
        self.chunks = iter(found.stream(min_chunk_size=CHUNK_BYTES))

    def read(self, _size=-1):
        return bytes(next(self.chunks, b""))


def _name(sha256):
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"

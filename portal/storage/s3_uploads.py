"""Files that come in by parts, in the bucket: `uploads/<key>/<offset>`, a part an object.

Any machine takes the next part. Whoever sends other bytes for the same place puts them over those
that were there; the checksum over all parts decides at the end.
"""

import datetime as dt
from contextlib import suppress

import obstore

from portal.core import clock
from portal.storage.bucket import asked
from portal.storage.uploads import checked


class S3Uploads:
    """See `Uploads` for what each method promises."""

    def __init__(self, store):
        self.store, self.near = store, store.near.uploads

    def check_room(self, size_bytes):
        self.near.check_room(size_bytes)

    def part(self, stream, size_bytes, sha256=None):
        return self.near.part(stream, size_bytes, sha256)

    def hold(self, key):
        return self.near.hold(key)

    def append(self, key, offset, part):
        if self.received(key) < offset:
            raise FileNotFoundError(key)
        rest = [one["path"] for one in self._listed(key) if _offset(one) > offset]
        with asked():
            obstore.put(self.store.bucket, _name(key, offset), part.file)
            obstore.delete(self.store.bucket, rest)

    def received(self, key):
        return sum(size for _name, size in self._parts(key))

    def shelve(self, key, size_bytes, composite=None, tell=None):
        parts = self._parts(key)
        if not parts:
            raise FileNotFoundError(key)
        self._gather(key, parts)
        stored = self.near.shelve(key, size_bytes, composite, tell)
        self.near.discard(key)
        self.store.send(stored.sha256)
        return stored

    def discard(self, key):
        with asked(), suppress(FileNotFoundError):
            obstore.delete(self.store.bucket, [one["path"] for one in self._listed(key)])
        self.near.discard(key)

    def sweep(self, older_than_seconds, wanted):
        before = clock.now() - dt.timedelta(seconds=older_than_seconds)
        old = {}
        for one in self._listed():
            key = one["path"].split("/")[1]
            if key not in wanted:
                old.setdefault(key, []).append(one["last_modified"])
        keys = [key for key, times in old.items() if max(times) < before]
        for key in keys:
            self.discard(key)
        return len(keys) + self.near.sweep(older_than_seconds, wanted)

    def _parts(self, key):
        """Return (name, size) of the parts that join without a gap, in order."""
        joined, end = [], 0
        for one in sorted(self._listed(key), key=lambda one: one["path"]):
            if _offset(one) == end:
                joined.append((one["path"], one["size"]))
                end += one["size"]
        return joined

    def _gather(self, key, parts):
        """Join the parts in a file of this machine."""
        with self.near.hold(key), self.near.file(key) as file:
            file.truncate()
            for name, _size in parts:
                with asked():
                    for chunk in obstore.get(self.store.bucket, name):
                        file.write(chunk)

    def _listed(self, key=None):
        prefix = f"uploads/{checked(key)}/" if key is not None else "uploads/"
        with asked():
            return [one for some in obstore.list(self.store.bucket, prefix) for one in some]


def _name(key, offset):
    return f"uploads/{checked(key)}/{offset:016d}"


def _offset(part):
    return int(part["path"].rpartition("/")[2])

"""A file store of its own, and files that are not what they seem."""

import io
import struct
import zlib
from dataclasses import replace

import pytest
import pyvips

from portal import storage
from portal.storage.models import Blob


@pytest.fixture
def store(settings, database):
    """A folder of this machine, whatever the other tests keep their files in."""
    return storage.configure(replace(settings, storage_url=f"file://{settings.data}/files"))


@pytest.fixture
def keep(store):
    """`keep(content, limit="image")` keeps these bytes."""
    return lambda content, limit="image": Blob.keep(io.BytesIO(content), limit=limit)


@pytest.fixture
def left(settings):
    """`left()` is how many files the store's folder holds, wherever they lie."""
    folder = settings.data / "files"
    return lambda: sum(path.is_file() for path in folder.rglob("*"))


def picture(suffix=".png", width=60, height=40, **options):
    return pyvips.Image.black(width, height, bands=3).write_to_buffer(suffix, **options)


def bomb(side):
    """Return a PNG of `side` times `side` white pixels in some kilobytes, without decoding it."""
    rows = zlib.compress((b"\0" + b"\xff" * (side // 8)) * side, 9)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )

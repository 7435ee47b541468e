"""The list at the end of a zip: how long it is, and whether it can be read, before it is."""

import struct
import zipfile

from portal.storage.limits import Unusable

MAX_ENTRIES = 5_000  # A large template has 2,000 files; each takes memory while it is listed.
TOO_MANY = f"This zip holds more than {MAX_ENTRIES:,} files. Pack only what the site needs."
DAMAGED = "This zip arrived damaged. Pack it again and retry."
_LOCAL, _END = b"PK\3\4", b"PK\5\6"
_END_FORMAT, _END_WITHIN = "<4s4H2LH", 22 + 65_535  # The longest comment may follow it.
# Files of other programs that are zips inside. Each holds one of these, no website does.
_OTHERS = {"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "AndroidManifest.xml"}


def is_site(path):
    """Return whether the file is a zip, and not one of the many formats that are zips inside.

    Raises Unusable for one with more files than we list.
    """
    with path.open("rb") as file:
        if file.read(4) != _LOCAL:
            return False
    try:
        with opened(path) as archive:
            return not _OTHERS.intersection(archive.namelist())
    except Unusable as refusal:
        if refusal.message == DAMAGED:
            return False
        raise


def opened(path):
    """Return the zip as `zipfile` reads it. Raises Unusable for a damaged one, and a long list."""
    if _promised(path) > MAX_ENTRIES:
        raise Unusable(TOO_MANY)
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, RuntimeError, struct.error) as error:
        raise Unusable(DAMAGED) from error
    if len(archive.filelist) > MAX_ENTRIES:
        archive.close()
        raise Unusable(TOO_MANY)
    return archive


def _promised(path):
    """Return how many files the list has, by its end or by its length, whichever is more."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _END_WITHIN))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        raise Unusable(DAMAGED)
    fields = struct.unpack_from(_END_FORMAT, tail, at)
    count, list_bytes = fields[4], fields[5]
    return max(count, list_bytes // 1_000)  # No entry needs a kilobyte; zipfile goes by length.

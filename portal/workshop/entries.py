"""What may stand in a zip: every rule about names, sizes and kinds, checked before unpacking."""

import re
import stat
import struct
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from portal.storage.limits import MB, Unusable
from portal.workshop import contents
from portal.workshop.directory import DAMAGED

MAX_BYTES = 1_000 * MB
MAX_RATIO = 100  # Text packs to a tenth, drawings to a thirtieth.
RATIO_FROM_BYTES = 10 * MB  # Below it, a blank picture or a table of zeros may pack better.
MAX_PATH = 240  # Characters; longer ones cannot be unpacked on every desk.
MAX_DEPTH = 24
_JUNK = {".DS_Store", "Thumbs.db", "desktop.ini"}
_JUNK_FOLDER = "__MACOSX"
_ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".tgz")
_DRIVE = re.compile(r"[A-Za-z]:")
_LOCAL_FORMAT = "<4s5H3L2H"  # The header before each file; the last two are lengths after it.
_LOCAL_BYTES = struct.calcsize(_LOCAL_FORMAT)
_IS_UTF8 = 0x800
_ENCRYPTED = 0x1 | 0x40
_BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # They turn names around.


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the site: its path as it will be served, and where the zip has it."""

    path: str
    info: zipfile.ZipInfo


def checked(archive, path):
    """Return the zip's files as Entries, without what systems add, and from the one top folder.

    Raises Unusable with a sentence that names the file which is wrong.
    """
    infos = archive.infolist()
    names = [_checked_name(info) for info in infos]
    for name, info in zip(names, infos, strict=True):
        _check_kind(name, info)
    _check_overlaps(infos, path, archive.start_dir)
    _check_sizes(infos, path.stat().st_size)
    _check_twins(names, infos)
    kept = [
        Entry(name, info)
        for name, info in zip(names, infos, strict=True)
        if not info.is_dir() and not _is_junk(name)
    ]
    return _from_top_folder(kept)


def refuse_without_pages(listed):
    """Raise Unusable, with what there is, if nothing in the list is an HTML page."""
    if any(contents.media_type(entry.path) == contents.HTML for entry in listed):
        return
    *most, last = contents.found(entry.path for entry in listed) or ["nothing"]
    holds = f"{', '.join(most)} and {last}" if most else last
    raise Unusable(f"This zip has no start page: it holds {holds}. Add an index.html and retry.")


def _checked_name(info):
    """Return the entry's path. Raises Unusable for one that could point anywhere else."""
    name = unicodedata.normalize("NFC", _decoded(info))
    shown = "".join(c if c.isprintable() else "\ufffd" for c in name)[:MAX_PATH]
    if any(unicodedata.category(c) in {"Cc", "Cs"} or c in _BIDI for c in name):
        raise Unusable(f"“{shown}” in this zip has invisible characters in its name. Rename it.")
    parts = name.removesuffix("/").split("/")
    if "\\" in name or _DRIVE.match(name) or not {"", ".", ".."}.isdisjoint(parts):
        raise Unusable(f"“{shown}” in this zip is not a plain path inside it. Pack it again.")
    if len(name) > MAX_PATH or len(parts) > MAX_DEPTH:
        raise Unusable(f"“{shown}” in this zip lies too deep or its name is too long. Shorten it.")
    return name


def _decoded(info):
    """Return the name as it was meant: many programs write UTF-8 and forget to say so."""
    name = info.orig_filename
    if info.flag_bits & _IS_UTF8:
        return name
    try:
        return name.encode("cp437").decode()
    except UnicodeError:
        return name


def _check_kind(name, info):
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise Unusable(f"“{name}” in this zip is a link or a device. Pack the file itself.")
    if info.flag_bits & _ENCRYPTED:
        raise Unusable("This zip is locked with a password. Pack it without one.")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unusable(f"“{name}” is packed in an unusual way. Pack it as an ordinary zip.")
    if name.endswith("/") and info.file_size:
        raise Unusable(DAMAGED)
    if name.lower().endswith(_ARCHIVES) and not _is_junk(name):
        raise Unusable(f"“{name}” is an archive inside the zip. Unpack it first, or leave it out.")


def _check_sizes(infos, packed_bytes):
    total = sum(info.file_size for info in infos)
    if total > MAX_BYTES:
        raise Unusable(
            f"This zip unpacks to more than {MAX_BYTES // MB:,} MB. Leave something out."
        )
    if total > RATIO_FROM_BYTES and total > MAX_RATIO * packed_bytes:
        raise Unusable(f"This zip unpacks to more than {MAX_RATIO} times its size. Pack it again.")


def _check_overlaps(infos, path, end):
    """Raise Unusable if two entries share bytes: a small file could then unpack to anything."""
    with path.open("rb") as file:
        begin_of_next = end
        for info in sorted(infos, key=lambda info: info.header_offset, reverse=True):
            file.seek(info.header_offset)
            header = file.read(_LOCAL_BYTES)
            if len(header) < _LOCAL_BYTES:
                raise Unusable(DAMAGED)
            *_, name_bytes, extra_bytes = struct.unpack(_LOCAL_FORMAT, header)
            data = info.header_offset + _LOCAL_BYTES + name_bytes + extra_bytes
            if data + info.compress_size > begin_of_next:
                raise Unusable("Files in this zip overlap each other. Pack it again and retry.")
            begin_of_next = info.header_offset


def _check_twins(names, infos):
    """Raise Unusable for names that some desks and some browsers take for one."""
    files, folders = {}, {}
    for name, info in zip(names, infos, strict=True):
        for folder in PurePosixPath(name).parents:
            folders.setdefault(_key(str(folder)), name)
        if info.is_dir():
            folders.setdefault(_key(name.removesuffix("/")), name)
        elif _key(name) in files:
            raise Unusable(f"“{name}” is in this zip twice, or differs only in case. Keep one.")
        else:
            files[_key(name)] = name
    for key in files.keys() & folders.keys():
        raise Unusable(f"“{files[key]}” is a file and a folder in this zip. Rename one.")


def _key(name):
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _is_junk(name):
    parts = name.split("/")
    return _JUNK_FOLDER in parts or parts[-1] in _JUNK


def _from_top_folder(listed):
    tops = {entry.path.partition("/")[0] for entry in listed}
    if len(tops) != 1 or any("/" not in entry.path for entry in listed):
        return listed
    return [Entry(entry.path.partition("/")[2], entry.info) for entry in listed]

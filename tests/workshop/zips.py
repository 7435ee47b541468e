"""Zips that are made to be wrong, each in one way."""

import io
import stat
import zipfile

PAGE = "<!doctype html><title>Start</title>"


def packed(entries, change=None):
    """Return a zip of (name or ZipInfo, content) pairs; `change(infos)` forges its list of files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            info = name if isinstance(name, zipfile.ZipInfo) else named(name)
            archive.writestr(info, content)
        if change:
            change(archive.filelist)
    return file.getvalue()


def named(name, mode=stat.S_IFREG | 0o644, **facts):
    """Return a ZipInfo with this very name: the constructor would cut and turn it."""
    info = zipfile.ZipInfo("x")
    info.filename, info.external_attr = name, mode << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    for fact, value in facts.items():
        setattr(info, fact, value)
    return info


def with_page(name, content=b"x", **facts):
    """Return a site of a start page and one more entry."""
    return packed([("index.html", PAGE), (named(name, **facts), content)])


def forged(**facts):
    """Return a site whose list says something else of its second file than is true."""

    def change(infos):
        for fact, value in facts.items():
            setattr(infos[1], fact, value)

    return packed([("index.html", PAGE), ("data.txt", "0123456789")], change)


def locked():
    """Return a site that says its second file is encrypted."""
    content = bytearray(packed([("index.html", PAGE), ("data.txt", "0123456789")]))
    content[content.rindex(b"PK\1\2") + 8] |= 1
    return bytes(content)


def overlapping(many=250):
    """Return a zip of some kilobytes, each entry of which is the same megabyte."""

    def change(infos):
        for info in infos[2:]:
            info.header_offset = infos[1].header_offset
            info.file_size, info.compress_size, info.CRC = (
                infos[1].file_size,
                infos[1].compress_size,
                infos[1].CRC,
            )

    rest = [(f"{n}.txt", "") for n in range(many)]
    return packed([("index.html", PAGE), ("big.txt", bytes(1_000_000)), *rest], change)

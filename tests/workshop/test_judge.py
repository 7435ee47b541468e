"""What kind of prototype a file is, by its bytes."""

import io
import zipfile

import pytest

from portal.storage.limits import EXTENSIONS, SVG
from portal.storage.views import INLINE
from tests import make_files
from tests.storage.conftest import bomb
from tests.workshop import zips

SVG_11 = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://example.org/svg11.dtd">'
LAUGHS = b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def office():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    return file.getvalue()


SVG_FILE = make_files.svg()
KNOWN = {
    "png": (make_files.image, "image", "image/png"),
    "avif": (lambda: make_files.image(suffix=".avif"), "image", "image/avif"),
    "svg": (make_files.svg, "image", SVG),
    "xml": (lambda: b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x -->\n" + SVG_FILE, "image", SVG),
    "utf-16": (lambda: SVG_FILE.decode().encode("utf-16"), "image", SVG),
    "prefixed": (lambda: b'<a:svg xmlns:a="http://www.w3.org/2000/svg"/>', "image", SVG),
    "pdf": (make_files.pdf, "pdf", "application/pdf"),
    "mp4": (lambda: make_files.clip(1), "clip", "video/mp4"),
    "mov": (lambda: make_files.clip(1, format="mov"), "clip", "video/mp4"),
    "webm": (lambda: make_files.clip(1, codec="libvpx-vp9"), "clip", "video/webm"),
    "zip": (make_files.site, "site", "application/zip"),
}
OTHERS = {
    "empty": lambda: b"",
    "a bracket": lambda: b"<",
    "a signature": lambda: b"PK\3\4",
    "words": lambda: b"hello",
    "no namespace": lambda: b"<svg/>",
    "svg in html": lambda: b"<!doctype html><svg></svg>",
    "svg in words": lambda: b"<!-- <svg> --><html/>",
    "office": office,
    "part of a zip": lambda: make_files.site()[:-30],
    "html": zips.PAGE.encode,
}


@pytest.mark.parametrize("name", KNOWN)
def test_each_kind_is_known(work, name):
    make, kind, media_type = KNOWN[name]
    assert work("judge", make()) == {"kind": kind, "media_type": media_type}


@pytest.mark.parametrize("name", OTHERS)
def test_anything_else_is_other(work, name):
    assert work("judge", OTHERS[name]())["kind"] == "other"


@pytest.mark.parametrize("doctype", [SVG_11, LAUGHS, OUTSIDE], ids=["1.1", "laughs", "outside"])
def test_an_svg_with_a_document_type_is_refused(refused, doctype):
    assert "document type (DOCTYPE)" in refused("judge", doctype + make_files.svg())


def test_a_flood_of_pixels_is_refused(refused):
    assert "20000 x 20000 pixels" in refused("judge", bomb(20_000))


def test_an_image_that_arrived_in_part_is_refused(refused):
    assert "arrived damaged" in refused("judge", make_files.image()[:30_000])


def test_a_zip_of_too_many_files_is_refused(refused):
    content = zips.packed([(f"{n}.html", "") for n in range(5_001)])
    assert "more than 5,000 files" in refused("judge", content)


def test_an_svg_is_never_served_as_it_came():
    assert SVG not in INLINE
    assert EXTENSIONS[SVG] == ".svg"

"""What a file really is, by its bytes. Neither its name nor the browser is asked."""

from dataclasses import dataclass
from pathlib import Path

import puremagic

from portal.storage import images
from portal.storage.limits import ANYTHING, PDF, RASTER

HEAD_BYTES = 4096
_PDF_WITHIN = 1024  # Readers accept a header within the first kilobyte; so do we.
# `qt  ` is a .mov: browsers play it as MP4 if it holds H.264, which is looked at later.
_MP4_BRANDS = {
    *(b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9"),
    *(b"mp41", b"mp42", b"avc1", b"av01", b"dash", b"M4V ", b"M4VH", b"M4VP", b"MSNV", b"f4v "),
    *(b"3gp4", b"3gp5", b"3gp6", b"qt  "),
}
_EBML = b"\x1a\x45\xdf\xa3"


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A media type, and for an image its size in pixels as it is shown."""

    media_type: str
    width: int | None = None
    height: int | None = None


def sniff(path):
    """Return what the file at `path` is.

    Raises Unusable for an image that is too large to decode or arrived damaged.
    """
    with Path(path).open("rb") as file:
        head = file.read(HEAD_BYTES)
    if _may_be_an_image(head):
        seen = images.look(path)  # The decoder is the judge: signatures call HEIC a video.
        if seen:
            return Sniffed(seen.media_type, seen.width, seen.height)
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return Sniffed(PDF)
    return Sniffed(_video(head) or ANYTHING)


def _may_be_an_image(head):
    if head[4:8] == b"ftyp":
        return True
    try:
        return any(guess.mime_type in RASTER for guess in puremagic.magic_string(head))
    except (puremagic.PureError, ValueError):  # No signature fits, or there are no bytes.
        return False


def _video(head):
    if head[4:8] == b"ftyp" and head[8:12] in _MP4_BRANDS:
        return "video/mp4"
    if head.startswith(_EBML) and b"webm" in head[:64]:
        return "video/webm"
    return None

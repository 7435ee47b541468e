"""What a file is, by its bytes: the kind of prototype it can become, and its media type."""

from xml.parsers import expat

from portal.storage.limits import PDF, RASTER, SVG, VIDEO, ZIP, Unusable
from portal.storage.sniff import sniff
from portal.workshop import directory

HAS_DTD = "This SVG has a document type (DOCTYPE). Export it as plain SVG and retry."
_ROOT = f"http://www.w3.org/2000/svg{chr(10)}svg"
_ROOT_WITHIN = 256 * 1024  # Where the first element must begin; comments may stand before it.
_BEGINS = (b"<", b"\xef\xbb\xbf", b"\xfe\xff", b"\xff\xfe", b" ", b"\t", b"\r", b"\n")
_KINDS = {PDF: "pdf", **dict.fromkeys(RASTER, "image"), **dict.fromkeys(VIDEO, "clip")}


class _Seen(Exception):
    """The first element was reached; what follows is not this module's business."""


def work(path, _into, _tell):
    """Return {"kind": "image", "pdf", "site", "clip" or "other", "media_type"}.

    Raises Unusable for an image that cannot be decoded, and for an SVG with a document type.
    """
    media_type = sniff(path).media_type
    if media_type in _KINDS:
        return {"kind": _KINDS[media_type], "media_type": media_type}
    if is_svg(path):
        return {"kind": "image", "media_type": SVG}
    if directory.is_site(path):
        return {"kind": "site", "media_type": ZIP}
    return {"kind": "other", "media_type": media_type}


def is_svg(path):
    """Return whether the first element of the file is SVG's own. Raises Unusable for a DTD."""
    with path.open("rb") as file:
        head = file.read(_ROOT_WITHIN)
    if not head.startswith(_BEGINS):
        return False
    roots = []
    try:
        _parser(roots).Parse(head, False)
    except (_Seen, expat.ExpatError, ValueError):
        return roots == [_ROOT]
    return False


def _parser(roots):
    """Return an XML parser that stops at the first element, or at a DTD."""
    parser = expat.ParserCreate(namespace_separator="\n")

    def element(name, _attributes):
        roots.append(name)
        raise _Seen

    def doctype(name, *_ids):
        if name.rpartition(":")[2] == "svg":
            raise Unusable(HAS_DTD)
        raise _Seen

    parser.StartElementHandler, parser.StartDoctypeDeclHandler = element, doctype
    return parser

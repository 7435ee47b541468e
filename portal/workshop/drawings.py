"""From an SVG to pixels. Nothing in it runs, and nothing outside of it is read."""

import math
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pyvips
import resvg_py

from portal.storage.limits import MB, Unusable
from portal.workshop.copies import FINE_PX, TALLEST_PX

MAX_BYTES = 20 * MB  # A drawing with photographs in it; ten thousand paths take one.
MAX_PIXELS = 24_000_000  # Of what is drawn: filters hold several layers of it.
LINKS_OUT = "This SVG refers to files beside it. Embed its pictures and symbols and retry."
UNREADABLE = "This SVG cannot be drawn. Export it again as plain SVG and retry."
_LOADING = {"image", "feImage", "use"}
_FONTS = sorted(str(path) for path in (Path(__file__).parent / "fonts").glob("*.ttf"))
# The same on every machine: text that was not made into outlines appears in one known font.
_FAMILIES = dict.fromkeys(
    ("font_family", *(f"{kind}_family" for kind in ("serif", "sans_serif", "monospace"))),
    "Instrument Sans",
)
_LENGTH = re.compile(r"\s*([0-9.]+(?:[eE][+-]?\d+)?)\s*([a-z]*)\s*")
_UNITS = {
    "": 1,
    "px": 1,
    "pt": 4 / 3,
    "pc": 16,
    "in": 96,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
    "em": 16,
}
_NO_SIZE_PX = 100  # What the renderer assumes, too, of a drawing that says nothing.


def drawn(path):
    """Return the width and height that an SVG asks for, in pixels, and it drawn as large as we show.

    The judge has looked for a document type before. Raises Unusable for what cannot be drawn.
    """
    if path.stat().st_size > MAX_BYTES:
        raise Unusable(f"This SVG is larger than {MAX_BYTES // MB} MB. Export it as PNG or PDF.")
    try:
        root = ET.fromstring(path.read_bytes())  # noqa: S314 (without a DTD it is only elements)
        _refuse_links(root)
        # Written anew: what we looked at is what is drawn, whatever two parsers make of a file.
        text = ET.tostring(root, encoding="unicode")
    except (ET.ParseError, RecursionError, ValueError) as error:
        raise Unusable(UNREADABLE) from error
    image = _rendered(text, _wanted(text))
    width = round(min(_own_width(root), FINE_PX, TALLEST_PX * image.width / image.height))
    return max(1, width), max(1, round(width * image.height / image.width)), image


def _refuse_links(root):
    for element in root.iter():
        if str(element.tag).rpartition("}")[2] in _LOADING:
            links = [v for k, v in element.attrib.items() if k.rpartition("}")[2] == "href"]
            if any(not link.strip().startswith(("#", "data:")) for link in links if link.strip()):
                raise Unusable(LINKS_OUT)


def _wanted(text):
    """Return how wide to draw it: as wide as we show, unless that is too many pixels."""
    small = _rendered(text, 64)
    by_area = math.isqrt(MAX_PIXELS * small.width // small.height)
    return max(1, min(FINE_PX, by_area, TALLEST_PX * small.width // small.height))


def _rendered(text, width):
    try:
        png = resvg_py.svg_to_bytes(
            svg_string=text,
            width=width,
            dpi=96,
            skip_system_fonts=True,
            font_files=_FONTS,
            **_FAMILIES,
        )
        return pyvips.Image.pngload_buffer(png).copy_memory()
    except (ValueError, pyvips.Error) as error:
        raise Unusable(UNREADABLE) from error


def _own_width(root):
    """Return the drawing's own width in pixels: what it says, else that of its view box."""
    length = _LENGTH.fullmatch(root.get("width", ""))
    if length and length[2] in _UNITS:
        return float(length[1]) * _UNITS[length[2]]
    box = re.findall(r"[0-9.eE+-]+", root.get("viewBox", ""))
    try:
        return float(box[2])
    except (IndexError, ValueError):
        return _NO_SIZE_PX

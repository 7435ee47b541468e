"""From a PDF to a picture of each page."""

from contextlib import closing

import pypdfium2
import pypdfium2.raw
import pyvips

from portal.storage.limits import Unusable
from portal.workshop import alignment, copies

MAX_PAGES = 200
FINE_PX = 2_400  # 290 dots per inch of an A4 page; drawing one takes a fifth of a second.
MAX_PIXELS = 16_000_000  # Of the drawn page, should it be much taller than wide.
TEXT_CHARACTERS = 200
LOCKED = "This PDF is locked with a password. Save it without one and retry."
DAMAGED = "This PDF is damaged or empty. Export it again and retry."
TOO_MANY = f"This PDF has more than {MAX_PAGES} pages. Split it and upload the parts."
_LARGEST_POINTS = 14_400  # 200 inches, the most that PDF itself allows.


def work(path, into, tell):
    """Return {"pages": [{"width", "height", "thumb", "shown", "fine", "mark", "text"}]}.

    Width and height are points (1/72 inch), rounded; the copies are what `copies.make` says;
    `mark` is for `align`; `text` is how the page's words begin.
    """
    with closing(_opened(path)) as document:
        many = len(document)
        pages = []
        for n in range(many):
            tell(n, many)
            pages.append(_page(document, n, into))
    return {"pages": pages}


def _opened(path):
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        is_locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise Unusable(LOCKED if is_locked else DAMAGED) from error
    if not len(document):
        raise Unusable(DAMAGED)
    if len(document) > MAX_PAGES:
        raise Unusable(TOO_MANY)
    if document.get_formtype():
        document.init_forms()  # What people filled in is a layer of its own.
    return document


def _page(document, number, into):
    try:
        with closing(document[number]) as page:
            width, height = page.get_size()
            if not (0 < width <= _LARGEST_POINTS and 0 < height <= _LARGEST_POINTS):
                raise Unusable(
                    f"Page {number + 1} of this PDF has no usable size. Export it again."
                )
            image, text = _drawn(page, width, height), _text(page)
    except pypdfium2.PdfiumError as error:
        raise Unusable(f"Page {number + 1} of this PDF is damaged. Export it again.") from error
    made = copies.make(image, into, f"p{number + 1:03d}-", fine_px=FINE_PX)
    size = {"width": max(1, round(width)), "height": max(1, round(height))}
    return {**size, **made, "mark": alignment.mark(image), "text": text}


def _drawn(page, width, height):
    """Return the page on white as a pyvips image, as wide as `fine` is."""
    by_area = (MAX_PIXELS / (width * height)) ** 0.5
    scale = min(FINE_PX / width, copies.TALLEST_PX / height, by_area)
    with closing(page.render(scale=scale, prefer_bgrx=True, rev_byteorder=True)) as bitmap:
        pixels = bytes(bitmap.buffer)
        image = pyvips.Image.new_from_memory(pixels, bitmap.width, bitmap.height, 4, "uchar")
    return image.extract_band(0, n=3).copy(interpretation="srgb").copy_memory()


def _text(page):
    with closing(page.get_textpage()) as words:
        found = words.get_text_range(
            0, min(words.count_chars(), 2 * TEXT_CHARACTERS), errors="ignore"
        )
    plain = "".join(c if c.isprintable() else " " for c in found)
    return " ".join(plain.split())[:TEXT_CHARACTERS]

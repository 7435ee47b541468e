"""The lighter copies of a picture: upright WebP in sRGB, without metadata."""

import pyvips

from portal.storage.images import WEBP_QUALITY

THUMB_PX, SHOWN_PX, FINE_PX = 480, 1_600, 4_000  # Widths: in lists, on the stage, zoomed in.
TALLEST_PX = 16_383  # What a WebP can hold; whole pages as one picture are taller at times.
_EFFORT = 2  # A third of the time of the usual 4, for 3 % more bytes.


def widest(width, height, most=SHOWN_PX):
    """Return how wide the copy of a picture of this size may be, in pixels.

    >>> widest(2_880, 1_800), widest(1_440, 32_766), widest(800, 600)
    (1600, 720, 800)
    """
    return max(1, min(most, width, width * TALLEST_PX // height))


def make(image, into, stem="", *, fine_px=FINE_PX, is_vector=False):
    """Write the copies of a pyvips image into a folder, the largest as large as it is.

    Returns {"thumb", "shown", "fine"}, each {"file", "width", "height"}; "fine" is None if
    "shown" has every pixel already, but never of a vector. `stem` begins the names of the files.
    """
    shown_px = widest(image.width, image.height)
    fine_px = widest(image.width, image.height, fine_px)
    has_more = fine_px > shown_px or is_vector
    return {
        "thumb": write(image, into, f"{stem}thumb", widest(image.width, image.height, THUMB_PX)),
        "shown": write(image, into, f"{stem}shown", shown_px),
        "fine": write(image, into, f"{stem}fine", fine_px) if has_more else None,
    }


def write(image, into, stem, max_width):
    """Write one copy at most that wide. Returns {"file", "width", "height"}."""
    name = f"{stem}.webp"
    try:
        if image.width > max_width:
            image = image.thumbnail_image(max_width, height=TALLEST_PX, size="down")
        image.webpsave(str(into / name), Q=WEBP_QUALITY, effort=_EFFORT, keep="none")
    except pyvips.Error as error:  # The pixels are there: what was missing is room for more.
        raise MemoryError(name) from error
    return {"file": name, "width": image.width, "height": image.height}

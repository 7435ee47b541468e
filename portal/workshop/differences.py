"""What changed between two pictures: where, how much, and a picture of it."""

from portal.storage import images
from portal.storage.limits import Unusable
from portal.workshop import boxes as boxes_of
from portal.workshop import copies

WIDTH_PX = 1_440  # What is compared: a desk's stage, where a changed letter still is pixels.
MAX_REGIONS = 60
_THRESHOLD = 24  # Of 255: above what saving as WebP or JPEG does to an edge.
_JOIN_PX = 12  # Letters of one word, and lines of one paragraph, are one region.
_SMALLEST_PX = 4  # Changed pixels of a region; fewer are what is left of noise.
_PAPER, _CHANGED = [255, 255, 255], [214, 0, 74]
_PALE = 0.28  # How much of the newer picture stays.
_VISIBLE_PX = 1  # Added around a changed pixel, so that a moved hairline still is seen.


def work(path, into, tell, other):
    """Compare the picture at `path` (newer) with `other` (older).

    Returns {"width", "height", "changed_bp", "regions", "picture"}: the pixels compared; how much
    of them changed, in basis points; [{"x_bp", "y_bp", "w_bp", "h_bp"}] in reading order, in basis
    points of the width and the height; {"file", "width", "height"}.
    """
    newer, older = _pair(path, other)
    tell(1, 3)
    changed = _changed(newer, older)
    share = changed.avg() / 255
    tell(2, 3)
    return {
        "width": newer.width,
        "height": newer.height,
        "changed_bp": max(1, round(share * 10_000)) if share else 0,
        "regions": [_in_bp(box, newer.width, newer.height) for box in _regions(changed)],
        "picture": copies.write(_shown(newer, changed), into, "difference", WIDTH_PX),
    }


def _pair(path, other):
    """Return both as opaque pictures of one size: the same width, the shorter one on paper."""
    pair = [_flat(images.decoded(one, _width_of(one))) for one in (path, other)]
    width = min(one.width for one in pair)
    pair = [one if one.width == width else one.thumbnail_image(width, height=10**7) for one in pair]
    height = min(max(one.height for one in pair), copies.TALLEST_PX)
    paper = {"extend": "background", "background": _PAPER}
    return [one.embed(0, 0, width, height, **paper).copy_memory() for one in pair]


def _width_of(path):
    seen = images.header(path)
    if seen is None:
        raise Unusable("One of these is no picture, so they cannot be compared.")
    return copies.widest(seen.width, seen.height, WIDTH_PX)


def _flat(image):
    if image.hasalpha():
        image = image.flatten(background=_PAPER)
    return image.colourspace("srgb").extract_band(0, n=3).cast("uchar")


def _changed(newer, older):
    """Return a mask: 255 where any of the three colours differs by more than the threshold."""
    differs = (newer.cast("short") - older.cast("short")).abs() > _THRESHOLD
    return differs.bandor().copy_memory()


def _regions(changed):
    """Return boxes (left, top, right, bottom) around what changed, at most MAX_REGIONS of them.

    Where there are more, the neighbourhood that makes one region grows until they fit.
    """
    distance = _JOIN_PX
    boxes = boxes_of.merged(boxes_of.found(changed, distance, _SMALLEST_PX))
    while len(boxes) > MAX_REGIONS:
        distance *= 2
        boxes = boxes_of.merged(boxes_of.found(changed, distance, _SMALLEST_PX))
    return boxes_of.in_reading_order(boxes)


def _in_bp(box, width, height):
    left, top, right, bottom = box
    x, y = left * 10_000 // width, top * 10_000 // height
    return {
        "x_bp": x,
        "y_bp": y,
        "w_bp": -(-right * 10_000 // width) - x,
        "h_bp": -(-bottom * 10_000 // height) - y,
    }


def _shown(newer, changed):
    """Return the newer picture in pale grey, with the changed pixels in one strong colour."""
    grey = newer.colourspace("b-w").extract_band(0)
    pale = (255 - (255 - grey) * _PALE).cast("uchar")
    pale = pale.bandjoin([pale, pale]).copy(interpretation="srgb")
    strong = boxes_of.grown(changed, _VISIBLE_PX).ifthenelse(_CHANGED, pale)
    return strong.cast("uchar").copy(interpretation="srgb")

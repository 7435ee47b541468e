"""From an image to its lighter copies."""

from portal.storage import images
from portal.storage.limits import RASTER, SVG, WORDS, Unusable
from portal.workshop import copies, judge

UNKNOWN = f"This is no image we can show. Choose {', '.join(WORDS[one] for one in RASTER)} or SVG."


def work(path, into, tell):
    """Return {"width", "height", "media_type", "thumb", "shown", "fine"}.

    Width and height are the original's pixels when upright, for an SVG those it asks for; the
    copies are what `copies.make` says.
    """
    tell(0, 2)
    seen = images.header(path)
    if seen:
        size = {"width": seen.width, "height": seen.height, "media_type": seen.media_type}
        image = images.decoded(path, copies.widest(seen.width, seen.height, copies.FINE_PX))
    elif judge.is_svg(path):
        size, image = _drawn(path)
    else:
        raise Unusable(UNKNOWN)
    tell(1, 2)
    return {**size, **copies.make(image, into, is_vector=size["media_type"] == SVG)}


def _drawn(path):
    from portal.workshop import drawings  # noqa: PLC0415 (a photograph needs no SVG renderer)

    width, height, image = drawings.drawn(path)
    return {"width": width, "height": height, "media_type": SVG}, image

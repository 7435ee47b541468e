"""Pictures: their size before decoding, and smaller copies without metadata. No database."""

from dataclasses import dataclass

import pyvips

from portal.storage.limits import MAX_FRAMES, MAX_PIXELS, Unusable

# Loaders that were not written for hostile files (SVG, ImageMagick and others) stay shut.
pyvips.block_untrusted_set(True)

WEBP_QUALITY = 82  # Screen designs stay crisp; about a third of the PNG's bytes.
_PROBE_PX = 16
_TALLEST_PX = 10_000_000  # Thumbnails are limited by width alone.
_LOADERS = {
    "pngload": "image/png",
    "jpegload": "image/jpeg",
    "webpload": "image/webp",
    "gifload": "image/gif",
}
_HEIF = {"av1": "image/avif", "hevc": "image/heic"}
_HEIF_PIXELS = (
    25_000_000  # Decoded in one piece, in twice the memory of the others; phones make 24.
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a picture is; width and height are pixels after its rotation is applied."""

    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """An encoded picture and its size in pixels."""

    content: bytes
    width: int
    height: int


def look(path):
    """Return what picture lies at `path`, or None if no decoder knows it.

    The size is read from the header, before anything is decoded.

    Raises Unusable if it is too large to decode, or incomplete.
    """
    seen = header(path)
    if seen:
        try:
            _decode(path, _PROBE_PX, fail_on="truncated")
        except pyvips.Error as error:
            raise Unusable("This image arrived damaged. Export it again and retry.") from error
    return seen


def header(path):
    """Return what the header of the picture at `path` says, or None if no decoder knows it.

    Raises Unusable if it is too large to decode.
    """
    try:
        image = pyvips.Image.new_from_file(str(path))
    except pyvips.Error:
        return None
    media_type = _media_type(image)
    if media_type is None:
        return None
    _check_size(image)
    turned = image.get_typeof("orientation") and image.get("orientation") >= 5
    width, height = (image.height, image.width) if turned else (image.width, image.height)
    return Seen(media_type, width, height)


def shrink(path, max_width, suffix=".webp"):
    """Return the picture at `path`, upright, at most `max_width` pixels wide, without metadata.

    A smaller picture keeps its size; of a moving one the first frame is taken. `suffix` is
    `.webp`, or `.png` where WebP is not understood.

    Raises Unusable if it is too large to decode, or no picture.
    """
    image = decoded(path, max_width)
    options = {"Q": WEBP_QUALITY} if suffix == ".webp" else {}
    content = image.write_to_buffer(suffix, keep="none", **options)
    return Picture(content, image.width, image.height)


def decoded(path, max_width):
    """Return the pixels that `shrink` would write, as a pyvips image in memory.

    Raises Unusable if the picture is too large to decode, or no picture.
    """
    try:
        _check_size(pyvips.Image.new_from_file(str(path)))
        return _decode(path, max_width)
    except pyvips.Error as error:
        raise Unusable("This image cannot be read. Export it again and retry.") from error


def _decode(path, max_width, **options):
    if not _is_srgb(pyvips.Image.new_from_file(str(path))):
        options["export_profile"] = "srgb"
    small = pyvips.Image.thumbnail(str(path), max_width, height=_TALLEST_PX, size="down", **options)
    return small.copy_memory()


def _is_srgb(image):
    """Return whether colours need no translation, which takes longer than decoding does."""
    is_plain = image.interpretation in {"srgb", "b-w"} and image.format == "uchar"
    return is_plain and not image.get_typeof("icc-profile-data")


def _media_type(image):
    loader = image.get("vips-loader") if image.get_typeof("vips-loader") else ""
    if loader == "heifload" and image.get_typeof("heif-compression"):
        return _HEIF.get(image.get("heif-compression"))
    return _LOADERS.get(loader)


def _check_size(image):
    most = MAX_PIXELS
    if _media_type(image) in _HEIF.values():
        most = _HEIF_PIXELS if image.format == "uchar" else _HEIF_PIXELS // 2
    if image.width * image.height > most:
        raise Unusable(
            f"This image has {image.width} x {image.height} pixels. "
            f"Make it smaller: {most // 1_000_000} million pixels are the most."
        )
    if image.get_typeof("n-pages") and image.get("n-pages") > MAX_FRAMES:
        raise Unusable(f"This image moves for more than {MAX_FRAMES} frames. Upload a video.")

"""From an image to what can be shown: the original as it came, and lighter copies of it."""

import io
import re

from portal.core.errors import DomainError
from portal.prototypes import models
from portal.storage import images
from portal.storage.models import Blob

THUMB_PX = 480  # Twice what a shelf shows.
SHOWN_PX = 1_600  # Sharp across a desk's stage; a quarter of the bytes of what designers export.
FINE_PX = 4_000
TALLEST_PX = 16_383  # What a WebP can hold; whole pages as one picture are taller at times.
NAME_CHARACTERS = 80


def keep(stream, filename):
    """Keep an image and make its copies here and now. Call it before a transaction.

    For images that are ours, as the demo's: those of strangers are made in the workshop.
    Raises DomainError, naming the file, for what is not an image that we take.
    """
    try:
        original = Blob.keep(stream, limit="image")
        thumb, shown = (copy(original, most) for most in (THUMB_PX, SHOWN_PX))
        fine = copy(original, FINE_PX) if original.width > shown.width else None
    except DomainError as refused:
        raise type(refused)(f"{name_of(filename, whole=True)}: {refused.message}") from refused
    copies = {"original": original, "thumb": thumb, "shown": shown, "fine": fine}
    return models.Look(name_of(filename), **copies, width=original.width, height=original.height)


def copy(original, most):
    """Return a copy of an image as a Blob: WebP, upright, without metadata, at most so wide."""
    made = images.shrink(original.path(), widest(original.width, original.height, most))
    return Blob.keep(io.BytesIO(made.content), limit="image")


def widest(width, height, most=SHOWN_PX):
    """Return how wide the copy of a picture may be, in pixels.

    >>> widest(2_880, 1_800), widest(1_440, 32_766)
    (1600, 720)
    """
    return max(1, min(most, width * TALLEST_PX // height))


def name_of(filename, *, whole=False):
    """Return what a screen is called after its file: words, without folder and extension.

    >>> name_of("C:\\\\work\\\\plan-your_visit.png")
    'Plan your visit'
    """
    name = filename.replace("\\", "/").rsplit("/", 1)[-1]
    if whole:
        return name[:NAME_CHARACTERS] or "This file"
    words = " ".join(re.sub(r"[_\-\s]+", " ", name.rpartition(".")[0] or name).split())
    return (words[:1].upper() + words[1:])[:NAME_CHARACTERS] or "Screen"

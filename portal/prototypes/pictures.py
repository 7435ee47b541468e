"""From an upload to what can be shown: the original as it came, and a lighter copy of it."""

import io
import re
from dataclasses import dataclass

from portal.core.errors import DomainError
from portal.storage import images
from portal.storage.models import Blob

SHOWN_PX = 1_600  # Sharp across a desk's stage; a quarter of the bytes of what designers export.
TALLEST_PX = 16_383  # What a WebP can hold; whole pages as one picture are taller at times.
NAME_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Picture:
    """An upload that is kept: what it is called, the original, and the copy that is shown."""

    name: str
    original: Blob
    shown: Blob


def keep(stream, filename):
    """Keep an uploaded image and make its copy. Call it before a transaction: it takes seconds.

    The copy is upright WebP without metadata. Raises DomainError, naming the file, for what is
    not an image that we take; then nothing of it is kept.
    """
    try:
        original = Blob.keep(stream, limit="image")
        copy = images.shrink(original.path(), widest(original.width, original.height))
        shown = Blob.keep(io.BytesIO(copy.content), limit="image")
    except DomainError as refused:
        raise type(refused)(f"{name_of(filename, whole=True)}: {refused.message}") from refused
    return Picture(name_of(filename), original, shown)


def widest(width, height):
    """Return how wide the copy of a picture may be, in pixels.

    >>> widest(2_880, 1_800), widest(1_440, 32_766)
    (1600, 720)
    """
    return max(1, min(SHOWN_PX, width * TALLEST_PX // height))


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

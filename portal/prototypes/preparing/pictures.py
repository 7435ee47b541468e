"""From an image to what can be shown: the original as it came, and lighter copies of it."""

import io
import re

from portal.core.errors import DomainError
from portal.core.fields import capital
from portal.prototypes import models
from portal.storage import images
from portal.storage.models import Blob
from portal.workshop.copies import FINE_PX, SHOWN_PX, THUMB_PX, widest

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


def name_of(filename, *, whole=False):
    """Return what a screen is called after its file: words, without folder and extension.

    >>> name_of("C:\\\\work\\\\plan-your_visit.png")
    'Plan your visit'
    """
    name = filename.replace("\\", "/").rsplit("/", 1)[-1]
    if whole:
        return name[:NAME_CHARACTERS] or "This file"
    words = " ".join(re.sub(r"[_\-\s]+", " ", name.rpartition(".")[0] or name).split())
    return capital(words)[:NAME_CHARACTERS] or "Screen"

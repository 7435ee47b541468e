"""Plain functions that make pictures, prototypes and pins. Tests find them in `make`."""

import io

import pyvips

from portal.prototypes.models import Pin, PinBatch, Prototype
from portal.prototypes.preparing import pictures


def image(seed=0, *, width=60, height=40, suffix=".png", **options):
    """Bytes of a small picture; another seed is another picture."""
    colours = [seed * 37 % 256, 90, 160]
    ground = pyvips.Image.black(width, height, bands=3).linear([1, 1, 1], colours)
    made = ground.cast("uchar").copy(interpretation="srgb")
    return made.write_to_buffer(suffix, **options)


def picture(name="Home", seed=0, **size):
    """A picture that was uploaded."""
    return pictures.keep(io.BytesIO(image(seed, **size)), f"{name}.png")


def prototype(project, *, by, pictures=2, title="Plan your visit", note=""):
    """A draft that shows so many pictures, called Screen 1, Screen 2 and so on."""
    made = [picture(f"screen {n}", n) for n in range(1, pictures + 1)]
    return Prototype.add(project, by=by, title=title, note=note, looks=made)


def pins(version, *, by, texts=("Too blue",), publish=True, note=""):
    """Pins of one person, one below the other on the first screen; the batch, if published."""
    for n, text in enumerate(texts):
        Pin.leave(version, by=by, screen=1, x_bp=5_000, y_bp=(500 + 700 * n) % 10_000, text=text)
    return PinBatch.publish(version, by=by, note=note) if publish else None

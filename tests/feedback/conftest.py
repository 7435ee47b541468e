"""Pictures as a phone sends them."""

import io

import pytest
import pyvips


@pytest.fixture
def photo():
    """`photo()` is a PNG as bytes; `photo(width=3000)` a large one."""

    def made(width=40, height=30, shade=120):
        image = (pyvips.Image.black(width, height, bands=3) + shade).cast("uchar")
        return image.copy(interpretation="srgb").write_to_buffer(".png")

    return made


@pytest.fixture
def upload():
    """`upload(photo(), "a.png")` is a file as a form of the test client sends it."""
    return lambda content, name: (io.BytesIO(content), name)

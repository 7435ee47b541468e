"""An upload is kept as it came; what is shown is a light copy that gives nothing away."""

import io

import pytest
import pyvips

from portal.core.errors import DomainError
from portal.prototypes.preparing import pictures
from portal.storage.limits import NotAccepted, Unusable
from portal.storage.models import Blob
from portal.workshop.copies import SHOWN_PX, TALLEST_PX
from tests import make

pytestmark = pytest.mark.usefixtures("store")


def kept(content, name="home.png"):
    return pictures.keep(io.BytesIO(content), name)


def test_the_original_is_kept_by_its_hash_and_shown_as_a_lighter_copy():
    content = make.image(width=2 * SHOWN_PX, height=900)

    picture = kept(content)

    assert picture.original.path().read_bytes() == content
    assert (picture.original.width, picture.original.media_type) == (2 * SHOWN_PX, "image/png")
    assert (picture.shown.width, picture.shown.height) == (SHOWN_PX, 450)
    assert picture.shown.media_type == "image/webp"


def test_the_copy_is_upright_and_holds_no_metadata():
    image = pyvips.Image.new_from_buffer(make.image(width=60, height=40), "").copy()
    image.set_type(pyvips.GValue.gint_type, "orientation", 6)
    image.set_type(pyvips.GValue.gstr_type, "exif-ifd0-Artist", "Cleo Janssen")

    picture = kept(image.write_to_buffer(".jpg"), "photo.jpg")

    assert b"Cleo Janssen" in picture.original.path().read_bytes()
    copy = pyvips.Image.new_from_buffer(picture.shown.path().read_bytes(), "")
    assert (copy.width, copy.height) == (40, 60)
    assert not [name for name in copy.get_fields() if "exif" in name or "orientation" in name]


def test_a_whole_page_taller_than_a_webp_can_be_is_still_shown():
    picture = kept(make.image(width=900, height=TALLEST_PX + 1000))

    assert picture.shown.height <= TALLEST_PX
    assert picture.shown.width < 900


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"MZ this is a program", NotAccepted),
        (b"%PDF-1.7 a document", NotAccepted),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", NotAccepted),
        (b"", DomainError),
    ],
)
def test_a_file_that_lies_about_itself_is_refused_by_its_name(content, refusal):
    with pytest.raises(refusal, match=r"^holiday\.png: "):
        kept(content, "holiday.png")

    assert not Blob.select().exists()


def test_a_picture_that_arrived_in_half_is_refused():
    half = make.image(width=600, height=600)[:-400]

    with pytest.raises(Unusable, match="damaged"):
        kept(half)

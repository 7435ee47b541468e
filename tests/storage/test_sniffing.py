"""A file is what its bytes are."""

import pytest
import pyvips

from portal.core.errors import DomainError
from portal.storage import images
from portal.storage.limits import ANYTHING, EXTENSIONS, LIMITS, MAX_PIXELS, WORDS, NotAccepted
from portal.storage.sniff import sniff
from tests.storage.conftest import bomb, picture

HTML = b"<!doctype html><script>alert(1)</script>"
SVG = (
    b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><script>alert(1)</script></svg>"
)
MP4 = b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + bytes(64)
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(64)


@pytest.fixture
def as_file(tmp_path):
    def write(content):
        (tmp_path / "upload").write_bytes(content)
        return tmp_path / "upload"

    return write


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [
        (".png", "image/png"),
        (".jpg", "image/jpeg"),
        (".webp", "image/webp"),
        (".gif", "image/gif"),
        (".avif", "image/avif"),
    ],
)
def test_a_picture_is_known_with_its_size(as_file, suffix, media_type):
    seen = sniff(as_file(picture(suffix)))
    assert (seen.media_type, seen.width, seen.height) == (media_type, 60, 40)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\xef\xbb\xbf\n%PDF-1.4\n", "application/pdf"),
        (MP4, "video/mp4"),
        (WEBM, "video/webm"),
        (HTML, ANYTHING),
        (SVG, ANYTHING),
        (b"GIF89a" + HTML, ANYTHING),
        (b"\x89PNG\r\n\x1a\n" + HTML, ANYTHING),
        (b"MZ\x90\0", ANYTHING),
        (b"PK\3\4", ANYTHING),
        (b"\0", ANYTHING),
        (b"", ANYTHING),
    ],
)
def test_what_is_no_picture_is_known_too(as_file, content, media_type):
    assert sniff(as_file(content)).media_type == media_type


@pytest.mark.parametrize("content", [HTML, SVG, b"\x89PNG\r\n\x1a\n" + HTML, b"%PDF-1.7", MP4])
def test_what_only_claims_to_be_a_picture_is_refused(keep, left, content):
    with pytest.raises(NotAccepted, match="PNG, JPEG, WebP, GIF, AVIF or HEIC") as refusal:
        keep(content)
    assert refusal.value.status == 415
    assert left() == 0


def test_a_flood_of_pixels_is_refused_before_it_is_decoded(keep, left, monkeypatch):
    monkeypatch.setattr(images, "_decode", lambda *args, **options: pytest.fail("decoded"))
    with pytest.raises(DomainError, match="12000 x 12000"):
        keep(bomb(12000))
    assert left() == 0


def test_a_flood_of_frames_is_refused(as_file):
    frames = [pyvips.Image.black(4, 4) + n % 255 for n in range(301)]
    film = pyvips.Image.arrayjoin(frames, across=1).cast("uchar")
    film.set_type(pyvips.GValue.gint_type, "page-height", 4)
    with pytest.raises(DomainError, match="frames"):
        sniff(as_file(film.write_to_buffer(".webp", lossless=True)))


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp"])
def test_a_picture_that_arrived_in_part_is_refused(keep, left, suffix):
    noise = pyvips.Image.gaussnoise(300, 300).cast("uchar").write_to_buffer(suffix)
    with pytest.raises(DomainError, match=r"damaged|is not a PNG"):
        keep(noise[: len(noise) // 2])
    assert left() == 0


def test_a_turned_photo_has_the_size_people_see(as_file):
    photo = pyvips.Image.black(60, 40, bands=3).copy()
    photo.set_type(pyvips.GValue.gint_type, "orientation", 6)
    seen = sniff(as_file(photo.write_to_buffer(".jpg")))
    assert (seen.width, seen.height) == (40, 60)


def test_a_smaller_copy_is_webp_without_what_the_camera_knew(as_file):
    photo = pyvips.Image.black(600, 400, bands=3).copy()
    photo.set_type(pyvips.GValue.gint_type, "orientation", 6)
    photo.set_type(pyvips.GValue.gstr_type, "exif-ifd0-Artist", "A person")
    copy = images.shrink(as_file(photo.write_to_buffer(".jpg")), 100)
    assert (copy.width, copy.height) == (100, 150)
    assert copy.content[8:12] == b"WEBP"
    assert b"A person" not in copy.content
    assert b"EXIF" not in copy.content


def test_a_small_picture_is_not_blown_up(as_file):
    assert images.shrink(as_file(picture(width=60)), 1000).width == 60


@pytest.mark.parametrize("content", [HTML, SVG, b""])
def test_no_picture_has_no_smaller_copy(as_file, content):
    with pytest.raises(DomainError, match="cannot be read"):
        images.shrink(as_file(content), 100)


def test_the_table_of_limits_is_complete():
    assert MAX_PIXELS == 40_000_000
    for limit in LIMITS.values():
        assert limit.reason.endswith(".")
        assert set(limit.accepted or ()) <= {*WORDS, ANYTHING}
    assert set(WORDS) == set(EXTENSIONS)


def test_a_file_for_the_workshop_is_kept_unjudged_until_somebody_looked(keep):
    blob = keep(picture(), "prototype")
    assert (blob.media_type, blob.width) == (ANYTHING, None)

    assert keep(picture(), "image").media_type == "image/png"
    assert keep(picture(), "prototype").media_type == "image/png"


@pytest.mark.parametrize("kind", [kind for kind, limit in LIMITS.items() if limit.accepted])
def test_each_kind_takes_only_what_its_row_says(keep, kind):
    samples = {
        "image/png": picture(),
        "image/jpeg": picture(".jpg"),
        "image/webp": picture(".webp"),
        "image/gif": picture(".gif"),
        "image/avif": picture(".avif"),
        "application/pdf": b"%PDF-1.7",
        "video/mp4": MP4,
        "video/webm": WEBM,
        ANYTHING: b"anything",
    }
    for media_type, content in samples.items():
        if media_type in LIMITS[kind].accepted:
            assert keep(content, limit=kind).media_type == media_type
        else:
            with pytest.raises(NotAccepted):
                keep(content, limit=kind)

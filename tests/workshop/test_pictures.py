"""A picture becomes lighter copies; an SVG becomes a picture, and reads nothing."""

import base64

import pytest
import pyvips

from portal.workshop import copies
from tests import make_files


def opened(into, made):
    return pyvips.Image.new_from_file(str(into / made["file"]))


def test_a_large_picture_has_three_copies(work, into):
    made = work("picture", make_files.image(4_400, 2_200))
    assert (made["width"], made["height"], made["media_type"]) == (4_400, 2_200, "image/png")
    assert [made[one]["width"] for one in ("thumb", "shown", "fine")] == [480, 1_600, 4_000]
    for name in ("thumb", "shown", "fine"):
        image = opened(into, made[name])
        assert (image.width, image.height) == (made[name]["width"], made[name]["height"])
        assert image.get("vips-loader") == "webpload"


def test_a_picture_that_is_shown_whole_has_no_finer_one(work):
    made = work("picture", make_files.image(1_600, 900))
    assert made["fine"] is None
    assert made["shown"]["width"] == 1_600


def test_a_whole_page_as_one_picture_fits_a_webp(work):
    made = work("picture", make_files.image(1_000, 20_000))
    assert made["shown"]["height"] <= copies.TALLEST_PX
    assert made["shown"]["width"] == 819


def test_a_copy_is_upright_and_tells_nothing_of_the_camera(work, into):
    photo = pyvips.Image.new_from_buffer(make_files.image(600, 400), "").copy()
    photo.set_type(pyvips.GValue.gint_type, "orientation", 6)
    photo.set_type(pyvips.GValue.gstr_type, "exif-ifd0-Artist", "A person")
    made = work("picture", photo.write_to_buffer(".jpg"))
    assert (made["width"], made["height"]) == (400, 600)
    assert (made["shown"]["width"], made["shown"]["height"]) == (400, 600)
    content = (into / made["shown"]["file"]).read_bytes()
    assert b"A person" not in content
    assert b"EXIF" not in content
    assert b"ICCP" not in content


def test_colours_of_another_space_become_those_of_the_web(work, into):
    plain = pyvips.Image.new_from_buffer(make_files.image(300, 200), "")
    wide = plain.icc_transform("p3", input_profile="srgb")
    shown = opened(into, work("picture", wide.write_to_buffer(".png"))["shown"])
    assert shown.getpoint(40, 180) == pytest.approx(plain.getpoint(40, 180), abs=6)
    assert wide.getpoint(40, 180) != pytest.approx(plain.getpoint(40, 180), abs=6)


def test_print_colours_are_shown(work):
    plain = pyvips.Image.new_from_buffer(make_files.image(300, 200), "")
    printed = plain.icc_transform("cmyk", input_profile="srgb").write_to_buffer(".jpg", keep="none")
    assert work("picture", printed)["shown"]["width"] == 300


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7", b"<!doctype html>"])
def test_what_is_no_picture_is_refused(refused, content):
    assert "no image we can show" in refused("picture", content)


@pytest.mark.parametrize(
    ("size", "own"),
    [
        ('width="40" height="30"', (40, 30)),
        ('width="2in" height="1in"', (192, 96)),
        ('viewBox="0 0 400 200"', (400, 200)),
        ('width="100%" viewBox="0 0 400 200"', (400, 200)),
        ('width="99999" height="33333"', (4_000, 1_334)),
    ],
)
def test_an_svg_is_drawn_large_and_says_its_own_size(work, size, own):
    made = work("picture", make_files.svg(size=size))
    assert (made["width"], made["height"]) == own
    assert made["shown"]["width"] == 1_600
    assert made["fine"]["width"] == 4_000


def test_words_in_an_svg_are_seen_without_fonts_of_the_machine(work, into):
    words = '<text x="0" y="30" font-family="Nowhere" font-size="30">Tide</text>'
    made = work("picture", make_files.svg(words, 'width="80" height="40"'))
    assert opened(into, made["shown"]).extract_band(3).avg() > 10


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="{path}" width="40" height="30"/>',
        '<image xmlns:x="http://www.w3.org/1999/xlink" x:href="{path}" width="40" height="30"/>',
        '<image href="file://{path}" width="40" height="30"/>',
        '<image href="http://127.0.0.1:9/x.png" width="40" height="30"/>',
        '<filter id="f"><feImage href="{path}"/></filter><rect filter="url(#f)" width="9" height="9"/>',
        '<use href="{path}#a"/>',
    ],
)
def test_an_svg_that_reads_another_file_is_refused(refused, as_file, inside):
    path = as_file(make_files.image(40, 30), "secret.png")
    assert "refers to files beside it" in refused(
        "picture", make_files.svg(inside.format(path=path))
    )


def test_an_svg_inside_an_svg_reads_no_file_either(work, into, as_file):
    path = as_file(make_files.image(40, 30), "secret.png")
    inner = make_files.svg(f'<image href="{path}" width="40" height="30"/>')
    link = f"data:image/svg+xml;base64,{base64.b64encode(inner).decode()}"
    made = work("picture", make_files.svg(f'<image href="{link}" width="40" height="30"/>'))
    assert opened(into, made["shown"]).extract_band(3).max() == 0


def test_a_picture_inside_an_svg_is_drawn(work, into):
    link = f"data:image/png;base64,{base64.b64encode(make_files.image(40, 30)).decode()}"
    made = work("picture", make_files.svg(f'<image href="{link}" width="40" height="30"/>'))
    assert opened(into, made["shown"]).bands == 3  # Nothing is seen through.


@pytest.mark.parametrize(
    "content",
    [
        make_files.svg("<g>" * 5_000 + "</g>" * 5_000),
        make_files.svg("<rect></g>"),
        make_files.svg(
            "".join(
                f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 9)
            )
        ),
    ],
    ids=["deep", "broken", "laughing"],
)
def test_an_svg_that_cannot_be_drawn_is_refused(refused, content):
    assert "cannot be drawn" in refused("picture", content)

"""A video becomes its facts and a poster, if browsers play it."""

import pytest
import pyvips

from tests import make_files


@pytest.mark.parametrize(
    ("codec", "sound", "media_type"),
    [
        ("libx264", "aac", "video/mp4"),
        ("libx264", "libmp3lame", "video/mp4"),
        ("libsvtav1", None, "video/mp4"),
        ("libvpx", "libopus", "video/webm"),
        ("libvpx-vp9", "libopus", "video/webm"),
    ],
)
def test_what_browsers_play_is_taken(work, codec, sound, media_type):
    made = work("clip", make_files.clip(2, codec=codec, sound=sound))
    assert made["media_type"] == media_type
    assert (made["width"], made["height"]) == (320, 180)
    assert made["duration_ms"] == pytest.approx(2_000, abs=150)
    assert made["frames_per_second_thousandths"] == 10_000
    assert made["thumb"]["width"] == 320


def test_the_poster_is_no_black_frame(work, into):
    made = work("clip", make_files.clip(8, black_until=3))
    poster = pyvips.Image.new_from_file(str(into / made["poster"]["file"]))
    assert poster.getpoint(2, 2) == pytest.approx([40, 110, 160], abs=12)


def test_a_film_that_is_all_black_has_a_poster_all_the_same(work):
    assert work("clip", make_files.clip(1, black_until=9))["poster"]["width"] == 320


def test_a_large_film_has_a_poster_as_wide_as_the_stage(work):
    made = work("clip", make_files.clip(0.3, width=1_920, height=1_080))
    assert (made["width"], made["height"]) == (1_920, 1_080)
    assert (made["poster"]["width"], made["thumb"]["width"]) == (1_600, 480)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"codec": "libx265"}, "The video in this file is HEVC (H.265)"),
        ({"codec": "mpeg4"}, "The video in this file is MPEG-4 Part 2"),
        ({"codec": "prores_ks", "format": "mov", "pixels": "yuv422p10le"}, "is ProRes"),
        ({"sound": "ac3"}, "The sound in this file is Dolby Digital"),
        ({"sound": "pcm_s16le", "format": "mov"}, "The sound in this file is PCM S16LE"),
    ],
    ids=["hevc", "mpeg4", "prores", "ac3", "pcm"],
)
def test_what_browsers_do_not_play_is_named_with_what_to_export(refused, facts, words):
    sentence = refused("clip", make_files.clip(1, **facts))
    assert words in sentence
    assert "Export it as MP4 with H.264 video and AAC sound" in sentence


def test_colours_that_browsers_do_not_play_are_refused(refused):
    assert "4:2:0" in refused("clip", make_files.clip(1, pixels="yuv444p"))


def test_a_film_that_arrived_in_part_is_refused(refused):
    assert "damaged" in refused("clip", make_files.clip(2)[:1_500])


@pytest.mark.parametrize(
    "content",
    [
        b"#EXTM3U\nhttp://127.0.0.1:9/x.ts",
        b"ffconcat version 1.0\nfile /etc/passwd",
        b"\x89PNG\r\n\x1a\n",
        b"",
    ],
    ids=["playlist", "list", "picture", "empty"],
)
def test_what_is_no_film_is_refused(refused, content):
    assert "no MP4 or WebM video" in refused("clip", content)


def test_a_list_of_addresses_under_a_films_first_bytes_is_refused(refused):
    content = b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + b"#EXTM3U\nfile:///etc/passwd\n"
    assert "damaged" in refused("clip", content)

"""A file's name is text to show, never a path."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.storage.models import display_name


@pytest.mark.parametrize(
    ("name", "media_type", "shown"),
    [
        ("Plan.PDF", "application/pdf", "Plan.pdf"),
        ("../../etc/passwd", "application/octet-stream", "passwd"),
        ("C:\\Users\\Mara\\ticket.png", "image/png", "ticket.png"),
        ("invoice\u202egnp.exe", "image/png", "invoicegnp.png"),
        ("a\r\nSet-Cookie: b.png", "image/png", "aSet-Cookie b.png"),
        ("nul\0byte.jpg", "image/jpeg", "nulbyte.jpg"),
        ("page.html", "image/png", "page.png"),
        ("名前.pdf", "application/pdf", "名前.pdf"),
        ("Cafe\u0301.png", "image/png", "Caf\u00e9.png"),
        ("", "image/png", "file.png"),
        ("...", "application/octet-stream", "file"),
        (".htaccess", "application/octet-stream", "htaccess"),
        ("no extension", "image/webp", "no extension.webp"),
        ("archive.tar.gz", "application/octet-stream", "archive.tar.gz"),
        ('quo"te;.png', "image/png", "quote;.png"),
        ("\u200bzero\ufeff.png", "image/png", "zero.png"),
    ],
)
def test_a_name_is_cleaned(name, media_type, shown):
    assert display_name(name, media_type) == shown


def test_a_long_name_keeps_its_ending():
    name = display_name("x" * 500 + ".jpeg", "image/jpeg")
    assert len(name) == 120
    assert name.endswith("x.jpg")


@given(st.text(), st.sampled_from(["image/png", "application/octet-stream"]))
def test_no_name_can_break_out(name, media_type):
    shown = display_name(name, media_type)
    assert 0 < len(shown) <= 120
    assert not set(shown) & set('/\\\r\n\0"')
    assert shown not in (".", "..")
    assert display_name(shown, media_type) == shown

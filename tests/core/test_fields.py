"""What people type has one sequence of bytes, however it was typed."""

import unicodedata

import pytest

from portal.core.fields import plain

APART = "e{}\u0301"  # A letter and its accent, with something invisible between them.


@pytest.mark.parametrize("between", ["\0", "\x01", "\x7f", "\u202a", "\u2069"])
def test_text_is_in_nfc_after_what_is_invisible_was_taken_out(between):
    text = plain(APART.format(between))

    assert text == "\u00e9"
    assert unicodedata.is_normalized("NFC", text)

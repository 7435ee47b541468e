"""One value, one sequence of bytes; what could be written in two ways is refused."""

import datetime as dt
import hashlib
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import canonical

texts = st.text(st.characters(exclude_categories=["Cs"])).map(
    lambda text: unicodedata.normalize("NFC", text)
)
plain = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts
values = st.recursive(
    plain, lambda some: st.lists(some) | st.dictionaries(texts, some), max_leaves=20
)


@given(st.dictionaries(texts, values))
def test_the_order_in_which_it_was_said_does_not_matter(value):
    backwards = dict(reversed(value.items()))

    assert canonical.dump(backwards) == canonical.dump(value)


@given(values)
def test_whoever_reads_it_writes_the_same_again(value):
    text = canonical.dump(value)

    assert canonical.dump(json.loads(text)) == text


@pytest.mark.parametrize(
    "value",
    [0.5, 1.0, float("nan"), 2**53, -(2**53), {1: "one"}, "e\u0301", dt.date(2026, 3, 12), b"x"],
    ids=repr,
)
@pytest.mark.parametrize("place", [lambda v: v, lambda v: {"a": [v]}], ids=["alone", "inside"])
def test_what_has_two_spellings_or_none_is_refused(value, place):
    with pytest.raises((ValueError, TypeError)):
        canonical.dump(place(value))


def test_a_key_that_is_taken_apart_is_refused():
    with pytest.raises(ValueError, match="form C"):
        canonical.dump({"e\u0301": 1})


def test_the_digest_is_that_of_the_bytes_in_utf_8():
    text = canonical.dump({"b": "é", "a": 1})

    assert text.encode() == b'{"a":1,"b":"\xc3\xa9"}'
    assert canonical.sha256(text) == hashlib.sha256(text.encode()).hexdigest()

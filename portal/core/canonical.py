"""Canonical JSON: one value, one sequence of bytes, so that a digest means something.

UTF-8, sorted keys, no spaces, strings in NFC, integers only. For these values it equals
RFC 8785 (JSON Canonicalization Scheme).
"""

import hashlib
import json
import unicodedata
from typing import Any

_LARGEST = 2**53 - 1  # Beyond it other JSON readers lose digits.


def dump(value: Any) -> str:
    """Return the canonical text of `value`.

    Raises ValueError for a float, an integer beyond 2^53, a key that is not a string,
    or a string that is not NFC.

    >>> dump({"b": 1, "a": ["é", None, True]})
    '{"a":["é",null,true],"b":1}'
    """
    _check(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _check(value: Any) -> None:
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise ValueError(f"a key must be a string, not {key!r}")
            _check(key)
            _check(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item)
    elif value is not None:
        _check_plain(value)


def _check_plain(value: Any) -> None:
    if isinstance(value, str):
        if not unicodedata.is_normalized("NFC", value):
            raise ValueError("a string must be in Unicode normal form C")
    elif not isinstance(value, int):  # bool is one too
        raise ValueError(f"{type(value).__name__} has no canonical form; use integers and strings")
    elif abs(value) > _LARGEST:
        raise ValueError(f"{value} is beyond 2^53")

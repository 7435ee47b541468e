"""Column types that keep their units on both databases."""

import datetime as dt
import json
import re
import unicodedata
from enum import StrEnum
from typing import Any

import peewee

from portal.core import clock
from portal.core.clock import UTC

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Return typed text in NFC, newlines as \\n, without control and direction characters.

    A zero byte ends text on PostgreSQL; a direction mark shows one thing and signs another.
    """
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", text)  # Last: what stood apart may now belong together.


def line(text: str) -> str:
    """Return typed text as one line, without what nobody sees at its ends."""
    return " ".join(plain(text).split())


def capital(text: str) -> str:
    """Return a text as it begins a sentence; names and currencies in it stay as they are.

    >>> capital("to EUR 2,000 for Cleo")
    'To EUR 2,000 for Cleo'
    """
    return text[:1].upper() + text[1:]


class UTCDateTimeField(peewee.Field):
    """An instant. Aware UTC in, aware UTC out; TIMESTAMPTZ on PostgreSQL, ISO text on SQLite."""

    field_type = "TIMESTAMPTZ"

    def db_value(self, value: Any) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{self.name}: an instant needs a time zone")
        return clock.key(value)

    def python_value(self, value: Any) -> Any:
        if isinstance(value, str):
            value = dt.datetime.fromisoformat(value)
        return value and value.astimezone(UTC)


class EnumField(peewee.CharField):
    """One of a closed set of words, stored as the word."""

    def __init__(self, enum: type[StrEnum], **options: Any) -> None:
        self.enum = enum
        super().__init__(max_length=40, **options)

    def db_value(self, value: Any) -> Any:
        return None if value is None else str(self.enum(value))

    def python_value(self, value: Any) -> Any:
        return None if value is None else self.enum(value)


class LineField(peewee.CharField):
    """One line that a person typed: NFC, trimmed, so that equal texts have equal bytes."""

    def db_value(self, value: Any) -> Any:
        return None if value is None else line(value)


class ProseField(peewee.TextField):
    """Some lines that a person typed: NFC, newlines as \\n."""

    def db_value(self, value: Any) -> Any:
        return None if value is None else plain(value).strip()


class JSONTextField(peewee.TextField):
    """Plain values as JSON text; the same bytes on both databases."""

    def db_value(self, value: Any) -> Any:
        return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)

    def python_value(self, value: Any) -> Any:
        return None if value is None else json.loads(value)

"""Found: one thing that can be found. Which sources there are, and what each yields."""

from dataclasses import dataclass
from datetime import datetime

SOURCES = {}  # (kind, is_internal): source


@dataclass(frozen=True)
class Found:
    """One thing that can be found."""

    number: int
    title: str
    text: str
    at: datetime
    person: int | None = None
    part: int = 0
    topic: str = ""  # What it stands at; empty: at itself.


def searchable(kind, *, is_internal=False):
    """Register `source(project_id, first, last)`, which yields what can be found of this kind."""

    def register(source):
        SOURCES[kind, is_internal] = source
        return source

    return register


def joined(*texts):
    """Return what is there of some texts, each on a line."""
    return "\n".join(text for text in texts if text)

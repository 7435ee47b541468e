"""What rooms above ask the reader of one feedback, for the page that shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ask:
    """One question with a button for each answer; once answered, what was said."""

    question: str
    path: str  # Where an answer is posted, and where the page about it is.
    answers: tuple[tuple[str, str], ...] = ()  # (value, label)
    said: str = ""
    more: str = ""  # The label of the link to `path`; empty: no link.


Find = Callable[[Any, Any], Ask | None]
_ASKERS: list[Find] = []


def beside(find: Find) -> Find:
    """Register `find(item, reader)`, which returns what a room asks, or None."""
    _ASKERS.append(find)
    return find


def asks(item: Any, reader: Any) -> list[Ask]:
    """Return what is asked of a reader about one feedback."""
    return [ask for ask in (find(item, reader) for find in _ASKERS) if ask]

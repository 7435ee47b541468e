"""What rooms above say of the people on a project, for the page that lists them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Remark:
    """One line about one person, and where it is changed."""

    user_id: int
    words: str  # "Decides up to 2,000 EUR at once"
    label: str = ""  # "Mandate and stand-in"
    path: str = ""  # Empty: nowhere.


Say = Callable[[Any], Iterable[Remark]]
_SAYERS: list[Say] = []


def beside(say: Say) -> Say:
    """Register `say(project)`, which yields the remarks of a room."""
    _SAYERS.append(say)
    return say


def remarks(project: Any) -> dict[int, list[Remark]]:
    """Return every remark about the people of a project, by the person's id."""
    found: dict[int, list[Remark]] = {}
    for say in _SAYERS:
        for remark in say(project):
            found.setdefault(remark.user_id, []).append(remark)
    return found

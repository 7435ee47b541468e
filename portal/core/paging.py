"""Keyset pages: a list of any length costs the same at its end as at its start."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

PAGE_ROWS = 40  # One screen at a desk, three thumbs on a phone.


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and the key at which the next ones begin (None at the end)."""

    rows: Sequence[Any]
    next_key: Any

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page(rows: Sequence[Any], key: Callable[[Any], Any], size: int = PAGE_ROWS) -> Page:
    """Cut a page of rows that were read with a limit of `size` + 1."""
    more = len(rows) > size
    kept = rows[:size]
    return Page(kept, key(kept[-1]) if more else None)

"""The Storage protocol: what every place that keeps bytes promises."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from portal.core.errors import DomainError


@dataclass(frozen=True, slots=True)
class Stored:
    """Bytes that are safely kept. The SHA-256 (hex) is also their address."""

    sha256: str
    size_bytes: int


class TooLarge(DomainError):
    """More bytes than we take."""

    status = 413


class NoRoom(DomainError):
    """The disk is full; it is not the person's fault."""

    status = 503


class Storage(Protocol):
    """Keeps bytes under their own hash, so equal content lies there once and never changes."""

    def put(
        self,
        stream: BinaryIO,
        limit_bytes: int,
        inspect: Callable[[Path], None] | None = None,
    ) -> Stored:
        """Keep what `stream` yields, without ever holding it in memory.

        `inspect` sees the complete file before it is kept and may raise to refuse it. When put
        returns, the bytes survive a power cut; when it raises, nothing is left behind.

        Raises TooLarge past `limit_bytes`, NoRoom when the disk is full.
        """
        ...

    def open(self, sha256: str) -> BinaryIO:
        """Return the bytes as a file. Raises FileNotFoundError if there are none."""
        ...

    def path(self, sha256: str) -> Path:
        """Return where this machine can read the bytes: for programs that want a file name."""
        ...

    def exists(self, sha256: str) -> bool: ...

    def delete(self, sha256: str) -> None:
        """Forget the bytes; no error if they are gone already."""
        ...

    def scratch(self) -> AbstractContextManager[Path]:
        """Lend an empty folder beside the files; it goes with whatever is still in it."""
        ...

    def sweep(self, older_than_seconds: int) -> int:
        """Remove what interrupted uploads left, and return how many there were."""
        ...

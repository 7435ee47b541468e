"""The Storage protocol: what every place that keeps bytes promises."""

from collections.abc import Callable, Container, Iterator
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


class Unreachable(DomainError):
    """The place that keeps the bytes does not answer; it is not the person's fault."""

    status = 503


class Damaged(DomainError):
    """These are not the bytes that were sent."""


#: A file comes in by parts of this size at most; its composite checksum counts in them too.
PART_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """A part that has arrived whole, in a file of its own until it is added."""

    file: BinaryIO
    size_bytes: int


class Uploads(Protocol):
    """Files that come in by parts, each under a key of its own, until they are shelved.

    How far a file has come is known to whoever gave the key: what lies beyond that is a rest of
    a part that was not added.
    """

    def check_room(self, size_bytes: int) -> None:
        """Raise NoRoom if a file of this size cannot be taken now."""
        ...

    def part(
        self, stream: BinaryIO, size_bytes: int, sha256: str | None = None
    ) -> AbstractContextManager[Part]:
        """Receive a part of exactly this size, without ever holding it in memory.

        Raises Damaged if it breaks off, or has another SHA-256 (hex); NoRoom.
        """
        ...

    def hold(self, key: str) -> AbstractContextManager[None]:
        """Let nobody else add to this file meanwhile: the second waits."""
        ...

    def append(self, key: str, offset: int, part: Part) -> None:
        """Add a part behind the first `offset` bytes; then it survives a power cut.

        Raises FileNotFoundError if there are fewer bytes, NoRoom; then the file is as it was.
        """
        ...

    def received(self, key: str) -> int:
        """Return how many bytes lie there, 0 for none."""
        ...

    def shelve(
        self,
        key: str,
        size_bytes: int,
        composite: str | None = None,
        tell: Callable[[int, int], None] | None = None,
    ) -> Stored:
        """Keep the file with the others, under its hash. Its key leads there until `discard`.

        `composite` (hex) is the SHA-256 over the SHA-256 of each part of PART_BYTES. `tell` hears
        how many of how many parts have been read.

        Raises Damaged if it differs, or the size; FileNotFoundError if there are no bytes.
        """
        ...

    def discard(self, key: str) -> None:
        """Forget the file; no error if it is gone already."""
        ...

    def sweep(self, older_than_seconds: int, wanted: Container[str]) -> int:
        """Forget files that nobody wants and return how many there were."""
        ...


class Storage(Protocol):
    """Keeps bytes under their own hash, so equal content lies there once and never changes.

    Where the bytes are kept on other machines, each method may raise Unreachable, and what reads
    them Damaged.
    """

    root: Path  #: The folder of this machine in which it works.

    @property
    def uploads(self) -> Uploads:
        """What comes in by parts."""
        ...

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
        """Return where this machine can read the bytes: for programs that want a file name.

        Raises FileNotFoundError if there are none.
        """
        ...

    def exists(self, sha256: str) -> bool:
        """Return True if the bytes are where they are kept; a copy near at hand does not count."""
        ...

    def hashes(self) -> Iterator[str]:
        """Yield the address of everything that is kept, in no order."""
        ...

    def delete(self, sha256: str) -> None:
        """Forget the bytes; no error if they are gone already."""
        ...

    def retire(self, sha256: str, young_seconds: int) -> bool:
        """Forget the bytes unless they were put within so many seconds. True if they are gone."""
        ...

    def confirm(self, sha256: str) -> None:
        """Make sure that bytes this machine has just put are still there, once a row says so."""
        ...

    def scratch(self) -> AbstractContextManager[Path]:
        """Lend an empty folder beside the files; it goes with whatever is still in it."""
        ...

    def sweep(self, older_than_seconds: int) -> int:
        """Remove what interrupted uploads left, and return how many there were."""
        ...

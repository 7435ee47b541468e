"""One zip that proves itself: the raw lines, what they point to, and the script that checks them.

The same ledger gives the same bytes. A room above that keeps what entries point to hands it in:

    @contribute
    def snapshots(project_ids):  # None: of every project
        yield f"snapshots/{digest}.json", data
"""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from portal.core import canonical, db
from portal.core.errors import DomainError
from portal.ledger import verify
from portal.ledger.models import INSTANCE_CHAIN, Event, Head, Identity
from portal.ledger.verbs import Verb
from portal.storage import store

README = Path(__file__).with_name("export.txt")
FIXED = (1980, 1, 1, 0, 0, 0)  # The first day a zip can name; what happened when is in the lines.
CHUNK_BYTES = 1024 * 1024
MANY = 500  # Values bound in one statement; SQLite's oldest limit is 999.

_contributors: list[Callable[[set[int] | None], Iterable[tuple[str, bytes]]]] = []


def contribute(contributor):
    """Ask `contributor(project_ids or None)` for the name and bytes of what entries point to."""
    _contributors.append(contributor)
    return contributor


class Audience(StrEnum):
    CLIENT = "client"
    STUDIO = "studio"


@dataclass(frozen=True)
class Extent:
    """Which part of the ledger: all of it, or one project as an audience may see it."""

    project: str | None = None
    audience: Audience = Audience.STUDIO

    def chains(self):
        """Return the names of the chains. Raises DomainError if there is no such project."""
        known = {row.chain for row in Head.select(Head.chain)}
        known |= {row.chain for row in Event.select(Event.chain).distinct()}
        if self.project is None and self.audience == Audience.CLIENT:
            raise DomainError("A client's view is of one project. Name it with --project.")
        if self.project is None:
            return sorted(known)
        if self.project not in known - {INSTANCE_CHAIN} or "/" in self.project:
            raise DomainError(f"The ledger has no project {self.project}.")
        is_whole = self.audience == Audience.STUDIO
        return sorted(known & {self.project, f"{self.project}/internal" if is_whole else None})

    def project_ids(self):
        """Return the ids of the projects, or None for all."""
        if self.project is None:
            return None
        rows = Event.select(Event.project_id).where(Event.chain == self.project).distinct()
        return {row.project_id for row in rows}

    def heads(self):
        """Return where each chain ends, as the checkpoint says it."""
        heads = Head.select().where(Head.chain.in_(self.chains())).order_by(Head.chain)
        return {head.chain: {"seq": head.seq, "hash": head.hash} for head in heads}


@contextmanager
def unmoving():
    """Look at the database as it is now, whatever is written meanwhile."""
    options = {} if db.is_sqlite() else {"isolation_level": "REPEATABLE READ"}
    with db.handle.obj.atomic(**options):
        yield


def write(path, extent):
    """Write the zip and return the book of what it holds, with what was found wrong.

    The file appears whole or not at all, readable only by us: it holds personal data.
    """
    path, book, sums = Path(path), verify.Book(), {}
    if not path.parent.is_dir():
        raise DomainError(f"There is no folder {path.parent}. Make it, or choose another.")
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".export-")
    try:
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w") as archive, unmoving():
            for name, pieces in members(extent, book):
                sums[name] = _add(archive, name, pieces)
            checkpoint = {"format": "checkpoint/1", "heads": extent.heads(), "files": sums}
            _add(archive, "checkpoint.json", [canonical.dump(checkpoint).encode()])
            book.heads(extent.heads(), "the head")
        book.close()
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)
    return book


def members(extent, book):
    """Yield the name and the pieces of each file; `book` reads along and says what is needed."""
    yield "README.txt", [README.read_bytes()]
    yield "verify.py", [Path(verify.__file__).read_bytes()]
    for chain in extent.chains():
        lines = list(lines_of(chain))
        book.chain(chain, lines)
        yield f"ledger/{chain.replace('/', '__')}.jsonl", [line + b"\n" for line in lines]
    identities = list(identities_in(extent, book))
    yield "identities.jsonl", [line + b"\n" for line in identities]
    for name, data in evidence_in(extent, book):
        yield name, [data]
    for sha256 in sorted(book.named["file"]):
        if store().exists(sha256):
            book.here["file"].add(sha256)
            yield f"files/{sha256}", pieces_of(sha256)


def lines_of(chain):
    """Yield the exact bytes of each entry of a chain."""
    rows = Event.select(Event.line).where(Event.chain == chain).order_by(Event.seq)
    yield from (row[0].encode() for row in rows.tuples().iterator())


def identities_in(extent, book):
    """Yield a line for each identity that the chains in `book` point to, and note it there.

    An address and a device stay with the studio. An erasure stands in the instance chain; an
    export without that says only which entry it is.
    """
    withheld = set()
    if extent.audience == Audience.CLIENT:
        withheld = {entry["body"]["device"] for entry in book.decisions.values()}
    erased = {} if INSTANCE_CHAIN in book.chains else erasures()
    for commitment, row in _identities(sorted(book.named["identity"])):
        if commitment in withheld:
            facts = {"absent": "the address and the device of who signed, kept by the studio"}
        elif row is not None:
            facts = {"salt": row.salt, "json": row.json}
        elif commitment in erased:
            facts = {"absent": f"erased, says entry {erased[commitment]} of the instance chain"}
        else:
            continue
        line = canonical.dump({"commitment": commitment, **facts}).encode()
        book.identity(line)
        yield line


def evidence_in(extent, book):
    """Yield the name and bytes of each snapshot and receipt, and note it in `book`."""
    seen, project_ids = set(), extent.project_ids()
    for contributor in _contributors:
        for name, data in contributor(project_ids):
            if name not in seen:
                seen.add(name)
                book.member(name, data)
                yield name, data


def erasures():
    """Return the entries that say that an identity is gone: commitment -> hash of the entry."""
    rows = Event.select().where(Event.chain == INSTANCE_CHAIN, Event.verb == Verb.IDENTITY_ERASED)
    return {row.body["commitment"]: row.hash for row in rows}


def pieces_of(sha256):
    with store().open(sha256) as file:
        while piece := file.read(CHUNK_BYTES):
            yield piece


def _identities(commitments):
    for start in range(0, len(commitments), MANY):
        some = commitments[start : start + MANY]
        rows = {row.commitment: row for row in Identity.select().where(Identity.commitment << some)}
        yield from ((commitment, rows.get(commitment)) for commitment in some)


def _add(archive, name, pieces):
    """Write one file into the zip and return its SHA-256 (hex)."""
    info, found = zipfile.ZipInfo(name, FIXED), hashlib.sha256()
    is_upload = name.startswith("files/")  # Packed already, and of any size.
    info.compress_type = zipfile.ZIP_STORED if is_upload else zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    info.create_system = 3  # Unix: what the mode is for.
    with archive.open(info, "w", force_zip64=is_upload) as member:
        for piece in pieces:
            found.update(piece)
            member.write(piece)
    return found.hexdigest()

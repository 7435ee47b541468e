"""The checks of `verify.py` on the database itself, and those that only it needs.

There a line has columns beside it, an index that pages are made of; each chain has a head, where
the next entry goes; and triggers keep all of it from being altered.
"""

import hashlib
import json
from collections import deque

from portal.core import clock
from portal.core.read import Read
from portal.ledger import export, verbs, verify
from portal.ledger.models import INSTANCE_CHAIN, Event
from portal.ledger.promises import missing_triggers
from portal.storage import store

#: As the database has them: a column may hold what no model would take.
_ENTRIES = Read(
    """select seq, prev, hash, line, verb, project_id, is_internal, subject_kind,
       subject_number, actor, "at" as moment from event where chain = :chain order by seq"""
)


def audit(extent):
    """Return the book of these chains, with everything that is wrong with them."""
    book = verify.Book()
    with export.unmoving():
        owners = {}
        for chain in extent.chains():
            book.chain(chain, _indexed_lines(chain, book, owners))
        _read_all(export.identities_in(extent, book))
        _read_all(export.evidence_in(extent, book))
        for sha256 in sorted(book.named["file"]):
            if store().exists(sha256):
                book.kept("file", sha256, _sum_of(sha256))
        book.heads(extent.heads(), "its head")
        for name in sorted(missing_triggers()):
            book.check(False, "the database", f"has no trigger {name}")
    book.close()
    return book


def _indexed_lines(chain, book, owners):
    """Yield the bytes of each entry, after a look at the columns beside it."""
    for row in _ENTRIES.all(chain=chain):
        where = f"{chain}/{row.seq}"
        try:
            for name, found, expected in _columns(row, json.loads(row.line)):
                book.check(found == expected, where, f"column {name} is {found}, not {expected}")
            _check_owner(chain, row.project_id, where, book, owners)
        except verify.BROKEN as error:
            book.check(False, where, f"its columns cannot be read: {error!r}")
        yield row.line.encode()


def _columns(row, entry):
    """Yield the name of each column, what it holds, and what it should hold."""
    yield "seq", row.seq, entry["seq"]
    yield "prev", row.prev, entry["prev"]
    yield "hash", row.hash, hashlib.sha256(verify.PREFIX + row.line.encode()).hexdigest()
    yield "at", clock.stamp(Event.at.python_value(row.moment)), entry["at"]
    yield "verb", row.verb, entry["verb"]
    yield "actor", row.actor, entry["actor"]
    yield "subject_kind", row.subject_kind, entry["subject"]["kind"]
    yield "subject_number", row.subject_number, entry["subject"]["number"]
    yield "is_internal", row.is_internal, entry["verb"] not in verbs.CLIENT


def _check_owner(chain, project_id, where, book, owners):
    """A slug names one project for ever, a project has one slug, and instance has neither."""
    slug = None if chain == INSTANCE_CHAIN else chain.removesuffix("/internal")
    is_same = owners.setdefault(("slug", slug), project_id) == project_id
    is_only = owners.setdefault(("id", project_id), slug) == slug
    is_right = is_same and is_only and (slug is None) == (project_id is None)
    book.check(is_right, where, f"column project_id is {project_id}, of another project")


def _sum_of(sha256):
    found = hashlib.sha256()
    for piece in export.pieces_of(sha256):
        found.update(piece)
    return found.hexdigest()


def _read_all(generator):
    deque(generator, maxlen=0)

"""Sealing one receipt: its PDF is made, sealed with the studio's key, kept, and linked. Once."""

import io
import logging
import tempfile
from pathlib import Path

from portal import workshop
from portal.core.errors import DomainError
from portal.documents import key as keys
from portal.documents import printing, receipts, sent
from portal.storage import store
from portal.storage.limits import PDF
from portal.storage.models import Blob
from portal.storage.sniff import Sniffed

MAX_BYTES = 50_000_000  # A thousand lines take half of one.
log = logging.getLogger(__name__)


def seal(promise):
    """Make the PDF that was promised, if it is due and nobody else is making it.

    Never raises for one that cannot be made: it is tried again, for ever.
    """
    if not promise.claim():
        return
    try:
        key = keys.take()
        promise.keep(_kept(sealed(promise.receipt, key)), key.fingerprint)
    except (DomainError, receipts.Altered) as error:
        log.error("receipt %s is not sealed: %s", promise.receipt.name, error)
        promise.try_later()
    except Exception:
        log.exception("receipt %s is not sealed", promise.receipt.name)
        promise.try_later()


def sealed(receipt, key):
    """Return the sealed PDF of a receipt."""
    paper, files = receipts.paper_of(receipt, key), receipts.files_of(receipt)
    pdf = printing.print_(paper, files, logo=sent.logo())
    with tempfile.TemporaryDirectory() as folder:
        plain, into = Path(folder) / "plain.pdf", Path(folder) / "made"
        plain.write_bytes(pdf)
        into.mkdir()
        made = workshop.run("stamp", plain, into, key=keys.path())
        return (into / made["file"]).read_bytes()


def _kept(pdf):
    return Blob.of(store().put(io.BytesIO(pdf), MAX_BYTES), Sniffed(PDF))

"""From a Paper to a PDF. It is set by a child, so that neither the web nor the worker holds typst."""

import json
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path

from portal import workshop
from portal.core.errors import DomainError
from portal.settings import ROOT

TEMPLATES = ROOT / "templates" / "pdf"
AT_ONCE = 2  # Each takes a processor for a third of a second.
PATIENCE_SECONDS = 10
_places = threading.BoundedSemaphore(AT_ONCE)


class Busy(DomainError):
    """Too many documents are asked for at this moment."""

    status = 503


def print_(paper, files=()):
    """Return the PDF of a Paper, with these files attached: PDF/A-3b, tagged.

    `files` are dicts of name, text, media_type and description. Raises Busy, and Unusable if it
    cannot be set.
    """
    with _place(), tempfile.TemporaryDirectory() as folder:
        facts, into = Path(folder) / "facts.json", Path(folder) / "made"
        into.mkdir()
        told = {"paper": paper.data(), "files": list(files)}
        facts.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        made = workshop.run("paper", facts, into, templates=TEMPLATES)
        return (into / made["file"]).read_bytes()


@contextmanager
def _place():
    if not _places.acquire(timeout=PATIENCE_SECONDS):
        raise Busy("Many documents are being made just now. Try again in a minute.")
    try:
        yield
    finally:
        _places.release()

"""From a Paper to a PDF. It is set by a child, so that neither the web nor the worker holds typst."""

import json
import tempfile
from pathlib import Path

from portal import workshop
from portal.documents.places import place
from portal.settings import ROOT

TEMPLATES = ROOT / "templates" / "pdf"


def print_(paper, files=(), logo=None):
    """Return the PDF of a Paper, with these files attached: PDF/A-3b, tagged.

    `files` are dicts of name, text, media_type and description, `logo` the path of a picture for
    its head. Raises Busy, and Unusable if it cannot be set.
    """
    with place(), tempfile.TemporaryDirectory() as folder:
        facts, into = Path(folder) / "facts.json", Path(folder) / "made"
        into.mkdir()
        told = {"paper": paper.data(), "files": list(files)}
        facts.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        pictures = {"logo": logo} if logo else {}
        made = workshop.run("paper", facts, into, templates=TEMPLATES, **pictures)
        return (into / made["file"]).read_bytes()

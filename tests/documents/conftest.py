"""A key made once for all tests, an answered estimate, and the text of a PDF."""

import json
import re

import pypdfium2 as pdfium
import pytest

from portal import workshop
from portal.documents import key, sealing
from portal.signoff.models import Answer, Seal
from portal.studio.models import Studio
from tests import make


@pytest.fixture(scope="session")
def key_file(tmp_path_factory):
    """A PEM file as the workshop makes it: two keys of 3072 bits take a second."""
    folder = tmp_path_factory.mktemp("key")
    facts, into = folder / "facts.json", folder / "into"
    into.mkdir()
    facts.write_text(json.dumps({"name": "Fathom & Field", "at": "2026-01-01T00:00:00+00:00"}))
    return into / workshop.run("key", facts, into)["file"]


@pytest.fixture
def own_key(app, settings, key_file):
    """The studio's key, where it belongs."""
    Studio.establish(name="Fathom & Field")
    path = settings.data / key.NAME
    path.write_bytes(key_file.read_bytes())
    path.chmod(0o600)
    return key.take()


@pytest.fixture
def sent(cast):
    """Estimate 1, version 1: 120.00 for design and, if the client likes, 80.00 for a film."""
    lines = [("Design", 120_00), ("Film", 80_00, {"is_optional": True})]
    facts = {"summary": "Two things", "terms": "Paid in *30 days*.", "taxes": [make.VAT]}
    draft = make.estimate(cast.project, by=cast.sam, lines=lines, **facts)
    return draft.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])


@pytest.fixture
def receipt(cast, sent):
    """What Cleo got for her yes, with a note."""
    given = make.answer(
        sent,
        by=cast.cleo,
        options=("2",),
        answer=Answer.APPROVE_WITH_NOTES,
        notes="Only on dry days.",
    )
    return given.receipts.get()


@pytest.fixture
def seal(receipt, own_key):
    """The seal of that receipt, made."""
    promise = Seal.of(receipt)
    sealing.seal(promise)
    assert promise.is_made
    return Seal.of(receipt)


def pages(pdf):
    """Return the text of each page, its white space made one, without marks nobody sees."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [plain(page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def text(pdf):
    return " ".join(pages(pdf))


def plain(words):
    words = re.sub("[\u200b\u00ad\ufffe\u2060]", "", words)
    return " ".join(words.split())


def places(pdf, number, words):
    """Return (left, bottom, right, top) in points of each time `words` stands on a page."""
    document = pdfium.PdfDocument(pdf)
    try:
        page = document[number].get_textpage()
        search, found = page.search(words), []
        while at := search.get_next():
            first, count = at
            boxes = [page.get_charbox(i) for i in range(first, first + count)]
            found.append(
                tuple(
                    f(one)
                    for f, one in zip((min, min, max, max), zip(*boxes, strict=True), strict=True)
                )
            )
        return found
    finally:
        document.close()

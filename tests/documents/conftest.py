"""A key made once for all tests, an answered estimate, and the text of a PDF."""

import json
import re
from functools import partial

import pypdfium2 as pdfium
import pytest

from portal import connect, workshop
from portal.access.models import User
from portal.documents import key, sealing
from portal.projects.models import Project
from portal.signoff.models import Answer, Receipt, Seal, SignOff
from portal.studio.models import Studio
from tests import make
from tests.conftest import let_go_of_the_queue, settings_for
from tests.databases import opened


@pytest.fixture(scope="session")
def key_file(tmp_path_factory):
    """A PEM file as the workshop makes it: two keys of 3072 bits take a second."""
    folder = tmp_path_factory.mktemp("key")
    facts, into = folder / "facts.json", folder / "into"
    into.mkdir()
    facts.write_text(json.dumps({"name": "Fathom & Field", "at": "2026-01-01T00:00:00+00:00"}))
    return into / workshop.run("key", facts, into)["file"]


@pytest.fixture
def beginning(request, beginning, databases, data, port):
    """A receipt whose seal is made already, where a test asks for one: it takes a second."""
    if "seal" not in request.fixturenames:
        return beginning
    happen = partial(seal_one, data, port, request.getfixturevalue("key_file"))
    databases.tell("sealed", data, happen, after="cast")
    return "sealed"


def seal_one(data, port, key_file, url):
    with opened(url):
        connect(settings_for(data, port, url))
        let_go_of_the_queue()
        take_key(data, key_file)
        sam, cleo, vic = (
            User.get(name=name) for name in ("Sam Moreau", "Cleo Janssen", "Vic Aalto")
        )
        promise = Seal.of(approve(ask(Project.get(slug="harbour"), sam, cleo, vic), cleo))
        sealing.seal(promise)
        assert promise.is_made


def take_key(data, key_file):
    Studio.establish(name="Fathom & Field")
    path = data / key.NAME
    path.write_bytes(key_file.read_bytes())
    path.chmod(0o600)
    return key.take()


def ask(project, sam, cleo, vic):
    lines = [("Design", 120_00), ("Film", 80_00, {"is_optional": True})]
    facts = {"summary": "Two things", "terms": "Paid in *30 days*.", "taxes": [make.VAT]}
    draft = make.estimate(project, by=sam, lines=lines, **facts)
    return draft.send(by=sam, deciders=[cleo], reviewers=[vic])


def approve(sent, cleo):
    notes = {"answer": Answer.APPROVE_WITH_NOTES, "notes": "Only on dry days."}
    return make.answer(sent, by=cleo, options=("2",), **notes).receipts.get()


@pytest.fixture
def own_key(installation, key_file):
    """The studio's key, where it belongs."""
    if (installation.data / key.NAME).exists():
        return key.take()
    return take_key(installation.data, key_file)


@pytest.fixture
def sent(cast):
    """Estimate 1, version 1: 120.00 for design and, if the client likes, 80.00 for a film."""
    return SignOff.get_or_none() or ask(cast.project, cast.sam, cast.cleo, cast.vic)


@pytest.fixture
def receipt(cast, sent):
    """What Cleo got for her yes, with a note."""
    return Receipt.get_or_none() or approve(sent, cast.cleo)


@pytest.fixture
def seal(receipt, own_key):
    """The seal of that receipt, made."""
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

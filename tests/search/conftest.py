"""A project with something of every kind in it, and files by name."""

from io import BytesIO

import pytest

from portal.storage.models import Blob
from portal.threads import models as threads
from portal.threads.files import Kept
from tests import make


@pytest.fixture
def file():
    """`file("rota.pdf")` is a file that was kept, as a message or a feedback takes it."""

    def kept(name):
        blob = Blob.keep(BytesIO(b"%PDF-1.4 " + name.encode()), limit="attachment")
        return Kept(blob, blob, name)

    return kept


@pytest.fixture
def story(cast, file):
    """The cast's project with something of every kind in it."""
    sent = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    make.answer(sent, by=cast.cleo)
    make.cancellation(sent, by=cast.sam)
    change = make.change(cast.project, by=cast.sam)
    cast.asked = change.send(by=cast.sam, deciders=[cast.cleo])
    make.question(cast.asked, by=cast.cleo)
    make.estimate(cast.project, by=cast.sam, title="A draft")
    shown = make.prototype(cast.project, by=cast.sam)
    shown.send(by=cast.sam, deciders=[cast.cleo])
    make.pins(shown, by=cast.cleo)
    cast.shown = shown
    cast.item = make.feedback(cast.project, by=cast.vic, pictures=[file("doorway.pdf")])
    threads.reply(cast.item, by=cast.sam, text="Which tides?", files=[file("low-water.pdf")])
    threads.note(cast.item, by=cast.dora, text="They mean these.", files=[file("rota.pdf")])
    return cast

"""A project with something of every kind in it, and files by name."""

from io import BytesIO

import pytest

from portal.feedback.models import Feedback
from portal.prototypes.models import PrototypeVersion
from portal.signoff.models import SignOff
from portal.storage.models import Blob
from portal.threads import models as threads
from portal.threads.files import Kept
from tests import make
from tests.stories import told


def kept(name):
    blob = Blob.keep(BytesIO(b"%PDF-1.4 " + name.encode()), limit="attachment")
    return Kept(blob, blob, name)


@pytest.fixture
def file():
    """`file("rota.pdf")` is a file that was kept, as a message or a feedback takes it."""
    return kept


def tell(cast):
    sent = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    make.answer(sent, by=cast.cleo)
    make.cancellation(sent, by=cast.sam)
    change = make.change(cast.project, by=cast.sam)
    make.question(change.send(by=cast.sam, deciders=[cast.cleo]), by=cast.cleo)
    make.estimate(cast.project, by=cast.sam, title="A draft")
    shown = make.prototype(cast.project, by=cast.sam)
    shown.send(by=cast.sam, deciders=[cast.cleo])
    make.pins(shown, by=cast.cleo)
    item = make.feedback(cast.project, by=cast.vic, pictures=[kept("doorway.pdf")])
    threads.reply(item, by=cast.sam, text="Which tides?", files=[kept("low-water.pdf")])
    threads.note(item, by=cast.dora, text="They mean these.", files=[kept("rota.pdf")])


beginning = told("story", tell)


@pytest.fixture
def story(cast):
    """The cast's project with something of every kind in it."""
    cast.asked, cast.shown = SignOff.get(kind="change"), PrototypeVersion.get()
    cast.item = Feedback.get(filed_by=cast.vic)
    return cast

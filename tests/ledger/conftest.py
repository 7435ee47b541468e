"""A ledger with something of everything, and what its export holds."""

import io
import zipfile

import pytest

from portal.ledger import export
from portal.ledger.export import Extent
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.signoff.models import Answer, Decision
from portal.storage.models import Blob
from tests import make
from tests.stories import told

ENTRIES = 60  # In the client's chain.
WHOLE = pytest.StashKey[dict]()


def tell(cast):
    first = make.estimate(cast.project, by=cast.sam)
    refused = first.send(by=cast.sam, deciders=[cast.cleo])
    make.answer(refused, by=cast.cleo, answer=Answer.DECLINE)
    second = refused.subject.estimate.revise(by=cast.sam)
    make.answer(second.send(by=cast.sam, deciders=[cast.cleo]), by=cast.cleo)
    picture = Blob.keep(io.BytesIO(b"%PDF-1.7 plans %%EOF"), limit="document")
    while seq_of(cast.project) < ENTRIES:
        with cast.project.change():
            # Facts that tell nobody: nothing here is about letters.
            record(
                Verb.PROJECT_CREATED, cast.project, by=cast.vic, files=[picture.sha256], word="é"
            )
            record(Verb.ESTIMATE_DRAFTED, cast.project, by=cast.dora)


beginning = told("story", tell)


@pytest.fixture
def story(cast):
    """An estimate that Cleo declined, its second version that she approved, and small talk."""
    if not Decision.select().exists():
        tell(cast)
    return cast


def seq_of(project):
    return Extent(project.slug).heads()[project.slug]["seq"]


@pytest.fixture
def whole(request, tmp_path):
    """The export of the whole story: name -> bytes. Made once, for it never changes."""
    stash = request.config.stash
    if WHOLE not in stash:
        request.getfixturevalue("story")
        stash[WHOLE] = exported(tmp_path / "whole.zip", Extent())
    return dict(stash[WHOLE])


def exported(path, extent):
    export.write(path, extent)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}

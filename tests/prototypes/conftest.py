"""A prototype before the client's eyes, and its store of files."""

import pytest

from portal import storage
from portal.prototypes.models import PrototypeVersion
from tests import make
from tests.stories import told


def show(cast):
    draft = make.prototype(cast.project, by=cast.sam)
    draft.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])
    return draft


beginning = told("sent", show)


@pytest.fixture
def sent(cast):
    """Version 1 of two screens: Cleo is asked to decide, Vic for an opinion."""
    return PrototypeVersion.get_or_none() or show(cast)


@pytest.fixture
def store(settings, database):
    return storage.configure(settings)

"""A prototype before the client's eyes, and its store of files."""

import pytest

from portal import storage
from tests import make


@pytest.fixture
def sent(cast):
    """Version 1 of two screens: Cleo is asked to decide, Vic for an opinion."""
    draft = make.prototype(cast.project, by=cast.sam)
    draft.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])
    return draft


@pytest.fixture
def store(settings, database):
    return storage.configure(settings)

"""What has happened before a test: told once in each process, copied for each test that asks."""

from functools import partial

import pytest
import time_machine

from portal import connect
from tests import conftest
from tests.databases import opened


def told(fixture, tell):
    """Return a fixture `beginning`: where a test asks for `fixture`, `tell(cast)` has happened.

    Both are of one file, and the fixture finds what was told or tells it itself:

        beginning = told("sent", show)

        @pytest.fixture
        def sent(cast):
            return Version.get_or_none() or show(cast)
    """

    @pytest.fixture
    def beginning(request, beginning, databases, data, port):
        if not is_asked_for(request, fixture, tell.__module__):
            return beginning
        story = f"{beginning}_{tell.__name__}"
        databases.tell(story, data, partial(happen, tell, data, port), after=beginning)
        return story

    return beginning


def is_asked_for(request, fixture, module):
    """A file may have a fixture of the same name that is something else."""
    known = request.node._fixtureinfo.name2fixturedefs.get(fixture)
    return bool(known) and known[-1].func.__module__ == module


def happen(tell, data, port, url):
    with opened(url), time_machine.travel(conftest.LONG_AGO, tick=False):
        connect(conftest.settings_for(data, port, url))
        conftest.let_go_of_the_queue()
        tell(conftest.everybody())

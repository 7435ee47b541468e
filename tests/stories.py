"""What has happened before a test: told once in each process, copied for each test that asks."""

import contextlib
from functools import partial

import pytest
import time_machine

from portal import connect
from tests import conftest
from tests.databases import opened


def told(fixture, tell, *, at=conftest.LONG_AGO):
    """Return a fixture `beginning`: where a test asks for `fixture`, `tell(cast)` has happened.

    It happened `at` an instant long before the test, or with `None` some minutes before. Both
    are of one file, and the fixture finds what was told or tells it itself:

        beginning = told("sent", show)

        @pytest.fixture
        def sent(cast):
            return Version.get_or_none() or show(cast)
    """

    @pytest.fixture
    def beginning(request, beginning, databases, data, port):
        if not is_asked_for(request, fixture, tell.__module__):
            return beginning
        story = f"{beginning}_{tell.__module__.removeprefix('tests.')}.{tell.__name__}"
        databases.tell(story, data, partial(happen, tell, data, port, at), after=beginning)
        return story

    return beginning


def is_asked_for(request, fixture, module):
    """A file may have a fixture of the same name that is something else."""
    known = request.node._fixtureinfo.name2fixturedefs.get(fixture)
    return bool(known) and known[-1].func.__module__ == module


def happen(tell, data, port, at, url):
    clock = time_machine.travel(at, tick=False) if at else contextlib.nullcontext()
    with opened(url), clock:
        connect(conftest.settings_for(data, port, url))
        conftest.let_go_of_the_queue()
        tell(conftest.everybody())

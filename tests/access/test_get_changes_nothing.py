"""GET never acts: a mail scanner that follows every link leaves the database as it was."""

import datetime as dt

import pytest
import time_machine

from portal import rooms
from portal.core import clock, db

#: The one thing that reading may write: when a session was last used.
EXEMPT = {("session", "last_used_at")}


def dump():
    """Return every row of every table, without what reading may write."""
    tables = {}
    for model in rooms.ALL_MODELS:
        name = model._meta.table_name
        columns = [f for f in model._meta.sorted_fields if (name, f.column_name) not in EXEMPT]
        tables[name] = sorted(model.select(*columns).tuples(), key=repr)
    return tables


@pytest.fixture
def later(world):
    """Long enough after, that a session notes its use and everything could be late."""
    with time_machine.travel(clock.now() + dt.timedelta(minutes=20), tick=False):
        yield


@pytest.mark.parametrize("who", [None, "sam", "dora", "ada", "cleo", "vic", "gus", "otto"])
def test_reading_every_page_changes_nothing(app, addresses, as_, world, who):
    browser = as_(getattr(world, who) if who else None)
    before = dump()

    with time_machine.travel(clock.now() + dt.timedelta(minutes=20), tick=False):
        for _rule, method, path in addresses():
            if method in ("GET", "HEAD", "OPTIONS"):
                browser.open(path, method=method)

    after = dump()
    assert not [name for name in before if before[name] != after[name]]


def test_reading_notes_when_a_session_was_last_used(as_, world, later):
    last_used_at = _last_use(world.sam)
    as_(world.sam)
    browser = as_(world.sam)
    with time_machine.travel(clock.now() + dt.timedelta(minutes=6), tick=False):
        browser.get("/")
        assert _last_use(world.sam) == clock.now()
    assert last_used_at is None


def test_a_query_leads_nowhere_else(as_, world):
    """Parameters choose what is drawn; none of them does anything."""
    browser, before = as_(world.cleo), dump()

    for query in ("choose=1&option=1", "notes=yes", "answer=approve&key=1&consent=y", "before=3"):
        for path in ("/", "/projects/harbour", world.open.path, "/projects/harbour/activity"):
            browser.get(f"{path}?{query}")

    assert dump() == before
    assert db.handle.transaction_depth() == 0


def _last_use(user):
    sessions = user.live_sessions()
    return sessions[0].last_used_at if sessions else None

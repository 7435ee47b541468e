"""A WSGI server of somebody's own gets the portal as `wsgi:app`, or a reason why not."""

import os
import subprocess
import sys

import pytest

from portal.core import db
from portal.settings import ROOT


@pytest.fixture
def start(settings):
    """`start()` imports `wsgi:app` as a server would, on this test's installation."""
    names = {
        "PORTAL_DATA": str(settings.data),
        "PORTAL_SECRET_KEY": settings.secret_key,
        "DATABASE_URL": settings.database_url,
    }

    def run():
        command = [sys.executable, "-c", "from wsgi import app"]
        return subprocess.run(
            command, check=False, cwd=ROOT, env=os.environ | names, capture_output=True, text=True
        )

    return run


def test_it_does_not_start_without_the_ledgers_triggers(database, start):
    where = "" if db.is_sqlite() else " on event"
    db.handle.execute_sql(f"drop trigger event_no_delete{where}")

    refused = start()

    assert refused.returncode == 1
    assert "The ledger is not protected: event_no_delete missing" in refused.stderr


def test_it_starts_on_a_database_that_keeps_its_word_and_on_no_other(database, start):
    """SQLite does; the PostgreSQL of the tests is a fast one, which might forget."""
    answer = start()

    assert (answer.returncode == 0) == db.is_sqlite()
    assert ("fsync=off" in answer.stderr) != db.is_sqlite()

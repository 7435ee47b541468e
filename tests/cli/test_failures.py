"""Every failure is one line that says what to do, with an exit code that is not 0."""

import pytest

from portal.core import db, migrations

FAILURES = {
    "an unknown command": (["conjure"], {}, "No such command 'conjure'. Try `portal --help`."),
    "a missing argument": (["user", "add", "a@b.example"], {}, "Missing argument 'NAME'. Try"),
    "an unknown role": (["user", "add", "a@b.example", "A", "--role", "king"], {}, "not one of"),
    "a bad address": (["user", "add", "nobody", "A", "--role", "team"], {}, "@-sign"),
    "a port that is none": (["migrate"], {"PORT": "many"}, "a number from 1 to 65535"),
    "a strange database": (["migrate"], {"DATABASE_URL": "oracle://u:s3cret@h/x"}, "not 'oracle'"),
    "a database that is away": (
        ["migrate"],
        {"DATABASE_URL": "postgresql://u:s3cret@127.0.0.1:1/x"},
        "Check DATABASE_URL",
    ),
    "a folder that cannot be": (["migrate"], {"PORTAL_DATA": "/proc/nowhere"}, "Check the path"),
    "a demo others could reach": (
        ["demo"],
        {"PORTAL_BASE_URL": "https://portal.example"},
        "only where PORTAL_BASE_URL is this machine itself",
    ),
    "a project that is not there": (["ledger", "export", "--project", "x"], {}, "no project x"),
    "a view of all clients": (["ledger", "export", "--audience", "client"], {}, "--project"),
    "a backup into nowhere": (["backup", "/nowhere/b.zip"], {}, "no folder /nowhere"),
    "a restore of nothing": (["restore", "/nowhere/b.zip"], {}, "does not exist"),
    "a restore of no backup": (["restore", __file__], {}, "This is no backup"),
}


@pytest.mark.parametrize("what", FAILURES)
def test_one_line_says_what_to_do(environment, portal, what):
    arguments, settings, words = FAILURES[what]
    for name, value in settings.items():
        environment.setenv(name, value)
    run = portal(*arguments)
    assert run.code == 1
    assert words in run.err
    assert run.err.startswith("portal: ")
    assert len(run.err.splitlines()) == 1
    assert "Traceback" not in run.err
    assert "s3cret" not in run.err


@pytest.mark.parametrize("command", [["serve"], ["worker"], ["ledger", "verify"], ["demo"]])
def test_a_database_of_another_release_is_refused(environment, portal, command):
    migrations.down(migrations.applied()[0])
    run = portal(*command)
    assert (run.code, run.err) == (
        1,
        "portal: The database is behind this release. Run `portal migrate`.\n",
    )


def test_serving_is_refused_without_the_ledgers_triggers(environment, portal):
    where = "" if db.is_sqlite() else " on event"
    db.handle.execute_sql(f"drop trigger event_no_delete{where}")
    run = portal("serve")
    assert run.code == 1
    assert "The ledger is not protected: event_no_delete missing" in run.err


def test_a_damaged_database_is_said_to_be(environment, portal, tmp_path):
    (tmp_path / "damaged.db").write_bytes(b"no database at all" * 100)
    environment.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/damaged.db")
    run = portal("ledger", "verify")
    assert (run.code, len(run.err.splitlines())) == (1, 1)
    assert "not a database" in run.err


def test_what_nobody_thought_of_is_one_line_too_and_a_trace_on_request(environment, portal):
    db.handle.execute_sql("alter table studio rename to studium")
    assert len(portal("ledger", "verify", "--project", "\0").err.splitlines()) == 1


def test_help_opens_nothing(environment, portal, tmp_path):
    environment.setenv("PORTAL_DATA", str(tmp_path / "untouched"))
    for arguments in ([], ["--help"], ["ledger", "export", "--help"], ["serve", "--help"]):
        run = portal(*arguments)
        assert run.code == 0
        assert "Usage: portal" in run.out
    assert not (tmp_path / "untouched").exists()

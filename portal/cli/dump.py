"""A whole database as one file, and back: SQLite by its own backup, PostgreSQL by pg_dump."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import click
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from portal.core import db


def name():
    """Return what the file is called in a backup of this installation."""
    return "portal.db" if db.is_sqlite() else "portal.pgdump"


def write(url, path):
    """Write the database of `url`, as it is at one moment, to `path`."""
    if db.is_sqlite_url(url):
        with closing(sqlite3.connect(path)) as copy:
            db.handle.obj.connection().backup(copy)
            check_whole(copy)
    else:
        run("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")


def read(url, path):
    """Make the database of `url` what `path` holds, whatever it was. Nobody else may use it."""
    if db.is_sqlite_url(url):
        with closing(sqlite3.connect(path)) as copy:
            check_whole(copy)
        replace(Path(url.removeprefix("sqlite:///")), path)
    else:
        options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
        run("pg_restore", url, *options, "--clean", "--if-exists", path)


def replace(target, path):
    db.handle.obj.close()
    draft = target.with_name(target.name + ".restored")  # Perhaps on another disk than `path`.
    shutil.copyfile(path, draft)
    for rest in ("-wal", "-shm"):
        target.with_name(target.name + rest).unlink(missing_ok=True)
    draft.replace(target)


def check_whole(connection):
    found = connection.execute("pragma integrity_check").fetchone()[0]
    if found != "ok":
        words = f"SQLite finds the database damaged: {found}. Restore an older backup."
        raise click.ClickException(words)


def run(program, url, *options):
    """Run one of PostgreSQL's programs. The password goes by the environment, not the command."""
    path = shutil.which(program)
    if path is None:
        raise click.ClickException(
            f"{program} is not on this machine. Install PostgreSQL's client programs"
            " (postgresql-client), of the server's version or newer."
        )
    parts = conninfo_to_dict(url)
    secret = {"PGPASSWORD": parts.pop("password")} if "password" in parts else {}
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program, with our own options.
        [path, f"--dbname={make_conninfo(**parts)}", *options],
        env=os.environ | secret,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        words = (done.stderr.strip().splitlines() or ["no reason given"])[0]
        raise click.ClickException(f"{words} Mend that, then run it again.")

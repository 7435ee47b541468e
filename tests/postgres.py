"""A PostgreSQL of one's own: started from the installed binaries, gone afterwards.

    with Server() as server:
        server.url("postgres")

Never a shared one: its folder, its socket and its superuser exist only for this run.
"""

import atexit
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
from psycopg import sql

UNPRIVILEGED = ("postgres", "nobody")  # PostgreSQL refuses to run as root.
DEBIAN = Path("/usr/lib/postgresql")
PATIENCE_SECONDS = 60
ROOM_BYTES = 2 * 1024**3


class Server:
    """One throw-away cluster on a Unix socket in a temporary folder.

    `fsync=True` makes it as durable as a real one, for tests that kill things.
    """

    def __init__(self, *, fsync=False):
        self.account = _account()
        # The path of a socket may have about 100 bytes, and pytest's own folders are long.
        self.folder = Path(
            tempfile.mkdtemp(prefix="countersign-pg-", dir=None if fsync else _memory())
        )
        self.log = self.folder / "log"
        atexit.register(self.stop)
        if self.account:
            os.chown(self.folder, self.account.pw_uid, self.account.pw_gid)
        self._run("initdb", "-D", self._data, "-U", "portal", "-A", "trust", "-N", *_LOCALE)
        switch = "on" if fsync else "off"
        options = {
            "fsync": switch,
            "full_page_writes": switch,
            "listen_addresses": "",
            "max_connections": "200",
            "shared_buffers": "64MB",
            "synchronous_commit": switch,
            "unix_socket_directories": str(self.folder),
        }
        self.process = self._start("postgres", "-D", self._data, *_options(options))
        self._wait()

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.stop()

    def url(self, name):
        return f"postgresql:///{name}?host={self.folder}&user=portal"

    def create(self, name, *, template="template0"):
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            drop(connection, name)
            create(connection, name, template=template)
        return self.url(name)

    def stop(self):
        atexit.unregister(self.stop)
        process = getattr(self, "process", None)
        if process and process.poll() is None:
            process.send_signal(signal.SIGINT)  # Fast shutdown: sessions are cut off.
            try:
                process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _data(self):
        return str(self.folder / "data")

    def _start(self, program, *arguments):
        identity = {}
        if self.account:
            identity = {
                "user": self.account.pw_uid,
                "group": self.account.pw_gid,
                "extra_groups": [],
            }
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [_binary(program), *arguments],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=_die_with_parent,
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
                **identity,
            )

    def _run(self, program, *arguments):
        if self._start(program, *arguments).wait(PATIENCE_SECONDS):
            raise RuntimeError(f"{program} failed:\n{self.log.read_text()}")

    def _wait(self):
        while self.process.poll() is None:
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=1).close()
            except psycopg.OperationalError:
                # Its process tells when it is gone; a ready server takes a quarter of a second.
                signal.sigtimedwait([], 0.05)
            else:
                return
        raise RuntimeError(f"PostgreSQL did not start:\n{self.log.read_text()}")


def create(connection, name, *, template):
    """Make a database as a copy of another: 15 ms as files, four times that through the log."""
    strategy = " strategy file_copy" if connection.info.server_version >= 15_00_00 else ""
    statement = sql.SQL("create database {} template {}" + strategy)
    connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))


def drop(connection, name):
    connection.execute(
        sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
    )


def _memory():
    """Return a folder in memory, where a copy of a database takes a sixth of the time, or None."""
    memory = Path("/dev/shm")
    for left in memory.glob("countersign-pg-*"):  # By a run that was killed.
        if left.stat().st_mtime < time.time() - 24 * 3600:
            shutil.rmtree(left, ignore_errors=True)
    is_roomy = memory.is_dir() and shutil.disk_usage(memory).free >= ROOM_BYTES
    return memory if is_roomy and os.access(memory, os.W_OK) else None


_LOCALE = ("--encoding=UTF8", "--locale=C")


def _options(options):
    return [f"--{name}={value}" for name, value in options.items()]


def _binary(name):
    """Return the path of a PostgreSQL program: on the PATH, or the newest one Debian keeps."""
    found = shutil.which(name)
    versions = sorted(DEBIAN.glob("*"), key=lambda path: float(path.name), reverse=True)
    candidates = [found, *(version / "bin" / name for version in versions)]
    for candidate in candidates:
        if candidate and Path(candidate).exists():
            return str(candidate)
    raise RuntimeError(f"{name} is not installed. Run: sudo apt-get install postgresql")


def _account():
    """Return whom to run as: nobody in particular, or an unprivileged account when we are root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return next(known[name] for name in UNPRIVILEGED if name in known)


def _die_with_parent():
    """Ask Linux for a SIGQUIT (immediate shutdown) when the tests are killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG

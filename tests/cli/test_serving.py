"""`portal serve`: two processes that come back when they are killed, and leave when told to."""

import dataclasses
import os
import re
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from portal import FORM_BYTES
from portal.cli.web import Door
from portal.core import clock, db, migrations
from portal.mail.models import Letter
from portal.studio.models import Studio
from tests.cli.conftest import names_of
from tests.postgres import Server

MOST_KILOBYTES = 65_000  # It is 50,000; without the sharing 78,000.
PATIENCE_SECONDS = 60
WORKER = "portal.cli worker"


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="session")
def durable(request):
    """A PostgreSQL that keeps its word; `portal serve` refuses the fast one of the other tests."""
    if request.config.getoption("--database") == "sqlite":
        yield None
    else:
        with Server(fsync=True) as server:
            yield server


@pytest.fixture
def serving(settings, durable):
    """A running `portal serve`, on a database of its own."""
    if durable is not None:
        url = durable.create("serving")
        settings = dataclasses.replace(settings, database_url=url)
        db.open_(url)
        migrations.up()
    else:
        db.open_(settings.database_url)
    command = [sys.executable, "-m", "portal.cli", "serve"]
    with (settings.data / "log").open("wb") as log:
        process = subprocess.Popen(command, env=os.environ | names_of(settings), stderr=log)
    process.settings = settings
    try:
        wait_for(lambda: answers(process))
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)
        db.handle.obj.close()


def wait_for(question):
    end = time.monotonic() + PATIENCE_SECONDS
    while not question():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def answers(serving):
    connection = HTTPConnection("127.0.0.1", serving.settings.port, timeout=5)
    try:
        connection.request("GET", "/sign-in", headers={"Host": serving.settings.host})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def children(process):
    """Return the pids of the worker and of the web process."""
    listed = Path(f"/proc/{process.pid}/task").glob("*/children")
    pids = {int(pid) for path in listed for pid in said_by(path).split()}
    workers = {pid for pid in pids if WORKER in command_of(pid)}
    return workers, pids - workers


def command_of(pid):
    return said_by(Path(f"/proc/{pid}/cmdline")).replace("\0", " ")


def said_by(path):
    """Return what a file of /proc says; nothing once its process or thread has gone."""
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def is_gone(pid):
    return not command_of(pid)


def write_letter():
    """Promise a letter, as somebody would who is stopped before the worker could be woken."""
    Studio.establish(name="Fathom & Field")
    now = clock.now()
    Letter.create(
        address="cleo@demo.test",
        name="Cleo",
        template="password-changed",
        context={},
        next_try_at=now,
        created_at=now,
        message_id="<1@demo.test>",
    )


def test_a_killed_worker_comes_back_and_sends_what_waits(serving):
    wait_for(lambda: children(serving)[0])
    (worker,), _ = children(serving)
    os.kill(worker, signal.SIGKILL)
    write_letter()
    wait_for(lambda: children(serving)[0] - {worker})
    wait_for(lambda: list((serving.settings.data / "mail").glob("*.eml")))


def test_a_killed_web_process_comes_back(serving):
    _, (web,) = children(serving)
    os.kill(web, signal.SIGKILL)
    wait_for(lambda: children(serving)[1] - {web} and answers(serving))


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGKILL"])
def test_however_it_ends_nothing_is_left_behind(serving, name):
    wait_for(lambda: all(children(serving)))
    left = set.union(*children(serving))
    serving.send_signal(getattr(signal, name))
    assert serving.wait(PATIENCE_SECONDS) == (-9 if name == "SIGKILL" else 0)
    wait_for(lambda: all(map(is_gone, left)))
    assert not answers(serving)


def test_a_port_in_use_is_said_in_one_line(serving):
    command = [sys.executable, "-m", "portal.cli", "serve"]
    second = subprocess.run(
        command,
        env=os.environ | names_of(serving.settings),
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 1
    assert f"port {serving.settings.port}: Address already in use" in second.stderr
    assert len(second.stderr.splitlines()) == 1


# The door ----------------------------------------------------------------------------------------


def through_the_door(app, **request):
    environ = EnvironBuilder(method="POST", path="/sign-in", **request).get_environ()
    _body, status, _headers = run_wsgi_app(Door(app), environ)
    return status


def seen(environ, start_response):
    """Answer as soon as the form is read; note whether a connection was in hand before."""
    assert db.handle.obj.is_closed()
    environ["wsgi.input"].read()
    db.take_connection()
    start_response("200 OK", [])
    return [b"seen"]


def test_the_connection_is_handed_back_when_the_answer_is_made(database):
    db.handle.obj.close()
    assert through_the_door(seen, data=b"a=1") == "200 OK"
    assert db.handle.obj.is_closed()


def test_a_form_that_is_cut_off_is_not_taken_for_a_whole_one(database):
    environ = {"CONTENT_LENGTH": "9"}
    assert through_the_door(seen, data=b"a=1&b=2", environ_overrides=environ) == "400 BAD REQUEST"


def test_a_form_without_a_length_is_refused(database):
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked"}
    status = through_the_door(seen, data=b"a=1", environ_overrides=chunked)
    assert status == "411 LENGTH REQUIRED"


def test_an_upload_is_left_to_whoever_reads_it(database):
    class Untouched(bytes):
        pass

    def upload(environ, start_response):
        start_response("200 OK", [])
        return [] if environ["wsgi.input"].tell() == 0 else ["read already"]

    assert through_the_door(upload, data=b"x" * (FORM_BYTES + 1)) == "200 OK"


def test_the_web_process_shares_what_it_was_forked_with(serving):
    [web] = children(serving)[1]

    share = re.search(r"^Pss: +(\d+) kB", said_by(Path(f"/proc/{web}/smaps_rollup")), re.MULTILINE)
    assert int(share[1]) < MOST_KILOBYTES

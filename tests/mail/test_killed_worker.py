"""A real worker process, killed without warning while it sends."""

import os
import subprocess
import sys
import time

import pytest

from portal.access import mailer
from portal.core import clock
from portal.mail.models import Letter, LetterStatus
from portal.settings import ROOT

LETTERS = 6
WORKER = (sys.executable, "-m", "portal.cli", "worker", "--with-parent")


@pytest.fixture
def worker(settings, smtp, mail_ports):
    """`worker()` starts one more `portal worker` on this test's installation."""
    (port,) = mail_ports
    ours = {
        "PORTAL_DATA": str(settings.data),
        "PORTAL_SECRET_KEY": settings.secret_key,
        "DATABASE_URL": settings.database_url,
        "MAIL_URL": f"smtp://127.0.0.1:{port}",
        "REDIS_URL": "",
    }
    started = []

    def start():
        started.append(
            subprocess.Popen(WORKER, cwd=ROOT, env=os.environ | ours, stdin=subprocess.PIPE)
        )
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def until(is_so, seconds=25):
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def sent():
    return Letter.select().where(Letter.status == LetterStatus.SENT).count()


def arrived(smtp):
    lines = b"\n".join(envelope.content for envelope in smtp.taken).splitlines()
    return [line for line in lines if line.startswith(b"Message-ID")]


def test_a_killed_worker_loses_no_letter(cast, smtp, worker):
    for _ in range(LETTERS):
        mailer.password_changed(cast.cleo)
    smtp.seconds = 60  # It takes the first letters, and does not say so in time.
    first = worker()
    until(lambda: smtp.taken)
    first.kill()
    first.wait()
    held = LETTERS - len(Letter.due())  # One for each sweep that ran.
    assert sent() == 0
    assert 0 < held < LETTERS

    smtp.seconds = 0
    Letter.update(next_try_at=clock.now()).execute()  # Their lease runs out.
    worker()
    until(lambda: sent() == LETTERS)

    # What was in its hands may have arrived twice, under one id: a mailbox shows it once.
    assert len(set(arrived(smtp))) == LETTERS
    assert len(smtp.taken) <= LETTERS + held

"""The child has limits, no network, no secret, and ends with its parent."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portal import workshop
from portal.settings import ROOT
from portal.workshop import parent, syscalls
from tests import make_files

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux alone has these walls")
MB = 1024 * 1024
LAYERS = 40
# Each layer is a picture of its own until it is laid on the one below: 60 MB each as we draw it.
FLOOD = make_files.svg(
    '<g opacity=".9">' * LAYERS + '<rect width="40" height="30"/>' + "</g>" * LAYERS
)
# Blurs of blurs: minutes of work in a few hundred bytes.
SLOW = make_files.svg(
    '<filter id="f">'
    + '<feTurbulence baseFrequency=".5" numOctaves="20"/><feGaussianBlur stdDeviation="3"/>' * 30
    + '</filter><rect width="40" height="30" filter="url(#f)"/>'
)

# What a file that took over the child would try; each line must fail with "not permitted".
TRIES = """
import json, os, socket, subprocess, sys, threading
sys.path.insert(0, sys.argv[1])
from portal.workshop import seal
limits = {"cpu_seconds": 9, "memory_bytes": 2**30, "file_bytes": 1000}
seal.close_off(limits, [], [sys.argv[2]])
own = os.path.join(sys.argv[2], "own")
tries = {
    "socket": lambda: socket.socket(),
    "local": lambda: socket.socketpair(),
    "program": lambda: os.execv("/bin/true", ["true"]),
    "process": lambda: os.fork(),
    "signal": lambda: os.kill(os.getppid(), 0),
    "read": lambda: open("/etc/passwd"),
    "list": lambda: os.listdir(sys.argv[1]),
    "write": lambda: open("/tmp/workshop-was-here", "w"),
    "link": lambda: os.symlink("/etc/passwd", own),
    "large": lambda: open(own, "wb").write(bytes(2000)),
    "thread": lambda: threading.Thread(target=dict).start(),
    "small": lambda: open(own, "wb").write(bytes(10)),
}
told = {}
for name, attempt in tries.items():
    try:
        attempt()
        told[name] = "done"
    except OSError as error:
        told[name] = error.strerror
os.write(1, json.dumps(told).encode())
"""


@on_linux
def test_a_file_that_took_over_the_child_can_do_nothing_outside(into):
    run = [sys.executable, "-c", TRIES, str(ROOT), str(into)]
    told = json.loads(subprocess.run(run, capture_output=True, check=True).stdout)
    assert {told.pop(one) for one in ("thread", "small")} == {"done"}
    assert told.pop("large") in {"File too large", "done"}  # Buffered, it fails when it is closed.
    files = {told.pop(one) for one in ("read", "list", "write", "link")}
    assert files == {"Permission denied" if has_landlock() else "done"}
    assert set(told.values()) == {"Operation not permitted"}


@on_linux
def test_children_are_sealed_here():
    assert workshop.is_sealed()


def test_no_secret_of_ours_is_in_the_childs_environment(into, as_file, monkeypatch):
    for name in ("PORTAL_SECRET_KEY", "DATABASE_URL", "MAIL_URL", "PYTHONPATH"):
        monkeypatch.setenv(name, "canary")
    told = workshop.run("seal", as_file(b"x"), into)
    known = {"PATH", "LANG", "HOME", "TMPDIR", "VIPS_CONCURRENCY", "MALLOC_ARENA_MAX", "LC_CTYPE"}
    assert set(told["settings"]) <= known | set(parent._PASSED_ON)


@on_linux
def test_the_child_sees_no_folder_of_the_machine(into, as_file):
    assert workshop.run("seal", as_file(b"x"), into)["reads"] == []


def test_a_file_that_needs_too_much_memory_says_so(refused):
    assert refused("picture", FLOOD) == parent.TOO_MUCH


def test_a_file_that_needs_too_much_time_says_so(refused, monkeypatch):
    monkeypatch.setitem(parent.LIMITS, "picture", {**parent._USUAL, "cpu_seconds": 1})
    began = time.monotonic()
    assert refused("picture", SLOW) == parent.TOO_MUCH
    assert time.monotonic() - began < 20


def test_a_child_that_is_not_done_in_time_is_ended(refused, monkeypatch):
    monkeypatch.setattr(parent, "PATIENCE", 0.01)
    assert refused("picture", SLOW) == parent.TOO_MUCH


def test_a_picture_that_was_promised_larger_than_it_may_be_is_not_written(refused, monkeypatch):
    monkeypatch.setitem(parent.LIMITS, "site", {**parent._USUAL, "file_bytes": 100})
    assert refused("site", make_files.site()) == parent.BROKEN


def test_what_libraries_leave_behind_is_gone(work, into):
    made = work("picture", make_files.image(2_000, 900))
    assert sorted(path.name for path in into.iterdir()) == sorted(
        made[name]["file"] for name in ("thumb", "shown", "fine")
    )


def test_who_asked_may_stop_in_between(work, into):
    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work("pages", make_files.pdf(3), stop)
    assert not list(into.iterdir())


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/b", "link", "missing", "..", ""])
def test_a_child_that_was_taken_over_cannot_name_other_files(into, name):
    (into / "link").symlink_to("/etc/passwd")
    with pytest.raises((workshop.Unusable, FileNotFoundError)):
        parent._checked({"shown": {"file": name}}, into)


@pytest.mark.parametrize("line", [b"no json\n", b"[" * 100_000, b"\xff"], ids=["no", "deep", "odd"])
def test_a_child_that_talks_nonsense_breaks_nothing(line):
    with pytest.raises(workshop.Unusable, match="cannot be processed"):
        parent._told(line)


@on_linux
def test_a_child_does_not_outlive_its_parent(tmp_path, into):
    (tmp_path / "slow.svg").write_bytes(SLOW)
    code = "from pathlib import Path; from portal import workshop; workshop.run('picture', "
    code += f"Path({str(tmp_path / 'slow.svg')!r}), Path({str(into)!r}))"
    portal = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    try:
        child = waited(lambda: children_of(portal.pid))[0]
    finally:
        portal.send_signal(signal.SIGKILL)
        portal.wait()
    assert waited(lambda: not is_running(child))


def has_landlock():
    try:
        os.close(syscalls.Ruleset().file)
    except OSError:
        return False
    return True


def waited(question, seconds=20):
    """Return the answer as soon as there is one."""
    end = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < end:
        time.sleep(0.05)
    return answer


def children_of(pid):
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_running(pid):
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False

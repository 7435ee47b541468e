"""Starts a child for one file, listens to it, and ends it when it takes too much."""

import json
import logging
import os
import re
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

from portal.storage.limits import Unusable
from portal.workshop import entries

log = logging.getLogger(__name__)

MB = 1024 * 1024
CHILD = Path(__file__).with_name("child.py")
TOO_MUCH = (
    "This file needs more time or memory than we give one file. "
    "Export it again, smaller or simpler, and retry."
)
BROKEN = "This file cannot be processed. Export it again and retry."

MADE_BYTES = 100 * MB  # More than any copy needs; a child that writes more has been taken over.
# Measured: of what we accept, an AVIF of 25 million pixels takes the most memory, 410 MB.
_USUAL = {"cpu_seconds": 60, "memory_bytes": 512 * MB, "file_bytes": MADE_BYTES}
LIMITS = {
    "pages": {**_USUAL, "cpu_seconds": 240},  # 200 pages of half a second, photographs twice that.
    "clip": {**_USUAL, "cpu_seconds": 120},
    "table": {"cpu_seconds": 20, "memory_bytes": 256 * MB, "file_bytes": 50 * MB},
    "site": {**_USUAL, "memory_bytes": 256 * MB, "file_bytes": entries.MAX_BYTES},
}
PATIENCE = 3  # A machine that is busy gives a child a third of a processor, or we end it.
_LINE_BYTES = 8 * MB  # A site of 5,000 files, each with a long path, takes 3.
_ERROR_BYTES = 4000  # What of a child's last words goes to the log.
_FILE = re.compile(r"[0-9a-z_-]+(\.[0-9a-z]+)?")
# Where libraries lie on systems that keep them in places of their own; no other setting is known.
_PASSED_ON = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")


def run(tool, path, into, on_progress=None, **facts):
    """Do the work of `tool` on the file at `path`, and return what it found.

    `into` is an empty folder. Afterwards it holds the files that the answer names, and nothing
    else. `on_progress(done, total)` is called in between. Each tool's module says what it answers.

    Raises Unusable, with a sentence for the uploader, for a file that cannot be processed; then
    `into` is empty.
    """
    result = None
    try:
        result = _ask(tool, path, into, on_progress, facts)
        return result
    finally:
        _tidy(into, keep=set(_files(result)))


def is_sealed():
    """Return whether children have no network here. It starts one and lets it try."""
    with tempfile.TemporaryDirectory() as into:
        return run("seal", CHILD, Path(into))["sealed"]


def _ask(tool, path, into, on_progress, facts):
    into = Path(into).resolve()
    request = _request(tool, Path(path).resolve(), into, facts)
    with tempfile.TemporaryFile() as errors, _child(into, errors) as process:
        limit = LIMITS.get(tool, _USUAL)["cpu_seconds"] * PATIENCE
        with _ended_after(limit, process):
            answer = _listen(process, request, on_progress)
            process.wait()
        if answer is None:
            _explain(tool, process, errors)
    return _checked(answer, into)


def _request(tool, path, into, facts):
    facts = {name: Path(one).resolve() for name, one in facts.items()}
    return {
        "tool": tool,
        "path": str(path),
        "into": str(into),
        "facts": {name: str(one) for name, one in facts.items()},
        "readable": [str(path), *map(str, facts.values())],
        "limits": LIMITS.get(tool, _USUAL),
        "parent": os.getpid(),
    }


@contextmanager
def _child(into, errors):
    process = subprocess.Popen(  # noqa: S603 (our own file, by our own Python)
        [sys.executable, "-I", "-B", str(CHILD)],
        cwd=into,
        env=_environment(into),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        _end(process)
        process.wait()
        process.stdout.close()
        with suppress(OSError):  # It went without reading all.
            process.stdin.close()


def _environment(into):
    """Return all the child learns from ours: no secret, no address of a database."""
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": str(into),
        "TMPDIR": str(into),
        "VIPS_CONCURRENCY": "1",  # Each thread holds its own strip of the picture.
        "MALLOC_ARENA_MAX": "2",
        **{name: os.environ[name] for name in _PASSED_ON if name in os.environ},
    }


def _listen(process, request, on_progress):
    """Return the child's result, or None if it ended without one. Raises Unusable if it refused."""
    with suppress(OSError):  # A child that died at once explains itself below.
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
    while line := process.stdout.readline(_LINE_BYTES):
        told = _told(line)
        if "refused" in told:
            raise Unusable(str(told["refused"]))
        if "result" in told:
            return told["result"]
        if on_progress:
            on_progress(int(told["done"]), int(told["total"]))
    return None


def _told(line):
    try:
        told = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unusable(BROKEN) from error
    return told if isinstance(told, dict) else {}


@contextmanager
def _ended_after(seconds, process):
    timer = threading.Timer(seconds, _end, [process])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _end(process):
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _explain(tool, process, errors):
    """Raise Unusable for a child that ended without a result, and log its last words."""
    if process.returncode < 0:  # By a signal: a limit, or a crash that a hostile file provoked.
        log.warning("workshop %s ended by signal %s", tool, -process.returncode)
        raise Unusable(TOO_MUCH)
    errors.seek(max(0, errors.seek(0, os.SEEK_END) - _ERROR_BYTES))
    log.error("workshop %s broke: %s", tool, errors.read().decode(errors="replace"))
    raise Unusable(BROKEN)


def _checked(answer, into):
    """Return the answer, if each file it names is a plain file in `into`.

    A child that was taken over may say anything.
    """
    for name in _files(answer):
        if not (_FILE.fullmatch(name) and stat.S_ISREG((into / name).lstat().st_mode)):
            raise Unusable(BROKEN)
    return answer


def _files(answer):
    """Yield the names of the files in an answer, wherever they stand."""
    if isinstance(answer, dict):
        if "file" in answer:
            yield str(answer["file"])
        answer = list(answer.values())
    for one in answer if isinstance(answer, list) else ():
        yield from _files(one)


def _tidy(folder, keep):
    """Remove what libraries left behind, and everything if there is no answer."""
    for path in sorted(Path(folder).rglob("*"), reverse=True):
        if path.name not in keep or path.parent != Path(folder):
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()

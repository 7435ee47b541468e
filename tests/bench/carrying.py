"""A gigabyte up and down again, and what the web process needs in memory for it."""

import base64
import hashlib
import http.client
import secrets
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from portal.prototypes.models import Source, SourceStatus
from portal.storage.base import PART_BYTES
from portal.storage.links import content_url

GIGABYTE = 1_000_000_000
LOOK_SECONDS = 0.2
PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Carried:
    """How fast, in MB a second, and the web process's share of memory (PSS), in MB."""

    up_mb_s: float
    down_mb_s: float
    before_mb: float
    most_mb: float


def carry(settings, *, pid, draft, cookie, token, session_id):
    """Send a gigabyte in parts, wait until it is kept, fetch it in ranges."""
    before = pss_mb(pid)
    with watched(pid) as most:
        started = time.perf_counter()
        upload(settings.base_url, draft, {**cookie, "X-CSRFToken": token})
        up = time.perf_counter() - started
        source = kept(draft)
        started = time.perf_counter()
        download(settings, source.blob, session_id, draft.project.id)
        down = time.perf_counter() - started
    return Carried(GIGABYTE / up / 1e6, GIGABYTE / down / 1e6, before, max(most))


def upload(base_url, draft, headers):
    """Send parts of random bytes, each with its SHA-256."""
    connection = http.client.HTTPConnection(urlsplit(base_url).netloc, timeout=60)
    part, name = secrets.token_bytes(PART_BYTES), base64.b64encode(b"film.bin").decode()
    begin = {"Upload-Length": str(GIGABYTE), "Upload-Metadata": f"filename {name}"}
    answer = ask(connection, "POST", f"{draft.path}/uploads", {**headers, **begin}, expected=201)
    path, offset, digests = answer.headers["Location"], 0, hashlib.sha256()
    while offset < GIGABYTE:
        chunk = part[: GIGABYTE - offset]
        digest = hashlib.sha256(chunk).digest()
        digests.update(digest)
        said = {
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": str(offset),
            "Upload-Checksum": f"sha256 {base64.b64encode(digest).decode()}",
        }
        offset += len(chunk)
        if offset == GIGABYTE:
            whole = base64.b64encode(digests.digest()).decode()
            said["Upload-Composite"] = f"sha256 {whole}"
        ask(connection, "PATCH", path, {**headers, **said}, expected=204, body=chunk)
    connection.close()


def kept(draft):
    """Wait until the worker has put it on its shelf. Returns the source."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        source = Source.get_or_none(version=draft)
        if source and source.blob and source.status in (SourceStatus.READY, SourceStatus.FAILED):
            return source
        time.sleep(LOOK_SECONDS)
    raise SystemExit("the worker did not prepare the file")


def download(settings, blob, session_id, project_id):
    """Fetch it in ranges of a part each, as a browser does with a film."""
    url = content_url(settings, blob, "film.bin", session_id=session_id, project_id=project_id)
    parts = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=60)
    for start in range(0, GIGABYTE, PART_BYTES):
        end = min(start + PART_BYTES, GIGABYTE) - 1
        headers = {"Host": parts.netloc, "Range": f"bytes={start}-{end}"}
        ask(connection, "GET", parts.path, headers, expected=206)
    connection.close()


def ask(connection, method, path, headers, *, expected, body=None):
    connection.request(method, path, body=body, headers=headers)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != expected:
        raise SystemExit(f"{method} {path}: {answer.status} {content[:200]!r}")
    return answer


@contextmanager
def watched(pid):
    """Yield a list that fills with the process's memory, in MB, while the block runs."""
    seen, is_over = [pss_mb(pid)], threading.Event()

    def look():
        while not is_over.wait(LOOK_SECONDS):
            seen.append(pss_mb(pid))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        is_over.set()
        watcher.join()


def pss_mb(pid):
    """Return what the process and its children hold, without the worker, in MB."""
    return sum(one for one in map(_pss_mb, _web_family(pid)))


def _web_family(pid):
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for child in (int(one) for one in children):
        if b"worker" not in Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0"):
            yield from _web_family(child)
    yield pid


def _pss_mb(pid):
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000

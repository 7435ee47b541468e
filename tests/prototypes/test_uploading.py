"""A browser begins an upload, asks how far it is, and goes on: tus 1.0 in names and answers."""

import base64
import os
import tracemalloc
from pathlib import Path

import pytest

from portal import create_app
from portal.access.permissions import Role
from portal.core import db
from portal.prototypes.models import Source, SourceStatus
from portal.storage import uploads as stored
from portal.storage.base import PART_BYTES
from portal.storage.limits import LIMITS
from tests import make, make_files
from tests.conftest import let_go_of_the_queue
from tests.servers import outgrown
from tests.storage.test_uploads import composite, sha256

UPLOADS = "/projects/harbour/prototypes/1/versions/1/uploads"


@pytest.fixture
def draft(cast, store):
    return make.prototype(cast.project, by=cast.dora, pictures=0)


@pytest.fixture
def content():
    return make_files.image(900, 600)


@pytest.fixture
def dora(as_, cast, store):
    return as_(cast.dora)


def begin(browser, content, name="Home page.png", path=UPLOADS):
    packed = base64.b64encode(name.encode()).decode()
    size = content if isinstance(content, int) else len(content)
    metadata = {"Upload-Length": str(size), "Upload-Metadata": f"filename {packed}"}
    return browser.post(path, headers=metadata)


def go_on(browser, path, part, offset, **headers):
    kind = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
    if isinstance(part, Path):
        with part.open("rb") as file:
            # As the real server says it: the stream ends where the body does.
            ends = {"wsgi.input_terminated": True}
            with_end = {"input_stream": file, "environ_overrides": ends}
            return browser.patch(path, headers=kind | headers, **with_end)
    return browser.patch(path, data=part, headers=kind | headers)


def packed(sha256_hex):
    return f"sha256 {base64.b64encode(bytes.fromhex(sha256_hex)).decode()}"


def refused(browser, path, headers):
    return browser.patch(path, data=b"12", headers=headers).status_code


def test_a_browser_begins_asks_and_goes_on(draft, dora, content):
    begun = begin(dora, content, "../Ünterwegs\u202e.png")
    assert (begun.status_code, begun.headers["Cache-Control"]) == (201, "no-store")
    path = begun.location

    part = go_on(dora, path, content[:100], 0, **{"Upload-Checksum": packed(sha256(content[:100]))})
    asked = dora.head(path)

    assert (part.status_code, part.headers["Upload-Offset"]) == (204, "100")
    assert (asked.status_code, asked.headers["Upload-Offset"]) == (200, "100")
    assert asked.headers["Upload-Length"] == str(len(content))
    rest = {"Upload-Composite": packed(composite(content))}
    assert go_on(dora, path, content[100:], 100, **rest).status_code == 204
    assert dora.head(path).headers["Upload-Offset"] == str(len(content))
    assert (Source.get().name, Source.get().status) == ("Ünterwegs.png", SourceStatus.WAITING)


def test_a_restart_between_two_parts_loses_nothing(draft, dora, content, settings):
    path = begin(dora, content).location
    go_on(dora, path, content[:100], 0)

    db.handle.obj.close()
    reborn = create_app(settings)
    let_go_of_the_queue()
    reborn.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    browser = type(dora)(reborn, settings.base_url)
    browser._cookies = dora._cookies

    assert browser.head(path).headers["Upload-Offset"] == "100"
    assert go_on(browser, path, content[100:], 100).status_code == 204


def test_the_wrong_part_is_409_a_damaged_one_422(draft, dora, content):
    path = begin(dora, content).location
    wrong = go_on(dora, path, content[:100], 5)
    damaged = go_on(dora, path, content[:100], 0, **{"Upload-Checksum": packed("0" * 64)})
    assert (wrong.status_code, damaged.status_code) == (409, 422)
    assert b"arrived damaged" in damaged.data
    assert Source.get().received_bytes == 0


def test_too_much_is_413_at_the_first_request(draft, dora, content):
    most = LIMITS["prototype"].max_bytes
    assert begin(dora, most + 1).status_code == 413
    path = begin(dora, most).location
    assert go_on(dora, path, bytes(PART_BYTES + 1), 0).status_code == 413
    path = begin(dora, 10).location
    assert go_on(dora, path, bytes(11), 0).status_code == 413


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 415),
        ({"Content-Type": "text/plain", "Upload-Offset": "0"}, 415),
        ({"Content-Type": "application/offset+octet-stream"}, 400),
        ({"Content-Type": "application/offset+octet-stream", "Upload-Offset": "-1"}, 400),
        ({"Content-Type": "application/offset+octet-stream", "Upload-Offset": "9" * 40}, 400),
    ],
)
def test_a_part_that_says_nothing_useful_is_refused(draft, dora, content, headers, status):
    assert refused(dora, begin(dora, content).location, headers) == status


@pytest.mark.parametrize("said", ["md5 AAAA", "sha256 not base64!", "sha256"])
def test_a_checksum_we_cannot_read_is_refused(draft, dora, content, said):
    path = begin(dora, content).location
    answer = go_on(dora, path, content, 0, **{"Upload-Checksum": said})
    assert answer.status_code in (400, 422)
    assert Source.get().received_bytes == 0


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Upload-Length": "10"},
        {"Upload-Length": "ten", "Upload-Metadata": "filename YQ=="},
        {"Upload-Length": "10", "Upload-Metadata": "filename ?"},
        {"Upload-Length": "10", "Upload-Metadata": "filename //8="},
    ],
)
def test_a_beginning_that_says_nothing_useful_is_refused(draft, dora, headers):
    assert dora.post(UPLOADS, headers=headers).status_code == 400
    assert not Source.select().exists()


def test_an_upload_is_there_only_for_who_began_it(cast, draft, dora, as_, content):
    path = begin(dora, content).location
    make.member(cast.ada, cast.project, Role.TEAM)
    for other in (cast.sam, cast.ada, cast.otto):
        assert as_(other).head(path).status_code == 404
        assert go_on(as_(other), path, content, 0).status_code == 404
    assert begin(as_(cast.cleo), content).status_code == 403
    assert Source.get().received_bytes == 0


def test_a_sent_version_answers_409(cast, draft, dora, content):
    draft.add_screens([make.picture()])
    draft.send(by=cast.sam, deciders=[cast.cleo])
    assert begin(dora, content).status_code == 409


def test_a_full_disk_is_503_in_words(draft, dora, content, monkeypatch):
    path = begin(dora, content).location
    usage = stored.shutil.disk_usage("/")._replace(free=0)
    monkeypatch.setattr(stored.shutil, "disk_usage", lambda path: usage)
    answer = begin(dora, content, "Another.png")
    assert answer.status_code == 503
    assert b"no space left" in answer.data
    assert dora.head(path).status_code == 200


def test_asking_changes_nothing(draft, dora, content, count_queries):
    path = begin(dora, content).location
    dora.head(path)
    with count_queries() as seen:
        dora.head(path)
    assert not [one for one in seen if one.split()[0].upper() not in ("SELECT", "WITH")]


@pytest.mark.csrf
def test_a_part_needs_the_token_of_a_page(draft, cast, dora, content):
    assert begin(dora, content).status_code == 400
    source = draft.receive("Home.png", len(content), by=cast.dora)
    assert go_on(dora, f"{UPLOADS}/{source.key}", content, 0).status_code == 400
    assert Source.get().received_bytes == 0


def test_memory_stays_flat_while_a_large_file_comes_in(draft, dora, tmp_path):
    """Twelve parts of 8 MiB: were one of them held at once, it would show. A bucket takes pieces
    of 5 MiB at least, one of which is held.
    """
    path, zeros = begin(dora, 12 * PART_BYTES, "Film.mp4").location, tmp_path / "zeros"
    zeros.touch()
    os.truncate(zeros, PART_BYTES)
    go_on(dora, path, zeros, 0)
    tracemalloc.start()
    for n in range(1, 12):
        assert go_on(dora, path, zeros, n * PART_BYTES).status_code == 204
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak_bytes < (PART_BYTES * 3 // 4 if "storage_url" in outgrown.SETTINGS else 3_000_000)
    assert Source.get().status == SourceStatus.WAITING

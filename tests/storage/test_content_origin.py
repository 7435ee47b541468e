"""Uploaded bytes come from a host of their own, to who may read them, and run nothing."""

import dataclasses

import pytest
from flask.testing import FlaskClient
from werkzeug.http import parse_options_header
from werkzeug.test import Client
from werkzeug.wrappers import Response

from portal.core import tokens
from portal.storage import grants
from portal.storage.links import content_url
from portal.storage.views import NOT_FOUND, by_host, content_app
from tests.storage.conftest import picture

HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.fixture
def asked(monkeypatch):
    """Everybody may read, in this test; `asked` is what the check was told."""
    claims = []
    monkeypatch.setattr(grants, "_check", lambda claim: claims.append(claim) or True)
    return claims


class Browser(FlaskClient):
    """Reads every answer to its end, as a browser does; otherwise its file stays open."""

    def open(self, *args, **options):
        return super().open(*args, buffered=True, **options)


@pytest.fixture
def content(settings, store):
    return Browser(content_app(settings), Response)


@pytest.fixture
def address(settings):
    """`address(blob, "name")` is the path at which session 5 may read it."""

    def path(blob, name="plan.png", **options):
        url = content_url(settings, blob, name, session_id=5, **options)
        return url.removeprefix(settings.content_url)

    return path


def test_a_reader_gets_the_bytes(content, keep, address, asked):
    blob = keep(picture())
    answer = content.get(address(blob, project_id=3))
    assert (answer.status_code, answer.data) == (200, picture())
    assert answer.mimetype == "image/png"
    assert asked == [{"s": 5, "p": 3, "b": blob.sha256}]


def test_every_answer_is_sealed(content, keep, address, asked):
    for path in ("/", "/nothing", address(keep(picture()))):
        headers = content.get(path).headers
        assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Set-Cookie" not in headers


def test_pictures_are_shown_and_all_else_is_saved(content, keep, address, asked):
    shown = content.get(address(keep(picture()), "plan.png"))
    page = content.get(address(keep(HTML, limit="attachment"), "page.html"))
    pdf = content.get(address(keep(b"%PDF-1.7", limit="document"), "plan.pdf"))
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert page.headers["Content-Disposition"].startswith("attachment")
    assert page.mimetype == "application/octet-stream"
    assert pdf.headers["Content-Disposition"].startswith("attachment")


def test_any_name_survives_the_header(content, keep, address, asked):
    answer = content.get(address(keep(picture()), "名前 é.png"))
    _, options = parse_options_header(answer.headers["Content-Disposition"])
    assert options["filename"] == "名前 é.png"


def test_a_range_is_answered_as_a_range(content, keep, address, asked):
    answer = content.get(address(keep(picture())), headers={"Range": "bytes=0-7"})
    assert (answer.status_code, answer.data) == (206, b"\x89PNG\r\n\x1a\n")


def test_the_browser_keeps_it_for_itself(content, keep, address, asked):
    path = address(keep(picture()))
    answer = content.get(path)
    assert answer.headers["Cache-Control"] == "private, max-age=300, immutable"
    again = content.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_link_stays_the_same(keep, address):
    blob = keep(picture())
    assert address(blob) == address(blob)


def test_nobody_reads_unless_somebody_answers_for_it(content, keep, address, monkeypatch):
    monkeypatch.setattr(grants, "_check", None)
    assert content.get(address(keep(picture()))).status_code == 404


def test_what_is_refused_looks_like_what_is_missing(content, keep, address, settings, monkeypatch):
    monkeypatch.setattr(grants, "_check", lambda claims: True)
    blob, other = keep(picture()), keep(picture(width=61))
    token = address(blob).split("/")[1]
    forged = tokens.sign("another key", "content", {"s": 5, "p": None, "b": blob.sha256})
    foreign = tokens.sign(settings.secret_key, "invitation", {"b": blob.sha256})
    answers = [
        content.get(path)
        for path in (
            f"/{token}/{other.sha256}/plan.png",
            f"/{forged}/{blob.sha256}/plan.png",
            f"/{foreign}/{blob.sha256}/plan.png",
            f"/{token}/..%2f..%2fsecret.key/x",
            f"/{token}/{blob.sha256}",
            "/x/y/z",
        )
    ]
    monkeypatch.setattr(grants, "_check", lambda claims: False)
    answers.append(content.get(address(blob)))
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, NOT_FOUND)}


def test_a_file_lost_from_the_disk_is_missing(content, keep, address, asked, store):
    blob = keep(picture())
    store.delete(blob.sha256)
    assert content.get(address(blob)).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "options", "patch"])
def test_there_is_nothing_to_change(content, keep, address, asked, method):
    assert getattr(content, method)(address(keep(picture()))).status_code == 404


def test_the_root_leads_to_the_portal(content, settings):
    answer = content.get("/")
    assert (answer.status_code, answer.location) == (303, settings.base_url)


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("portal.example", "portal"),
        ("PORTAL.example:443", "portal"),
        ("files.example", "content"),
        ("files.example:443", "content"),
        ("portal.example.evil.example", None),
        ("", None),
    ],
)
def test_the_host_chooses_the_site(settings, host, said):
    names = {"base_url": "https://portal.example", "content_url": "https://files.example"}
    site = by_host(Response("portal"), Response("content"), dataclasses.replace(settings, **names))
    answer = Client(site, Response).get("/", headers={"Host": host})
    assert answer.text == said if said else answer.status_code == 400

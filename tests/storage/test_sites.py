"""A website comes from the content origin, to who may look at it, and has no origin of its own."""

import datetime as dt
import io
import re

import pytest
from werkzeug.wrappers import Response

from portal.access.models import Membership, Session
from portal.core import clock
from portal.prototypes.models import SiteFile
from portal.storage import bridge
from portal.storage.links import site_url
from portal.storage.views import NOT_FOUND, content_app
from tests import make_sites
from tests.storage.test_content_origin import Browser

PAGE = b"<!doctype html><html><head><title>Tides</title></head><body>Tides</body></html>"
FILES = {
    "index.html": PAGE,
    "about/index.html": b"<title>About</title>",
    "contact.html": b"<title>Contact</title>",
    "css/site.css": b"body { background: url(/img/sea.png) }",
    "js/site.mjs": b"import '/js/more.mjs'",
    "film.mp4": bytes(range(200)),
    "fonts/a.woff2": b"wOF2",
}
IN_A_FRAME = {"Sec-Fetch-Dest": "iframe"}


@pytest.fixture
def version(cast):
    return make_sites.sent_site(cast.project, by=cast.sam, deciders=[cast.cleo], files=FILES)


@pytest.fixture
def content(app, settings):
    return Browser(content_app(settings), Response)


@pytest.fixture
def root(settings, version):
    """`root(cleo)` is the folder at which Cleo looks at the website, in a session of hers."""

    def of(user, project=None):
        session, _ = Session.start(user, how="password")
        source, project = version.screens.get().source_id, project or version.project
        url = site_url(settings, source, session_id=session.id, project_id=project.id)
        return url.removeprefix(settings.content_url)

    return of


@pytest.fixture
def folder(cast, root):
    return root(cast.cleo)


# What is served ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("", "text/html; charset=utf-8"),
        ("index.html", "text/html; charset=utf-8"),
        ("about/", "text/html; charset=utf-8"),
        ("contact", "text/html; charset=utf-8"),
        ("css/site.css", "text/css"),
        ("js/site.mjs", "text/javascript"),
        ("fonts/a.woff2", "font/woff2"),
    ],
)
def test_a_file_comes_at_its_path_as_what_it_is_called(content, folder, path, media_type):
    answer = content.get(folder + path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, media_type)


def test_anything_but_a_page_comes_as_it_is(content, folder):
    assert content.get(f"{folder}css/site.css").data == FILES["css/site.css"]


def test_a_folder_without_its_slash_is_sent_to_where_relative_links_work(content, folder):
    assert content.get(f"{folder}about").location == f"{folder}about/"


def test_a_film_comes_by_range(content, folder):
    answer = content.get(f"{folder}film.mp4", headers={"Range": "bytes=10-19"})
    assert (answer.status_code, answer.data) == (206, bytes(range(10, 20)))


@pytest.mark.parametrize("path", ["index.html", "css/site.css"])
def test_a_browser_need_not_fetch_twice(content, folder, path):
    first = content.get(folder + path)
    again = content.get(folder + path, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.headers["Cache-Control"], again.status_code) == ("private, max-age=300", 304)


def test_a_missing_file_is_named(content, folder):
    answer = content.get(f"{folder}css/x.css")
    assert answer.status_code == 404
    assert answer.text == "There is no file css/x.css in this prototype.\n"


def test_a_missing_picture_is_no_text_so_that_a_page_may_learn_of_it(content, folder):
    answer = content.get(f"{folder}img/x.png", headers={"Sec-Fetch-Dest": "image"})
    assert (answer.status_code, answer.mimetype) == (404, "image/svg+xml")
    assert answer.headers["Server-Timing"] == "missing"
    assert answer.headers["Timing-Allow-Origin"] == "*"


def test_a_missing_page_tells_the_portal_too_and_takes_no_name_for_markup(content, folder):
    answer = content.get(f"{folder}a%22%3E%3Cb%3E.html", headers=IN_A_FRAME)
    assert answer.status_code == 404
    assert bridge.PATH in answer.text
    assert "<b>" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["../index.html", "%2e%2e/index.html", "..%2f..%2fsecret.key", "css/../index.html", "a%00b"],
)
def test_a_path_leads_nowhere_but_to_a_file_of_the_archive(content, folder, path):
    assert content.get(folder + path).status_code == 404


def test_a_service_worker_is_refused(content, folder):
    answer = content.get(f"{folder}js/site.mjs", headers={"Service-Worker": "script"})
    assert answer.status_code == 404


def test_there_is_no_server_to_send_anything_to(content, folder):
    answer = content.post(f"{folder}contact.html", data={"name": "Cleo"})
    assert (answer.status_code, answer.text) == (
        405,
        "There is no server behind this prototype, so nothing was sent.\n",
    )


def test_a_page_without_an_origin_may_ask_with_headers(content, folder):
    answer = content.options(f"{folder}index.html", headers={"Origin": "null"})
    assert (answer.status_code, answer.headers["Access-Control-Allow-Headers"]) == (204, "*")


@pytest.mark.parametrize("path", ["", "css/site.css", "film.mp4", "no.css", "no.html", "about"])
def test_every_answer_takes_the_origin_away(content, folder, settings, path):
    for headers in ({}, IN_A_FRAME):
        answer = content.get(folder + path, headers=headers).headers
        policy = answer["Content-Security-Policy"]
        assert policy.startswith("sandbox allow-scripts allow-forms; default-src 'none'; ")
        assert "form-action 'none'" in policy
        assert policy.endswith(f"frame-ancestors {settings.base_url}")
        assert "allow-same-origin" not in policy
        assert (settings.base_url in policy.partition("frame-ancestors")[0]) is False
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert answer["Referrer-Policy"] == "same-origin"
        assert "camera=()" in answer["Permissions-Policy"]
        assert not {"Set-Cookie", "Service-Worker-Allowed", "Access-Control-Allow-Credentials"} & {
            *answer.keys()
        }


# To whom -----------------------------------------------------------------------------------------


def test_a_member_who_was_removed_sees_nothing_more(content, cast, root):
    folder = root(cast.vic)
    assert content.get(folder).status_code == 200
    cast.project.remove_member(Membership.get(user=cast.vic), by=cast.sam)
    assert (content.get(folder).status_code, content.get(folder).text) == (404, NOT_FOUND)


def test_the_folder_ends_with_its_session(content, cast, folder):
    Session.update(ended_at=clock.now()).execute()
    assert content.get(f"{folder}css/site.css").text == NOT_FOUND


def test_the_folder_ends_when_the_session_has_grown_old(content, folder, at):
    assert content.get(folder).status_code == 200
    at((clock.now() + dt.timedelta(days=400)).isoformat())
    assert content.get(folder).status_code == 404


def test_who_is_on_another_project_sees_nothing(content, cast, root):
    assert content.get(root(cast.otto)).status_code == 404


def test_a_folder_for_another_project_does_not_hold_this_website(content, cast, root):
    assert content.get(root(cast.otto, cast.elsewhere)).status_code == 404
    assert content.get(root(cast.sam, cast.elsewhere)).status_code == 404
    assert content.get(root(cast.sam)).status_code == 200


def test_a_token_of_a_file_opens_no_website_and_the_other_way_round(content, folder, settings):
    _, token, _ = folder.split("/")
    sha256 = SiteFile.get(path="index.html").blob.sha256
    assert content.get(f"/{token}/{sha256}/index.html").status_code == 404
    assert content.get(f"/{token[:-2]}xx/index.html").status_code == 404


# Addresses that begin at the root ----------------------------------------------------------------


def test_what_a_sheet_names_from_the_root_is_led_back(content, folder, settings):
    sheet = {"Referer": f"{settings.content_url}{folder}css/site.css"}
    answer = content.get("/img/sea.png?v=2", headers=sheet)
    assert (answer.status_code, answer.location) == (307, f"{folder}img/sea.png?v=2")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "referrer",
    [
        "http://127.0.0.1:8000{folder}x.css",
        "http://localhost:8000.evil.example{folder}x.css",
        "http://evil.example/?http://localhost:8000{folder}x.css",
        "http://localhost:8000/forged.token.of-mine/x.css",
        "http://localhost:8000",
        "http://[",
        "",
    ],
)
def test_nobody_is_led_anywhere_by_another_address(content, folder, referrer):
    answer = content.get("/img/sea.png", headers={"Referer": referrer.format(folder=folder)})
    assert (answer.status_code, answer.location) == (404, None)


def test_nobody_is_led_back_after_the_session(content, folder, settings):
    Session.update(ended_at=clock.now()).execute()
    sheet = {"Referer": f"{settings.content_url}{folder}css/site.css"}
    assert content.get("/img/sea.png", headers=sheet).status_code == 404


def test_leading_back_stays_on_this_host(content, folder, settings):
    sheet = {"Referer": f"{settings.content_url}{folder}css/site.css"}
    for path in ("//evil.example/x", "/%2f/evil.example", "/\\evil.example", "/a%0d%0aX: y"):
        location = content.get(path, headers=sheet).location
        assert location is None or location.startswith(folder)
        assert not re.search(r"[\r\n\\]", location or "")


def test_a_frame_that_lost_its_way_says_so(content):
    answer = content.get("/about", headers=IN_A_FRAME)
    assert answer.status_code == 404
    assert 'data-stray="yes"' in answer.text


def test_the_bridge_is_kept_for_ever(content):
    answer = content.get(bridge.PATH)
    assert answer.data == bridge.SCRIPT
    assert "immutable" in answer.headers["Cache-Control"]


# The bridge goes in first ------------------------------------------------------------------------

TAG = "<script src=bridge></script>"


def injected(page, root="/t/"):
    return b"".join(bridge.streamed(lambda: io.BytesIO(page), TAG, root))


@pytest.mark.parametrize(
    ("came", "before"),
    [
        (b"<!doctype html><html><head><title>A</title>", b"<!doctype html><html><head>"),
        (b"<!DOCTYPE HTML>\n<HTML>\n<HEAD a='>'>\n<META>", b"<!DOCTYPE HTML>\n<HTML>\n<HEAD a='>'>\n"),
        (b"<!doctype html><title>A</title>", b"<!doctype html>"),
        (b"<!doctype html><html><body><header>A</header>", b"<!doctype html><html>"),
        (b"<header>A</header>", b""),
        (b"Only words", b""),
        (b"", b""),
        (b"\xef\xbb\xbf<!doctype html><head>A", b"\xef\xbb\xbf<!doctype html><head>"),
        (b"<!-- <head> --><html><head><script>", b"<!-- <head> --><html><head>"),
        (b"<!--[if !IE]><!--><html><!--<![endif]--><p>", b"<!--[if !IE]><!--><html><!--<![endif]-->"),
        (b"<!--><script>1</script>-->", b"<!-->"),
        (b"<?xml version='1.0'?><!doctype html><head>A", b"<?xml version='1.0'?><!doctype html><head>"),
        (b"<!-- never ended <head>", b""),
        (b"<html <script>1</script>", b"<html <script>"),
    ],
)  # fmt: skip
def test_the_bridge_comes_before_whatever_runs(came, before):
    assert injected(came) == before + TAG.encode() + came.removeprefix(before)


@pytest.mark.parametrize(("mark", "name"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_a_page_of_two_bytes_a_letter_gets_a_bridge_of_two(mark, name):
    page = mark + "<!doctype html><!-- 🌊 --><head><p>Gezeiten</p>".encode(name)
    written = injected(page)
    assert written[2:].decode(name) == f"<!doctype html><!-- 🌊 --><head>{TAG}<p>Gezeiten</p>"


def test_a_large_page_passes_through_in_pieces():
    line = b'<p>\xe9 <a href="/about.html">About</a></p>\n'
    page = b"<!doctype html><head>" + line * 100_000
    pieces = list(bridge.streamed(lambda: io.BytesIO(page), TAG, "/token/"))
    assert max(map(len, pieces)) <= bridge.HEAD_BYTES
    below = line.replace(b"/about", b"/token/about")
    assert b"".join(pieces) == b"<!doctype html><head>" + TAG.encode() + below * 100_000


@pytest.mark.parametrize(
    ("written", "served"),
    [
        (b'<link href="/css/a.css">', b'<link href="/t/css/a.css">'),
        (b"<link href=/css/a.css>", b"<link href=/t/css/a.css>"),
        (b"<img src = '/a.png'>", b"<img src = '/t/a.png'>"),
        (b'<base href="/">', b'<base href="/t/">'),
        (b"<style>a { background: url(/a.png) }</style>", b"<style>a { background: url(/t/a.png) }</style>"),
        (b"<script>import a from '/a.js'</script>", b"<script>import a from '/t/a.js'</script>"),
        (b'<script src="//cdn.example/a.js">', b'<script src="//cdn.example/a.js">'),
        (b'<a href="about.html#/x">', b'<a href="about.html#/x">'),
        (b"if (a / b) c = '/d'", b"if (a / b) c = '/d'"),
    ],
)  # fmt: skip
def test_addresses_from_the_root_come_below_the_folder(written, served):
    page = b"<head>" + written
    assert injected(page) == b"<head>" + TAG.encode() + served


@pytest.mark.parametrize(
    ("came", "charset"),
    [
        (b"<meta charset=ISO-8859-1>\xe9", "iso-8859-1"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', "windows-1251"),
        (b"<meta charset='utf-16'>", "utf-8"),
        ("Überall".encode(), "utf-8"),
        (b"\xdcberall", None),
        (b"\xff\xfeA\0", None),
    ],
)  # fmt: skip
def test_what_a_page_says_of_its_letters_is_said_before_the_bridge(came, charset):
    assert bridge.charset(came) == charset


def test_the_bridge_stays_light():
    assert len(bridge.SCRIPT) <= 12_000

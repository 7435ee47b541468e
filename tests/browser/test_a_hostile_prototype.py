"""A prototype that means harm runs in its frame and reaches nothing of the portal.

Chromium does the refusing: each attempt is made by script in the page, and what came of it is
looked up where it would have arrived: in the database, in the requests, in the window.
"""

import json

import pytest
from playwright.sync_api import expect

from portal.access.models import Session
from portal.ledger.models import Event
from portal.prototypes.models import Pin
from portal.signoff.models import Decision
from portal.storage.links import site_url
from tests import make_sites

pytestmark = pytest.mark.browser

PATH = "/projects/harbour/prototypes/1/versions/1"
PAGE = b"<!doctype html><title>Harmless</title><h1>Harmless</h1><form><input name=a></form>"

#: What is tried, each as an expression that may throw, reject, or wait for ever.
READS = {
    "the portal's page": "parent.document.body.innerHTML",
    "the top window's": "top.document.cookie",
    "the address of the portal": "parent.location.href",
    "its own cookies as they are": "Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').get.call(document)",
    "the window behind": "window.open('{portal}/').document.title",
    "a page of the portal": "fetch('{portal}{path}').then((got) => got.text())",
    "with cookies": "fetch('{portal}{path}', {{ credentials: 'include' }}).then((got) => got.text())",
    "without asking": "fetch('{portal}{path}', {{ mode: 'no-cors', credentials: 'include' }}).then((got) => got.type)",
    "the old way": "new Promise((yes, no) => {{ const ask = new XMLHttpRequest(); ask.open('GET', '{portal}{path}'); ask.onload = () => yes(ask.responseText); ask.onerror = no; ask.send() }})",
    "a stream": "new Promise((yes, no) => {{ const line = new EventSource('{portal}{path}'); line.onmessage = yes; line.onerror = no }})",
    "a socket": "new Promise((yes, no) => {{ const line = new WebSocket('{portal}{path}'.replace('http', 'ws')); line.onopen = yes; line.onerror = no }})",
    "a picture of the portal": "new Promise((yes, no) => {{ const image = new Image(); image.onload = yes; image.onerror = no; image.src = '{portal}/static/img/favicon.svg' }})",
    "a script of the portal": "import('{portal}/static/app.js')",
    "another website": "fetch('{other}index.html').then((got) => {{ if (got.ok) return got.text(); throw 0 }})",
    "a frame without walls": "(() => {{ const frame = document.createElement('iframe'); document.body.append(frame); return frame.contentWindow.localStorage.length }})()",
    "a database": "new Promise((yes, no) => {{ const ask = document.createElement('iframe').contentWindow.indexedDB.open('x'); ask.onsuccess = yes; ask.onerror = no }})",
    "a worker for all pages": "navigator.serviceWorker.register('/sw.js')",
}  # fmt: skip

#: What would change something, or lead somewhere.
DEEDS = {
    "sends a form": "const form = document.createElement('form'); form.method = 'post'; form.action = '{portal}{path}/pins'; document.body.append(form); form.submit()",
    "sends a form to the top": "const form = document.createElement('form'); form.target = '_top'; form.method = 'post'; form.action = '{portal}/sign-out'; document.body.append(form); form.submit()",
    "posts": "fetch('{portal}{path}/pins', {{ method: 'POST', mode: 'no-cors', credentials: 'include', body: new URLSearchParams({{ text: 'x' }}) }}).catch(() => 0)",
    "sends a beacon": "navigator.sendBeacon('{portal}{path}/pins', new URLSearchParams({{ text: 'x' }}))",
    "leads the top away": "top.location = 'http://localhost/'",
    "leads the parent away": "parent.location.replace('{content}/x')",
    "clicks a link to the top": "const link = document.createElement('a'); link.target = '_top'; link.href = '{content}/x'; document.body.append(link); link.click()",
    "goes back out of the frame": "history.go(-5); history.back()",
    "opens a window": "window.open('{content}/x')",
    "downloads": "const link = document.createElement('a'); link.download = 'x'; link.href = 'data:text/plain,x'; document.body.append(link); link.click()",
    "asks": "alert('Session ended'); prompt('Password')",
    "covers the screen": "document.documentElement.requestFullscreen().catch(() => 0)",
    "sets a cookie": "Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').set.call(document, 'session=stolen; domain=localhost')",
    "sets a cookie by a page": "document.write('<meta http-equiv=set-cookie content=\"session=stolen\">')",
    "ends the page": "document.write('<meta http-equiv=refresh content=\"0;url={portal}/account\">')",
}  # fmt: skip


@pytest.fixture
def hostile(cast, settings, live, signed_in):
    """Cleo's page with a prototype in it, its frame, and the words an attempt is told in."""
    files = {"index.html": PAGE, "sw.js": b""}
    make_sites.sent_site(cast.project, by=cast.sam, deciders=[cast.cleo], files=files)
    secret = make_sites.site(cast.elsewhere, by=cast.sam, files=files)
    session, _ = Session.start(cast.otto, how="password")
    ids = {"session_id": session.id, "project_id": cast.elsewhere.id}
    other = site_url(settings, secret.screens.get().source_id, **ids)
    Session.update(ended_at=session.created_at).where(Session.id == session.id).execute()
    page = signed_in(cast.cleo)
    page.goto("/projects/harbour")
    page.goto(PATH)
    page.frame_locator("#site").locator("h1").wait_for()
    page.words = {"portal": live, "path": PATH, "content": settings.content_url, "other": other}
    return page


def frame(page):
    return page.frames[1]


def facts(cast):
    sessions = Session.select().where(Session.ended_at.is_null(), Session.user == cast.cleo)
    return [Event.select().count(), Pin.select().count(), Decision.select().count(), len(sessions)]


@pytest.mark.parametrize("what", READS, ids=str)
def test_it_reads_nothing(hostile, complaints, what):
    tried = READS[what].format(**hostile.words)
    got = frame(hostile).evaluate(
        """async (tried) => {
            const late = new Promise((said) => setTimeout(said, 1500, 'nothing'))
            try { return JSON.stringify(await Promise.race([eval(tried), late])) } catch (no) { return 'nothing' }
        }""",
        tried,
    )
    assert got in ("nothing", '"nothing"')
    complaints.clear()  # Refusals are said on the console.


@pytest.mark.parametrize("what", DEEDS, ids=str)
def test_it_changes_nothing(cast, hostile, complaints, what):
    before, told = facts(cast), []
    hostile.on("dialog", lambda dialog: told.append(dialog.message) or dialog.dismiss())
    hostile.context.on("page", lambda page: told.append(page.url))
    hostile.on("download", lambda download: told.append(download.url))
    done = DEEDS[what].format(**hostile.words)
    frame(hostile).evaluate("(done) => { setTimeout(() => { (0, eval)(done) }) }", done)
    hostile.wait_for_timeout(700)
    assert hostile.url.endswith(PATH)
    assert (facts(cast), told) == (before, [])
    expect(hostile.get_by_role("link", name="Approve")).to_be_visible()
    complaints.clear()


def test_the_content_origin_never_sees_a_cookie(hostile, settings):
    cookies = []

    def see(request):
        if request.url.startswith(settings.content_url):
            cookies.append(request.all_headers().get("cookie"))

    hostile.on("requestfinished", see)
    hostile.reload()
    hostile.frame_locator("#site").locator("h1").wait_for()
    assert cookies and set(cookies) == {None}
    assert {one["domain"] for one in hostile.context.cookies()} == {"127.0.0.1"}


LIES = [
    "null",
    "'pins'",
    "42",
    "{ type: 'constructor' }",
    "{ type: '__proto__', route: 'x' }",
    "{ type: ['at'], route: 'x' }",
    "{ type: 'at', route: { toString: 1 }, title: ['<img src=x onerror=alert(1)>'] }",
    "{ type: 'at', route: '<img src=x onerror=alert(1)>', title: '<script>alert(1)</script>' }",
    "{ type: 'place', route: 'x'.repeat(9e6), element: 'y', x_bp: NaN, y_bp: Infinity, in_x_bp: -1, in_y_bp: '5' }",
    "{ type: 'positions', positions: [null, { number: NaN, x: 'a' }, { number: 'body', x: 1e309, y: {} }] }",
    "{ type: 'positions', positions: Array(1e5).fill({ number: 1, x: 1, y: 1 }) }",
    "{ type: 'missing', path: '<b>' + 'x'.repeat(1e6) }",
    "{ type: 'blocked', uri: 'javascript:alert(1)', directive: 'link' }",
    "{ type: 'stray', path: 'https://evil.example/' }",
    "{ type: 'stray', path: '//[' }",
    "{ type: 'leave', to: 'http://evil.example' }",
]


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_cut_down_or_not_heard(cast, hostile, complaints, lie):
    before = facts(cast)
    frame(hostile).evaluate(f"() => parent.postMessage({lie}, '*')")
    hostile.wait_for_timeout(400)
    assert hostile.locator("site-frame img, site-frame script, site-frame b").count() == 0
    assert len(hostile.locator("[data-route]").inner_text()) < 2300
    assert len(hostile.locator("site-notes").inner_text()) < 400
    assert not hostile.locator("#new-pin textarea").is_visible()
    assert facts(cast) == before
    complaints.clear()
    hostile.get_by_label("Leave pins").check()  # The page still works.


def test_a_place_is_believed_only_as_far_as_it_is_a_place(hostile):
    hostile.get_by_label("Leave pins").check()
    lie = "{ type: 'place', route: 'a', element: 'b'.repeat(9000), x_bp: 1e9, y_bp: NaN, width: -3, screen: 7, text: 'Approved', key: 'k' }"
    frame(hostile).evaluate(f"() => parent.postMessage({lie}, '*')")
    form = hostile.locator("#new-pin form")
    expect(form.locator("textarea")).to_be_visible()
    values = form.evaluate("(form) => Object.fromEntries(new FormData(form))")
    assert (values["x_bp"], values["y_bp"], values["viewport_width"]) == ("10000", "0", "1")
    assert (len(values["element"]), values["text"]) == (4_000, "")
    assert values["screen"] == "1"


def test_a_flood_freezes_nothing_and_fills_nothing(hostile):
    frame(hostile).evaluate(
        """() => {
            let n = 0
            setInterval(() => { for (let i = 0; i < 500; i++)
                parent.postMessage({ type: i % 2 ? 'missing' : 'at', path: `${n++}`, route: `${n}`, title: 'x' }, '*')
            }, 10)
        }"""
    )
    hostile.wait_for_timeout(2_000)
    assert hostile.locator("site-notes li").count() == 20
    hostile.get_by_text("More", exact=True).click(timeout=5_000)
    expect(hostile.get_by_role("link", name="Decline")).to_be_visible()


def test_a_message_from_another_window_is_not_heard(hostile):
    hostile.evaluate("() => postMessage({ type: 'at', route: 'forged', title: '' }, '*')")
    frame(hostile).evaluate(
        """() => {
            const inner = document.createElement('iframe')
            inner.srcdoc = "<script>top.postMessage({ type: 'at', route: 'forged', title: '' }, '*')</scr" + "ipt>"
            document.body.append(inner)
        }"""
    )
    hostile.wait_for_timeout(500)
    expect(hostile.locator("[data-route]")).not_to_contain_text("forged")


def test_another_readers_folder_is_closed_to_it(cast, hostile, settings):
    """Its own token is all it has: of another project's it could only guess a signature."""
    mine = frame(hostile).url
    token = mine.removeprefix(settings.content_url).split("/")[1]
    body, _, signature = token.rpartition(".")
    for guess in (f"{body}.{signature[::-1]}", token[1:], json.dumps({"s": 1, "p": 2, "w": 2})):
        got = frame(hostile).evaluate(
            "(at) => fetch(at).then((got) => got.status)", f"{settings.content_url}/{guess}/index.html"
        )
        assert got == 404

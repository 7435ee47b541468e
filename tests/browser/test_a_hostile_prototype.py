"""A prototype that means harm runs in its frame and reaches nothing of the portal.

Chromium does the refusing: each attempt is made by script in the page, and what came of it is
looked up where it would have arrived: in the database, in the requests, in the window.
"""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from portal.access.models import Session
from portal.core import clock
from portal.ledger.models import Event
from portal.prototypes.models import Pin
from portal.signoff.models import Decision
from portal.storage.links import site_url
from tests import make_sites

pytestmark = pytest.mark.browser

PATH = "/projects/harbour/prototypes/1/versions/1"
SCRIPT = (Path(__file__).parent / "hostile.js").read_text()
READS, DEEDS = (
    re.findall(r'^  "([^"]+)": ', part, re.MULTILINE) for part in SCRIPT.split("window.DEEDS")
)
PAGE = b"<!doctype html><title>Harmless</title><h1>Harmless</h1><script src=hostile.js></script>"
FILES = {"index.html": PAGE, "hostile.js": SCRIPT.encode(), "sw.js": b""}
WAIT_MS = 700  # Long enough for a request to this machine, or for a page to load.


@pytest.fixture
def hostile(cast, live, signed_in):
    """Cleo's page with the prototype in it; she has come from another page of the portal."""
    make_sites.sent_site(cast.project, by=cast.sam, deciders=[cast.cleo], files=FILES)
    page = signed_in(cast.cleo)
    page.goto("/projects/harbour")
    page.goto(PATH)
    page.frame_locator("#site").locator("h1").wait_for()
    return page


@pytest.fixture
def words(cast, live, settings):
    """The addresses that a prototype may have learnt. The folder is that of an ended session."""
    secret = make_sites.site(cast.elsewhere, by=cast.sam, files=FILES).screens.get()
    session, _ = Session.start(cast.otto, how="password")
    ids = {"session_id": session.id, "project_id": cast.elsewhere.id}
    Session.update(ended_at=clock.now()).where(Session.id == session.id).execute()
    return {
        "portal": live,
        "page": live + PATH,
        "pins": f"{live}{PATH}/pins",
        "elsewhere": f"{settings.content_url}/x",
        "other": site_url(settings, secret.source_id, **ids),
    }


def frame(page):
    return page.frames[1]


def facts(cast):
    sessions = Session.select().where(Session.ended_at.is_null(), Session.user == cast.cleo)
    return [Event.select().count(), Pin.select().count(), Decision.select().count(), len(sessions)]


def test_it_reads_nothing(hostile, words, complaints):
    got = frame(hostile).evaluate(
        """async ([names, words]) => {
            const got = {}
            for (const name of names) {  // One by one: some answer on a line that all could hear.
                const late = new Promise((said) => setTimeout(said, 1500, "nothing"))
                try { got[name] = `got ${await Promise.race([READS[name](words), late])}` }
                catch { got[name] = "got nothing" }
            }
            return got
        }""",
        [READS, words],
    )
    assert got == dict.fromkeys(READS, "got nothing")
    complaints.clear()  # Each refusal is said on the console.


def test_it_changes_nothing(cast, hostile, words, complaints):
    before, told = facts(cast), []
    hostile.on("dialog", lambda dialog: told.append(dialog.message) or dialog.dismiss())
    hostile.context.on("page", lambda page: told.append(page.url))
    hostile.on("download", lambda download: told.append(download.url))
    for what in DEEDS:
        hostile.goto(PATH)
        hostile.frame_locator("#site").locator("h1").wait_for()
        frame(hostile).evaluate(
            "([what, words]) => { setTimeout(() => DEEDS[what](words)) }", [what, words]
        )
        hostile.wait_for_timeout(WAIT_MS)
        assert hostile.url.endswith(PATH), what
        assert facts(cast) == before, what
        assert not told, what
        expect(hostile.get_by_role("link", name="Approve")).to_be_visible()
    complaints.clear()


def test_the_portal_refuses_to_be_framed_by_it(hostile, words, complaints):
    """The request for the page leaves, without a cookie: a policy of ours stops only the showing."""
    sent = []
    hostile.on("requestfinished", lambda request: sent.append(request) or None)
    frame(hostile).evaluate("(portal) => { location.href = `${portal}/account` }", words["portal"])
    hostile.wait_for_timeout(WAIT_MS)
    cookies = [one.all_headers().get("cookie") for one in sent if one.url.endswith("/account")]
    assert set(cookies) <= {None}
    assert "Cleo" not in frame(hostile).content()
    complaints.clear()


def test_the_content_origin_never_sees_a_cookie(hostile, settings):
    cookies = []

    def see(request):
        if request.url.startswith(settings.content_url):
            cookies.append(request.all_headers().get("cookie"))

    hostile.on("requestfinished", see)
    hostile.reload()
    hostile.frame_locator("#site").locator("h1").wait_for()
    assert set(cookies) == {None}
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
    "{ type: 'place', route: 'x'.repeat(9e6), element: 'y', x_bp: NaN, in_x_bp: -1, in_y_bp: '5' }",
    "{ type: 'positions', positions: [null, { number: NaN, x: 'a' }, { number: 'body', x: 1e309, y: {} }] }",
    "{ type: 'positions', positions: Array(1e5).fill({ number: 1, x: 1, y: 1 }) }",
    "{ type: 'missing', path: '<b>' + 'x'.repeat(1e6) }",
    "{ type: 'blocked', uri: 'javascript:alert(1)', directive: 'link' }",
    "{ type: 'stray', path: 'https://evil.example/' }",
    "{ type: 'stray', path: '//[' }",
    "{ type: 'leave', to: 'http://evil.example' }",
]


def test_a_lie_is_cut_down_or_not_heard(cast, hostile, complaints):
    before = facts(cast)
    for lie in LIES:
        frame(hostile).evaluate(f"() => parent.postMessage({lie}, '*')")
        hostile.wait_for_timeout(100)
        assert hostile.locator("site-frame img, site-frame script, site-frame b").count() == 0, lie
        assert len(hostile.locator("[data-route]").inner_text()) < 2300, lie
        assert len(hostile.locator("site-notes").inner_text()) < 400, lie
        assert not hostile.locator("#new-pin textarea").is_visible(), lie
    assert facts(cast) == before
    complaints.clear()
    hostile.get_by_label("Leave pins").check()  # The page still works.


def test_a_place_is_believed_only_as_far_as_it_is_a_place(hostile):
    hostile.get_by_label("Leave pins").check()
    place = "type: 'place', route: 'a', element: 'b'.repeat(9000), x_bp: 1e9, y_bp: NaN, width: -3"
    lie = f"{{ {place}, screen: 7, text: 'Approved', key: 'k' }}"
    frame(hostile).evaluate(f"() => parent.postMessage({lie}, '*')")
    form = hostile.locator("#new-pin form")
    expect(form.locator("textarea")).to_be_visible()
    values = form.evaluate("(form) => Object.fromEntries(new FormData(form))")
    assert (values["x_bp"], values["y_bp"], values["viewport_width"]) == ("10000", "0", "1")
    assert (len(values["element"]), values["text"]) == (4_000, "")
    assert values["screen"] == "1"


def test_a_flood_freezes_nothing_and_fills_nothing(hostile):
    frame(hostile).evaluate("() => { flood() }")
    expect(hostile.locator("site-notes")).to_contain_text("It was stopped")
    assert hostile.locator("site-notes li").count() <= 21
    hostile.get_by_text("More", exact=True).click()
    expect(hostile.get_by_role("link", name="Decline")).to_be_visible()


def test_a_message_from_another_window_is_not_heard(hostile):
    hostile.evaluate("() => postMessage({ type: 'at', route: 'forged', title: '' }, '*')")
    frame(hostile).evaluate("() => forge()")
    hostile.wait_for_timeout(WAIT_MS)
    expect(hostile.locator("[data-route]")).not_to_contain_text("forged")


def test_a_token_that_was_guessed_opens_nothing(hostile, settings, complaints):
    """Its own token is all a prototype has; whoever holds one can read what it names, no more."""
    token = frame(hostile).url.removeprefix(settings.content_url).split("/")[1]
    body, _, signature = token.rpartition(".")
    tell = """(at) => tell(at).then((got) => got, () => "refused")"""
    assert "hostile.js" in frame(hostile).evaluate(tell, frame(hostile).url)
    for guess in (f"{body}.{signature[::-1]}", token[1:], '{"s":1,"p":2,"w":2}'):
        address = f"{settings.content_url}/{quote(guess)}/index.html"
        assert frame(hostile).evaluate(tell, address) == "refused"
    complaints.clear()

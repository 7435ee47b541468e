"""A real browser before the real portal, each test with a database and an address of its own."""

import os
import shutil
import socket
import threading
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from werkzeug.serving import WSGIRequestHandler, make_server

from portal.core import db
from tests.conftest import cookie_of

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update")
DESK = {"viewport": {"width": 1440, "height": 900}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
ANSWER = "tests.answer"  # Where the environment of a request holds what it was answered.
OWN_HOSTS = {"127.0.0.1", "localhost", None}  # None: data: and blob: have no host.

expect.set_options(timeout=10_000)  # Milliseconds; the default of 5 s is short on a busy machine.


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    named = os.environ.get("PORTAL_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, CHROMIUM)))
    return {**browser_type_launch_args, "executable_path": found, "args": list(FLAGS)}


@pytest.fixture
def listener():
    """An open port that this test's portal will answer on; its settings name it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


@pytest.fixture
def port(listener):
    return listener.getsockname()[1]


@pytest.fixture
def live(app, settings, listener):
    """The portal, answering at the address that this fixture returns. It has no worker:
    letters leave when the test calls `letters()`.
    """
    server = make_server(
        "127.0.0.1",
        settings.port,
        kept(app),
        threaded=True,
        request_handler=Handler,
        fd=listener.fileno(),
    )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield settings.base_url
    server.shutdown()
    thread.join()
    server.server_close()


def kept(app):
    """Let `Handler` close each answer: werkzeug does not if the browser has hung up by then."""

    def application(environ, start_response):
        environ[ANSWER] = answer = app(environ, start_response)
        return (part for part in answer)

    return application


class Handler(WSGIRequestHandler):
    def run_wsgi(self):
        """Close what is left: here every request is a thread that then ends."""
        database = db.handle.obj
        try:
            super().run_wsgi()
        finally:
            answer = self.environ.get(ANSWER)
            if hasattr(answer, "close"):
                answer.close()
            database.close()

    def log(self, type, message, *args):
        """Say nothing: a failing test shows what the browser saw."""


@pytest.fixture
def signed_in(app, live, new_context, complaints):
    """`signed_in(cast.cleo, phone=True)` is a page of a browser in which Cleo is signed in.

    `None` is somebody who is not signed in. `dark` and `javascript=False` are as they read.
    """

    def page_for(user, *, phone=False, dark=False, javascript=True):
        context = new_context(
            **(PHONE if phone else DESK),
            base_url=live,
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="Europe/Amsterdam",
        )
        if user is not None:
            name = app.config["SESSION_COOKIE_NAME"]
            context.add_cookies([{"name": name, "value": cookie_of(app, user), "url": live}])
        complaints.watch(context)
        return context.new_page()

    return page_for


@pytest.fixture
def complaints():
    """What the browsers of this test complained about. Anything left in it fails the test;
    a test that expects a complaint takes it out.
    """
    complaints = Complaints()
    yield complaints
    assert not complaints, "the browser complained"


class Complaints(list):
    """Console errors (a breach of the content policy is one), exceptions, foreign addresses."""

    def watch(self, context):
        context.on("console", self.hear)
        context.on("weberror", lambda error: self.append(str(error.error)))
        context.on("request", self.see)

    def hear(self, message):
        if message.type == "error" and not is_answer(message):
            self.append(f"{message.text} ({message.location.get('url')})")

    def see(self, request):
        if urlsplit(request.url).hostname not in OWN_HOSTS:
            self.append(f"asked another host: {request.url}")


def is_answer(message):
    """A 404, 409 or 422 that a person may get is an answer; a missing stylesheet is a mistake."""
    is_refusal = "responded with a status of 4" in message.text
    return is_refusal and "/static/" not in message.location.get("url", "")


@pytest.fixture
def axe():
    """`axe(page)` fails with a report if the page has an accessibility violation."""

    def check(page):
        found = Axe().run(page)
        assert not found.violations_count, f"{page.url}\n{found.generate_report()}"

    return check

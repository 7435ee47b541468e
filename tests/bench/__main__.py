"""`make bench`: serves a made-up studio as `portal serve` does, asks, prints, keeps the figures."""

import http.client
import re
import sys
import tempfile
from itertools import repeat
from urllib.parse import quote, urlsplit

from portal import create_app
from portal.access.models import Session
from portal.care import measuring
from portal.core import clock, db, migrations, queue
from portal.search import indexing
from tests import postgres
from tests.bench import ladder
from tests.bench.carrying import carry
from tests.bench.load import run, take_turns
from tests.bench.served import Served, settings_in
from tests.bench.triage import DONE_EACH, Triage
from tests.bench.world import World, form
from tests.conftest import cookie_of

CLIENTS = 4
SECONDS = 4
WARM_SECONDS = 0.5  # What a server does once, nobody waits for twice.


def main():
    with tempfile.TemporaryDirectory() as folder:
        at_work, on_sqlite, carried = measured(folder)
    with tempfile.TemporaryDirectory() as folder, postgres.Server(fsync=True) as server:
        on_postgresql = measured_on(folder, server.create("bench"))
    ladders = {
        f"{CLIENTS} clients at once, SQLite": at_work,
        "a producer with 10,000 open items, SQLite": on_sqlite,
        "a producer with 10,000 open items, PostgreSQL": on_postgresql,
    }
    ladder.report(ladders, carried)


def measured(folder):
    """Measure all of it on SQLite: the ladder, the inbox, a gigabyte up and down."""
    settings = settings_in(folder)
    app = prepared(settings)
    say(f"making {CLIENTS} studios' worth of work …")
    world = World(app, CLIENTS)
    tess = triaging(app)
    leave()
    with Served() as served:
        at_work = climb(settings, static_in(app), world)
        on_sqlite = look(settings, static_in(app), tess)
        carried = send_and_fetch(settings, world, served.process.pid)
    return at_work, on_sqlite, carried


def measured_on(folder, database_url):
    """Measure the inbox on another database."""
    settings = settings_in(folder, database_url)
    app = prepared(settings)
    db.handle.execute_sql("set synchronous_commit = off")  # Here, while it is made; not there.
    tess = triaging(app)
    db.handle.execute_sql("analyze")  # As PostgreSQL does by itself within minutes.
    leave()
    with Served():
        return look(settings, static_in(app), tess)


def prepared(settings):
    app = create_app(settings)
    migrations.up()
    return app


def triaging(app):
    """Make two hundred projects; return the cookie of who runs them."""
    say("making 200 projects with 10,000 open items …")
    tess = Triage().tess
    indexing.rebuild()
    measuring.measure_all()
    return cookie_in(app, tess)


def leave():
    """Let go of what the server is about to open."""
    queue.uninstall()
    db.handle.obj.close()
    say("measuring …")


def static_in(app):
    return app.jinja_env.globals["static_url"]("app.css")


def cookie_in(app, user):
    return {"Cookie": f"{app.config['SESSION_COOKIE_NAME']}={cookie_of(app, user)}"}


def say(words):
    print(words, file=sys.stderr)


# What is asked -----------------------------------------------------------------------------------


def climb(settings, asset, world):
    """Return what each step measured, fastest kind first."""
    cookie = cookie_in(world.app, world.cleo)
    page = "/projects/harbour"
    tag, token = read(settings.base_url + page, cookie)
    fresh = {**cookie, "If-None-Match": tag}

    steps = {
        ladder.STATIC: lambda n: repeat(("GET", asset, {}, None, 200)),
        "304 of a project page": lambda n: repeat(("GET", page, fresh, None, 304)),
        "project page": lambda n: repeat(("GET", page, cookie, None, 200)),
        "sign-off page": lambda n: repeat(
            ("GET", "/projects/queue-0/sign-offs/1", cookie, None, 200)
        ),
        "approve": lambda n: approvals(world.queues[n], cookie, token),
    }
    return {
        name: run(
            settings.base_url,
            requests,
            clients=CLIENTS,
            seconds=SECONDS,
            warm_seconds=WARM_SECONDS,
        )
        for name, requests in steps.items()
    }


def look(settings, asset, cookie):
    """Return what a producer with ten thousand open items waits for, who asks alone."""
    pages = {
        ladder.STATIC: asset,
        ladder.INBOX: "/inbox",
        "… what is overdue": "/inbox?show=overdue",
        "… one of them open": f"/inbox/block-7/{DONE_EACH + 1}",
        "… news of it": f"/inbox/news?since={quote(clock.stamp(clock.now()))}",
        "home": "/",
        "200 projects, a page": "/projects",
        "care, 24,000 items": "/care",
        "search of 30,000": "/search?q=door+7",
        "… all of them, by state": "/search?q=door+is:contested",
    }
    return take_turns(
        settings.base_url,
        pages,
        headers=cookie,
        seconds=SECONDS,
        warm_seconds=WARM_SECONDS,
        longer=(ladder.INBOX,),
    )


def send_and_fetch(settings, world, pid):
    """Carry a gigabyte to a draft prototype and back."""
    cookie = cookie_in(world.app, world.sam)
    _, token = read(f"{settings.base_url}/projects/harbour", cookie)
    session = Session.select().where(Session.user == world.sam).order_by(Session.id.desc()).get()
    return carry(
        settings,
        pid=pid,
        draft=world.draft(),
        cookie=cookie,
        token=token,
        session_id=session.id,
    )


def read(url, headers):
    """Return the page's tag and the token that its forms carry."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc)
    connection.request("GET", parts.path, headers=headers)
    response = connection.getresponse()
    html = response.read().decode()
    cookie = (response.headers.get("Set-Cookie") or "").split(";")[0]
    if cookie:
        headers["Cookie"] = cookie
    return response.headers["ETag"], re.search(r'csrf-token" content="([^"]+)"', html)[1]


def approvals(sign_offs, cookie, token):
    headers = {**cookie, "Content-Type": "application/x-www-form-urlencoded"}
    for baseline, sign_off in enumerate(sign_offs):
        path = f"{sign_off.path}/decisions"
        yield "POST", path, headers, form(sign_off, baseline, token), 303


if __name__ == "__main__":
    main()

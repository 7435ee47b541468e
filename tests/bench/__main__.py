"""`make bench`: serves a made-up studio as `portal serve` does, asks, prints, keeps the figures."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from itertools import repeat
from pathlib import Path
from urllib.parse import quote, urlsplit

from portal import create_app
from portal.access.models import Session
from portal.core import clock, db, migrations, queue
from portal.search import indexing
from portal.settings import ROOT, Settings
from tests.bench.carrying import carry
from tests.bench.load import run
from tests.bench.triage import DONE_EACH, Triage
from tests.bench.world import World, form

CLIENTS = 4
SECONDS = 4
WARM_SECONDS = 0.5
PORT = "8765"


def main():
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_in(folder)
        app = create_app(settings)
        migrations.up()
        print(f"making {CLIENTS} studios' worth of work …", file=sys.stderr)
        world = World(app, CLIENTS)
        triage = Triage()
        indexing.rebuild()
        queue.uninstall()
        db.handle.obj.close()
        with Served(folder) as served:
            ladder = climb(app, settings, world) | look(settings, world.cookie(triage.tess))
            carried = send_and_fetch(settings, world, served.process.pid)
    report(ladder, carried)


def settings_in(folder):
    env = {"PORTAL_DATA": folder, "PORT": PORT}
    os.environ.update(env)
    return Settings.from_env()


class Served:
    """The real thing, in a process of its own."""

    def __init__(self, folder):
        self.env = {**os.environ, "PORTAL_DATA": folder}

    def __enter__(self):
        command = [Path(sys.executable).with_name("portal"), "serve"]
        self.process = subprocess.Popen(command, env=self.env, stdout=subprocess.DEVNULL)
        for _ in range(100):
            if is_listening():
                return self
            time.sleep(0.1)
        raise SystemExit("the server did not start")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=20)


def is_listening():
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(PORT))) == 0


def climb(app, settings, world):
    """Return what each step measured, fastest kind first."""
    cookie = world.cookie(world.cleo)
    page = "/projects/harbour"
    tag, token = read(settings.base_url + page, cookie)
    asset = app.jinja_env.globals["static_url"]("app.css")
    fresh = {**cookie, "If-None-Match": tag}

    steps = {
        "static bytes": lambda n: repeat(("GET", asset, {}, None, 200)),
        "304 of a project page": lambda n: repeat(("GET", page, fresh, None, 304)),
        "project page": lambda n: repeat(("GET", page, cookie, None, 200)),
        "sign-off page": lambda n: repeat(
            ("GET", "/projects/queue-0/sign-offs/1", cookie, None, 200)
        ),
        "approve": lambda n: approvals(world.queues[n], cookie, token),
    }
    return {
        name: run(settings.base_url, requests, clients=CLIENTS, seconds=SECONDS)
        for name, requests in steps.items()
    }


def look(settings, cookie):
    """Return what a producer with ten thousand open items waits for, who asks alone."""
    steps = {
        "inbox of 10,000 open": "/inbox",
        "… what is overdue": "/inbox?show=overdue",
        "… one of them open": f"/inbox/block-7/{DONE_EACH + 1}",
        "search of 30,000": "/search?q=door+7",
        "… all of them, by state": "/search?q=door+is:contested",
        "… news of it": f"/inbox/news?since={quote(clock.stamp(clock.now()))}",
    }
    for path in steps.values():  # What a server does once, nobody waits for twice.
        run(settings.base_url, asking(path, cookie), clients=1, seconds=WARM_SECONDS)
    return {
        name: run(settings.base_url, asking(path, cookie), clients=1, seconds=SECONDS)
        for name, path in steps.items()
    }


def asking(path, cookie):
    return lambda _: repeat(("GET", path, cookie, None, 200))


def send_and_fetch(settings, world, pid):
    """Carry a gigabyte to a draft prototype and back."""
    cookie = world.cookie(world.sam)
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


def report(ladder, carried):
    base = ladder["project page"].per_second
    print(f"{'step':<24}{'per second':>12}{'p50 ms':>9}{'p99 ms':>9}{'errors':>8}{'× page':>9}")
    for name, one in ladder.items():
        print(
            f"{name:<24}{one.per_second:>12.0f}{one.p50_ms:>9.1f}{one.p99_ms:>9.1f}"
            f"{one.errors:>8}{one.per_second / base:>9.2f}"
        )
    print(
        f"a gigabyte: up {carried.up_mb_s:.0f} MB/s, down {carried.down_mb_s:.0f} MB/s; the web "
        f"process holds {carried.before_mb:.0f} MB before, {carried.most_mb:.0f} MB at most"
    )
    kept = ROOT / "var" / "bench.json"
    kept.parent.mkdir(exist_ok=True)
    figures = {name: asdict(one) for name, one in ladder.items()}
    kept.write_text(
        json.dumps(
            {
                "clients": CLIENTS,
                "seconds": SECONDS,
                "steps": figures,
                "gigabyte": asdict(carried),
            },
            indent=1,
        )
    )
    print(f"kept in {kept.relative_to(ROOT)}", file=sys.stderr)
    if any(one.errors for one in ladder.values()):
        raise SystemExit("some answers were not what they should be")


main()

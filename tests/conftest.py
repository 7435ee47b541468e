"""The cast, one fresh database per test, a clock that can stand still, and no mail that leaves."""

import contextlib
import datetime as dt
import email
import email.policy
import logging
import os
import shutil
import smtplib
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
import time_machine
from argon2 import PasswordHasher
from flask.testing import FlaskClient

from portal import connect, create_app
from portal.access.models import Session, User, people
from portal.access.permissions import HouseRole, Role
from portal.core import clock, db, queue
from portal.mail import jobs as mail_jobs
from portal.mail.models import Letter, LetterStatus
from portal.notices import jobs as notice_jobs
from portal.notices.pacing import GATHER
from portal.projects.models import Client, Project
from portal.settings import Settings
from tests import make, postgres
from tests.databases import PostgresDatabases, SqliteFiles, opened
from tests.servers import outgrown

LONG_AGO = dt.datetime(2020, 1, 6, 9, tzinfo=dt.UTC)  # Before anything that a test tells of.
LETTERS = "mail"  # The folder of `settings.data` that holds what was delivered.


# The database ------------------------------------------------------------------------------------


def pytest_addoption(parser):
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="What the tests run on; PostgreSQL is started from its installed binaries.",
    )
    outgrown.add_options(parser)


def pytest_configure(config):
    """Start one PostgreSQL for the whole run, however many processes share the tests."""
    outgrown.configure(config)
    if config.getoption("--database") != "postgresql":
        return
    if hasattr(config, "workerinput"):
        config.stash[SERVER] = config.workerinput["postgresql"]
    else:
        server = postgres.Server()
        config.add_cleanup(server.stop)
        config.stash[SERVER] = server.url("postgres")


def pytest_collection_modifyitems(config, items):
    """Leave rules about SQLite to the run on SQLite."""
    if config.getoption("--database") == "postgresql":
        theirs = [item for item in items if item.get_closest_marker("sqlite")]
        config.hook.pytest_deselected(items=theirs)
        items[:] = [item for item in items if item not in theirs]


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    node.workerinput["postgresql"] = node.config.stash.get(SERVER, None)
    outgrown.hand_on(node)


SERVER = pytest.StashKey[str]()


@pytest.fixture(scope="session")
def databases(request, tmp_path_factory):
    """What can make databases, on the product that `--database` names."""
    if request.config.getoption("--database") == "sqlite":
        yield SqliteFiles(tmp_path_factory.mktemp("template"))
    else:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        folder, server = tmp_path_factory.mktemp("template"), request.config.stash[SERVER]
        databases = PostgresDatabases(folder, server, worker)
        yield databases
        databases.admin.close()


@pytest.fixture(scope="session")
def built_assets(tmp_path_factory):
    """Stylesheets and script, compressed once: `assets.build` skips what is there."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture(scope="session")
def ground(tmp_path_factory):
    """Where each test finds its installation: always the same, so that one portal serves all."""
    return tmp_path_factory.mktemp("ground") / "data"


@pytest.fixture
def data(ground, built_assets):
    """The folder of one installation, new for each test."""
    ground.mkdir()
    (ground / "static").symlink_to(built_assets)
    yield ground
    shutil.rmtree(ground)


@pytest.fixture
def port():
    """The port that addresses name. Nothing listens there, except in a browser's test."""
    return 8000


@pytest.fixture
def beginning(request, databases, data):
    """What has happened before this test: its database and its files are a copy of it."""
    if "cast" not in request.fixturenames:
        return "bare"
    databases.tell("cast", data, enter)
    return "cast"


@pytest.fixture
def settings(databases, data, port, beginning):
    """The settings of an installation of its own, on a fresh database."""
    with databases.fresh(data, beginning) as url:
        yield settings_for(data, port, url)


def settings_for(data, port, database_url, **others):
    values = {
        "data": data,
        "secret_key": "a secret of the tests, and of nobody else",
        "port": port,
        "base_url": f"http://127.0.0.1:{port}",
        "content_url": f"http://localhost:{port}",
        "database_url": database_url,
        "storage_url": f"file://{data}/files",
        "redis_url": "",
        "mail_url": f"file://{data}/{LETTERS}",
    }
    return Settings(**values | outgrown.SETTINGS | others)


@pytest.fixture
def database(settings):
    """The handle on this test's database, and no queue: a job runs only when it is called."""
    with opened(settings.database_url):
        yield db.handle


@pytest.fixture
def empty_database(databases, data):
    """The handle on a database without any table."""
    with databases.empty(data) as url, opened(url):
        yield db.handle


# The portal --------------------------------------------------------------------------------------


@pytest.fixture
def installation(settings, database):
    """All that the portal stands on, without the web."""
    connect(settings)
    let_go_of_the_queue()
    return settings


@pytest.fixture(scope="session")
def portals():
    """The portals made so far, by their settings: what one has compiled serves the next test."""
    return {}


@pytest.fixture
def app(request, installation, portals):
    """The portal. Posts need a CSRF token only in tests marked `csrf` or `browser`; a test that
    changes the portal itself is marked `own_portal`.
    """
    marked = {mark.name for mark in request.node.iter_markers()}
    known = {} if "own_portal" in marked else portals
    if installation not in known:
        known[installation] = made(installation)
    app = known[installation]
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=bool(marked & {"csrf", "browser"}))
    return app


def made(settings):
    db.handle.obj.close()  # The new portal opens its own.
    app = create_app(settings)
    let_go_of_the_queue()
    return app


def let_go_of_the_queue():
    """Leave jobs to whoever calls them, and no connection of the queue behind."""
    installed = queue._queue
    queue.uninstall()
    installed.storage.close()


@pytest.fixture
def as_(app, settings):
    """`as_(cast.cleo)` is a browser in which Cleo is signed in; `as_(None)` is nobody's."""

    def client_for(user, how="password"):
        client = Browser(app, settings.base_url)
        if user is not None:
            client.sign_in(cookie_of(app, user, how=how))
        return client

    return client_for


class Browser(FlaskClient):
    """A test client that stands at the portal's own address: the content origin is another."""

    def __init__(self, app, base_url):
        super().__init__(app, app.response_class, use_cookies=True)
        self.base_url = base_url

    def open(self, *args, **options):
        if args and isinstance(args[0], str):
            options = {"base_url": self.base_url, "buffered": True} | options
        return super().open(*args, **options)

    def sign_in(self, cookie):
        name, host = (
            self.application.config["SESSION_COOKIE_NAME"],
            urlsplit(self.base_url).hostname,
        )
        self.set_cookie(name, cookie, domain=host)


def cookie_of(app, user, *, how="password"):
    """Sign a person in, as `login.sign_in` does, and return the cookie their browser would hold."""
    _, token = Session.start(user, how=how)
    signer = app.session_interface.get_signing_serializer(app)
    return signer.dumps({"_user_id": token, "_fresh": True})


@pytest.fixture
def count_queries(database):
    """`with count_queries() as seen:` lists the statements that the database was asked."""

    @contextlib.contextmanager
    def counting():
        seen, log = [], logging.getLogger("peewee")
        handler = logging.Handler()
        handler.emit = lambda record: seen.append(record.msg[0])
        level = log.level
        log.addHandler(handler)
        log.setLevel(logging.DEBUG)
        try:
            yield seen
        finally:
            log.removeHandler(handler)
            log.setLevel(level)

    return counting


# The cast ----------------------------------------------------------------------------------------


def enter(url):
    with opened(url), time_machine.travel(LONG_AGO, tick=False):
        people_and_projects()


def people_and_projects():
    """Sam runs the project, Dora designs it, Ada keeps the house; Cleo decides for the client,
    Vic gives an opinion. Otto decides for another client and must never learn of this one.
    """
    sam = make.user("Sam Moreau", house_role=HouseRole.PRODUCER)
    dora = make.user("Dora Lindqvist", house_role=HouseRole.TEAM)
    make.user("Ada Brandt", house_role=HouseRole.ADMIN)
    client = make.client("Harbour Museum")
    cleo = make.user("Cleo Janssen", client=client)
    vic = make.user("Vic Aalto", client=client)
    project = make.project("harbour", by=sam, client=client)
    make.member(dora, project, Role.TEAM)
    make.member(cleo, project, Role.APPROVER)
    make.member(vic, project, Role.REVIEWER)
    rival = make.client("Otter & Sons")
    otto = make.user("Otto Rivers", client=rival)
    make.member(otto, make.project("otter", by=sam, client=rival), Role.APPROVER)


@pytest.fixture
def cast(installation):
    """The people, clients and projects at hand: `cast.sam`, `cast.client`, `cast.project`."""
    if not User.select().exists():
        people_and_projects()  # A fixture asked for the cast when its test had begun without.
    return everybody()


def everybody():
    clients = {one.id: one for one in Client.select()}
    people = list(User.select())
    projects = {one.slug: one for one in Project.select()}
    for one in (*people, *projects.values()):
        one.client = clients.get(one.client_id)
        one._dirty.clear()
    cast = SimpleNamespace(**{one.name.split()[0].lower(): one for one in people})
    cast.project, cast.elsewhere = projects["harbour"], projects["otter"]
    cast.client, cast.rival = cast.project.client, cast.elsewhere.client
    return cast


@pytest.fixture(scope="session", autouse=True)
def quick_passwords():
    """Keep passwords so that checking one takes no time: yields how the portal itself keeps them.

    A tenth of a second and 64 MiB for each is for those who guess.
    """
    own = people._hasher, people._nobody
    people._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    people._nobody = people._hasher.hash("the password of nobody")
    yield own[0]
    people._hasher, people._nobody = own


# The clock ---------------------------------------------------------------------------------------


@pytest.fixture
def at():
    """`at("2026-03-12 10:45")` stops the clock there, in UTC. Call it again to move it."""
    with contextlib.ExitStack() as stack:

        def stop(text):
            instant = dt.datetime.fromisoformat(text)
            instant = instant if instant.tzinfo else instant.replace(tzinfo=dt.UTC)
            stack.close()
            stack.enter_context(time_machine.travel(instant, tick=False))
            return instant

        yield stop


# Mail --------------------------------------------------------------------------------------------


@pytest.fixture
def letters(settings):
    """`letters()` sends what waits and returns all that was delivered so far, oldest first.

    What gathers for minutes goes too; what waits for its reader's hour stays.
    """

    def delivered():
        send_what_waits()
        files = sorted(Path(settings.data / LETTERS).glob("*.eml"))
        return [read_letter(path) for path in files]

    return delivered


def send_what_waits():
    soon = Letter.next_try_at <= clock.now() + GATHER
    gathering = Letter.status == LetterStatus.GATHERING
    Letter.update(next_try_at=clock.now()).where(gathering, soon).execute()
    notice_jobs.gather()
    mail_jobs.sweep()


def read_letter(path):
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


@pytest.fixture
def mail_ports():
    """The ports of mail servers that a test has started itself."""
    return set()


@pytest.fixture(autouse=True)
def no_real_mail(monkeypatch, mail_ports):
    """Fail the test that would send mail anywhere but to a server of its own."""
    connect = smtplib.SMTP._get_socket

    def connect_here(self, host, port, timeout):
        if host not in ("127.0.0.1", "localhost") or port not in mail_ports:
            pytest.fail(f"A test tried to send mail through {host}:{port}.")
        return connect(self, host, port, timeout)

    monkeypatch.setattr(smtplib.SMTP, "_get_socket", connect_here)
    monkeypatch.setattr(smtplib.SMTP_SSL, "_get_socket", connect_here)


# No test is left out unseen ----------------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    return fail_the_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    return fail_the_skipped((yield))


def fail_the_skipped(report):
    """Where `CI` is `true`, a test that did not run is a failure, whatever its reason."""
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not accept: {report.longrepr}"
    return report

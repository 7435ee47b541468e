"""Databases that can be had in a moment, each test its own."""

import contextlib
import shutil
from urllib.parse import urlsplit

import huey
import psycopg
from playhouse.schema_diff import diff_models

from portal import rooms
from portal.core import db, filters, migrations, queue
from tests import postgres
from tests.servers import outgrown

NOT_KEPT = ("static", "portal.db*", "queue.db*")  # Of a story's folder.


class Databases:
    """Each test gets a copy of a database that was migrated once; and of what a story left there."""

    def __init__(self, folder):
        self.folder = folder  # Of the files that stories left.
        self.told = set()

    def tell(self, story, data, happen, *, after="bare"):
        """Let `happen(url)` once, and keep what it leaves as a beginning that tests can have."""
        if story in self.told:
            return
        with self.fresh(data, after) as url:
            happen(url)
            self._keep(url, story)
        shutil.copytree(data, self.folder / story, ignore=shutil.ignore_patterns(*NOT_KEPT))
        empty(data)
        self.told.add(story)

    @contextlib.contextmanager
    def fresh(self, data, story="bare"):
        if story in self.told:
            shutil.copytree(self.folder / story, data, dirs_exist_ok=True)
            outgrown.send_files(data)
        with self._copy(data, story) as url:
            yield url


class SqliteFiles(Databases):
    def __init__(self, folder):
        super().__init__(folder)
        build(f"sqlite:///{folder}/bare.db")

    @contextlib.contextmanager
    def empty(self, data):
        yield f"sqlite:///{data}/empty.db"

    @contextlib.contextmanager
    def _copy(self, data, story):
        shutil.copyfile(self.folder / f"{story}.db", data / "portal.db")
        yield f"sqlite:///{data}/portal.db"

    def _keep(self, url, story):
        shutil.copyfile(url.removeprefix("sqlite:///"), self.folder / f"{story}.db")


class PostgresDatabases(Databases):
    def __init__(self, folder, admin_url, worker):
        super().__init__(folder)
        self.admin_url, self.worker = admin_url, worker
        self.admin = psycopg.connect(admin_url, autocommit=True)
        url = self._url(self._create("bare", "template0"))
        build(url)
        huey.PostgresHuey(dsn=url).storage.close()  # Its tables, which each portal looks for.

    @contextlib.contextmanager
    def empty(self, data):
        with self._new("empty", "template0") as url:
            yield url

    @contextlib.contextmanager
    def _copy(self, data, story):
        with self._new(f"of_{data.name}", f"{self.worker}_{story}") as url:
            yield url

    def _keep(self, url, story):
        self._create(story, urlsplit(url).path.removeprefix("/"))

    @contextlib.contextmanager
    def _new(self, kind, template):
        name = self._create(kind, template)
        yield self._url(name)
        postgres.drop(self.admin, name)

    def _create(self, kind, template):
        name = f"{self.worker}_{kind}"
        postgres.create(self.admin, name, template=template)
        return name

    def _url(self, name):
        return self.admin_url.replace("///postgres?", f"///{name}?")


def empty(folder):
    """Remove what is in a folder; what its links lead to stays."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif not path.is_symlink():
            path.unlink()


def build(url):
    """Make the schema as an installation does, and leave no connection behind."""
    db.open_(url)
    migrations.up()
    if diff_models(db.handle.obj, rooms.ALL_MODELS):
        # A model has just been changed: test_migrations says so, the other tests go on.
        migrations.down(migrations.applied()[0])
        db.handle.obj.create_tables(rooms.ALL_MODELS)
    db.handle.obj.close()


@contextlib.contextmanager
def opened(url):
    first = db.open_(url)
    yield
    queue.uninstall()
    for database in (first, db.handle.obj):
        database.close()
    filters.READER.set(filters.Reader())

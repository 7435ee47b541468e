"""The installation that a command works on: what the environment's settings name."""

import fcntl
import os
from contextlib import contextmanager

import click

from portal import rooms, storage
from portal.access import late
from portal.core import db, migrations, queue
from portal.mail import message
from portal.settings import Settings

RUNNING = "running.lock"  # Held by whatever serves or works; restoring needs it alone.


@contextmanager
def opened(*, is_current=True):
    """Open everything but the web, give the settings, and close it afterwards.

    With `is_current`, refuse a database that waits for a migration.
    """
    settings = Settings.from_env()
    settings.data.mkdir(parents=True, exist_ok=True)
    db.open_(settings.database_url)
    storage.configure(settings)
    queue.install(settings)
    message.configure(settings)
    late.install(settings)
    try:
        if is_current and migrations.pending():
            raise click.ClickException("The database is behind this release. Run `portal migrate`.")
        yield settings
    finally:
        queue.uninstall()
        db.handle.obj.close()


@contextmanager
def running(settings, *, alone=False):
    """Say that the portal runs, for as long as this lasts; or that it must not."""
    handle = os.open(settings.data / RUNNING, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        what = "The portal is running here: stop it first." if alone else "A restore is going on."
        raise click.ClickException(what) from error
    finally:
        os.close(handle)


#: Reading the rooms registers their listeners; a command may write through any model.
TABLES = rooms.ALL_MODELS

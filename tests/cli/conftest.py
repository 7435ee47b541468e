"""The command as somebody would type it, on an installation of its own."""

import os
from types import SimpleNamespace

import pytest

from portal.cli import main
from portal.core import db, queue


@pytest.fixture
def environment(settings, database, monkeypatch):
    """The settings of this test, in the environment. Set another one with `monkeypatch.setenv`."""
    for name, value in names_of(settings).items():
        monkeypatch.setenv(name, value)
    mask = os.umask(0)
    yield monkeypatch
    os.umask(mask)
    queue.uninstall()
    db.handle.obj.close()


def names_of(settings):
    return {
        "PORT": str(settings.port),
        "PORTAL_DATA": str(settings.data),
        "PORTAL_SECRET_KEY": settings.secret_key,
        "PORTAL_BASE_URL": settings.base_url,
        "PORTAL_CONTENT_URL": settings.content_url,
        "DATABASE_URL": settings.database_url,
        "STORAGE_URL": settings.storage_url,
        "REDIS_URL": settings.redis_url,
        "MAIL_URL": settings.mail_url,
    }


@pytest.fixture
def portal(environment, capfd):
    """`portal("ledger", "verify")` runs the command; the answer has `code`, `out` and `err`."""

    def run(*arguments):
        capfd.readouterr()
        db.handle.obj.close()  # The command opens its own.
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return SimpleNamespace(code=end.value.code or 0, out=out, err=err)

    return run

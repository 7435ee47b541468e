"""Every setting: its name, its default, one line of help. Read once from the environment."""

import os
import secrets
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = {"127.0.0.1", "localhost", "::1"}

#: name -> (default as a reader would say it, help). The README's table is made of these.
SETTINGS = {
    "PORT": ("8000", "The port to listen on, for `make run` and `portal serve`."),
    "PORTAL_DATA": ("var/", "The folder that holds database, files, letters and keys."),
    "PORTAL_SECRET_KEY": (
        "made at first start, kept in PORTAL_DATA",
        "Signs cookies, links and codes.",
    ),
    "PORTAL_BASE_URL": ("http://127.0.0.1:PORT", "The address people type; links in mails use it."),
    "PORTAL_CONTENT_URL": (
        "http://localhost:PORT",
        "Another host name, on which uploaded files are served. Never the portal's own.",
    ),
    "DATABASE_URL": ("sqlite:///PORTAL_DATA/portal.db", "`sqlite:///path` or `postgresql://…`."),
    "STORAGE_URL": (
        "file:///PORTAL_DATA/files",
        "Where uploaded files are kept: `file:///path`, or `s3://bucket/prefix` with the usual `AWS_…`.",
    ),
    "REDIS_URL": ("none: jobs are kept in PORTAL_DATA", "Keeps the job queue in Redis instead."),
    "MAIL_URL": ("file:///PORTAL_DATA/mail", "`smtp://user:password@host:587` or `file:///path`."),
}


class SettingError(Exception):
    """A setting that cannot be used, in one sentence that says what to do."""


@dataclass(frozen=True)
class Settings:
    """Where this installation lives and what it talks to."""

    data: Path
    secret_key: str = field(repr=False)
    port: int
    base_url: str
    content_url: str
    database_url: str
    storage_url: str
    redis_url: str
    mail_url: str

    @classmethod
    def from_env(cls, env=None):
        """Return the settings of `env` (default: the process's environment).

        Raises SettingError with one sentence if a value cannot be used.
        """
        env = os.environ if env is None else env
        data = Path(env.get("PORTAL_DATA") or ROOT / "var").resolve()
        port = _port(env.get("PORT") or "8000")
        settings = cls(
            data=data,
            secret_key=env.get("PORTAL_SECRET_KEY") or _kept_secret(data),
            port=port,
            base_url=_origin("PORTAL_BASE_URL", env, f"http://127.0.0.1:{port}"),
            content_url=_origin("PORTAL_CONTENT_URL", env, f"http://localhost:{port}"),
            database_url=env.get("DATABASE_URL") or f"sqlite:///{data}/portal.db",
            storage_url=env.get("STORAGE_URL") or f"file://{data}/files",
            redis_url=env.get("REDIS_URL") or "",
            mail_url=env.get("MAIL_URL") or f"file://{data}/mail",
        )
        settings.check()
        return settings

    @property
    def is_https(self):
        return self.base_url.startswith("https://")

    @property
    def is_loopback(self):
        """True when only this machine can reach the portal; the demo exists only then."""
        return urlsplit(self.base_url).hostname in LOOPBACK

    @property
    def host(self):
        return urlsplit(self.base_url).netloc

    @property
    def content_host(self):
        return urlsplit(self.content_url).netloc

    def check(self):
        if urlsplit(self.base_url).hostname == urlsplit(self.content_url).hostname:
            raise SettingError(
                "PORTAL_CONTENT_URL must have another host name than PORTAL_BASE_URL, "
                "so that an uploaded file never sees the portal's cookies."
            )
        if self.redis_url and find_spec("redis") is None:
            raise SettingError(
                "REDIS_URL needs a package that is not installed. "
                "Run: .venv/bin/python -m pip install 'redis>=8,<9'"
            )
        for name, value, schemes in (
            ("DATABASE_URL", self.database_url, ("sqlite", "postgresql")),
            ("STORAGE_URL", self.storage_url, ("file", "s3")),
            ("MAIL_URL", self.mail_url, ("smtp", "smtps", "file")),
        ):
            if value.split(":", 1)[0] not in schemes:
                raise SettingError(
                    f"{name} must begin with {' or '.join(schemes)}:, "
                    f"not {value.split(':', 1)[0]!r}."  # The rest may hold a password.
                )


def _port(text):
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise SettingError(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _origin(name, env, default):
    value = (env.get(name) or default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path:
        raise SettingError(f"{name} must look like https://portal.example, not {value!r}.")
    return value


def _kept_secret(data):
    """Return the secret kept in `data`, making it at the first start."""
    path = data / "secret.key"
    data.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text()

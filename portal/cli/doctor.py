"""portal doctor: look at everything an installation stands on, a line each."""

import datetime as dt
import os
import shutil
import smtplib
import sqlite3
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click
import peewee

from portal import workshop
from portal.cli.installation import opened
from portal.core import clock, db, migrations
from portal.documents import key
from portal.documents.models import SealKey
from portal.ledger import promises
from portal.ledger.models import Head
from portal.mail.models import Letter, LetterStatus
from portal.mail.transports import Unreachable, open_transport
from portal.projects import erasures
from portal.projects.erasure import BACK
from portal.prototypes.models import Source, SourceStatus
from portal.search import indexing
from portal.search.models import Entry
from portal.signoff.models import Seal
from portal.storage import store
from portal.storage.models import Blob
from portal.studio.models import Studio

ROOM_BYTES = 1_000_000_000  # A day of uploads, and what the database needs to tidy up.
LATE = dt.timedelta(minutes=10)  # The sweep runs every minute.
PATIENT = dt.timedelta(hours=1)  # A set of large films in one go.
AHEAD = dt.timedelta(seconds=2)
EXCUSES = (OSError, peewee.PeeweeException, sqlite3.Error, smtplib.SMTPException)


class Ill(Exception):
    """Something is not as it should be. The message says what to do."""


@click.command()
def doctor():
    """Check settings, database, ledger, files, mail and clock. Exit code 0: all is well."""
    with opened(is_current=False) as settings:
        results = list(examine_all(settings))
    for name, is_well, words in results:
        click.echo(f"{'ok' if is_well else 'BAD'}\t{name}\t{words}")
    ill = [name for name, is_well, _words in results if not is_well]
    if ill:
        raise click.ClickException(f"Not well: {', '.join(ill)}. See the lines above.")


def examine_all(settings):
    """Yield name, whether it is well, and words. Without a schema the rest is not asked."""
    for name, check in CHECKS.items():
        result = examine(name, check, settings)
        yield result
        if check is schema and not result[1]:
            break


def examine(name, check, settings):
    try:
        return name, True, check(settings)
    except Ill as ill:
        return name, False, str(ill)
    except EXCUSES as error:
        return name, False, f"{' '.join(str(error).split()) or type(error).__name__}."


def address(settings):
    if not settings.is_https and not settings.is_loopback:
        raise Ill(f"{settings.base_url} is not encrypted. Set PORTAL_BASE_URL to https://….")
    return f"{settings.base_url}, files at {settings.content_url}"


def folder(settings):
    with tempfile.TemporaryFile(dir=settings.data):
        free = shutil.disk_usage(settings.data).free
    if free < ROOM_BYTES:
        raise Ill(f"Only {free // 1_000_000} MB are left in {settings.data}. Make room.")
    key = settings.data / "secret.key"
    if key.exists() and key.stat().st_mode & 0o077:
        raise Ill(f"Others can read {key}. Run: chmod 600 {key}")
    return f"{settings.data}, {free // 1_000_000_000} GB free"


def database(_settings):
    if db.is_sqlite():
        version = f"SQLite {sqlite3.sqlite_version}"
    else:
        version = db.handle.execute_sql("select version()").fetchone()[0].split(" (")[0]
    weak = promises.weak_settings()
    if weak:
        raise Ill(f"{', '.join(weak)}: a power cut could take back a decision. Switch it on.")
    return version


def schema(_settings):
    waiting = migrations.pending()
    if waiting:
        raise Ill(f"{len(waiting)} migrations wait. Run `portal migrate`.")
    return f"at {migrations.applied()[-1]}"


def ledger(_settings):
    missing = promises.missing_triggers()
    if missing:
        raise Ill(f"{', '.join(sorted(missing))} missing. Run `portal migrate`, or restore.")
    return f"{Head.select().count()} chains, protected; `portal ledger verify` checks them"


def erased(_settings):
    """No backup holds the list of erasures, and a restore cannot repeat what is not on it."""
    if erasures.returned():
        raise Ill(BACK)
    if erasures.missing():
        raise Ill(f"{erasures.path()} lacks who was erased. Run `portal migrate` to complete it.")
    return f"{len(erasures.listed())} listed in {erasures.path()}; a restore erases them again"


def files(_settings):
    hashes = [sha256 for (sha256,) in Blob.select(Blob.sha256).tuples()]
    missing = sorted(set(hashes) - set(store().hashes()))
    if missing:
        raise Ill(f"{len(missing)} files are missing, {missing[0]} for one. Restore a backup.")
    return f"{len(hashes)} files"


def uploads(_settings):
    """What strangers upload is opened in children; here one is asked what it can reach."""
    if not workshop.is_sealed():
        raise Ill("Uploads are opened with the network in reach. Run the worker on Linux.")
    late = (Source.status << (SourceStatus.WAITING, SourceStatus.WORKING)) & (
        Source.created_at < clock.now() - PATIENT
    )
    waiting = Source.select().where(late).count()
    if waiting:
        raise Ill(f"{waiting} uploads wait to be prepared. Is `portal worker` running?")
    return "opened without network; none waits"


def seal(_settings):
    """Receipts wait when the key is not here, and nobody sees it but whoever opens one."""
    late = Seal.late()
    if SealKey.current() is None:
        return "no key yet; it is made before the first receipt is sealed"
    try:
        used = key.take()
    except key.NoKey as missing:
        raise Ill(str(missing)) from missing
    if key.path().stat().st_mode & 0o077:
        raise Ill(f"Others can read {key.path()}. Run: chmod 600 {key.path()}")
    if late:
        raise Ill(f"{late} receipts could not be sealed. The worker's log says why.")
    if used.name != Studio.here().name:
        raise Ill(f"The seal names {used.name}. Run `portal seal renew` to name the studio anew.")
    return f"key {used.fingerprint}"


def mail(settings):
    parts = urlsplit(settings.mail_url)
    if parts.scheme == "file":
        path = Path(unquote(parts.path))
        path.mkdir(parents=True, exist_ok=True)
        if not os.access(path, os.W_OK):
            raise Ill(f"{path} cannot be written. Change its owner, or set MAIL_URL.")
        if not settings.is_loopback:
            raise Ill(f"Letters are only written to {path}. Set MAIL_URL to a mail server.")
        return f"files in {path}"
    try:
        open_transport(settings.mail_url).check()
    except Unreachable as error:
        words = f"{str(error).rstrip('.')}. Check MAIL_URL; letters wait until it answers."
        raise Ill(words) from error
    return f"{parts.hostname} answers"


def letters(_settings):
    late = (Letter.status == LetterStatus.WAITING) & (Letter.next_try_at < clock.now() - LATE)
    overdue = Letter.select().where(late).count()
    if overdue:
        raise Ill(f"{overdue} letters are overdue. Is `portal worker` running?")
    failed = Letter.select().where(Letter.status == LetterStatus.FAILED).count()
    return f"{failed} could not be sent, ever" if failed else "none is late"


def search(_settings):
    behind = indexing.behind()
    if behind:
        raise Ill(f"{behind} entries of the search are behind. Run `portal search rebuild`.")
    return f"{Entry.select().count()} entries, as what they are of"


def time(_settings):
    newest = Head.select(peewee.fn.MAX(Head.moved_at)).scalar()
    newest = newest and Head.moved_at.python_value(newest)
    if newest and newest > clock.now() + AHEAD:
        raise Ill(f"The ledger was written at {newest}, and it is not that late. Set the clock.")
    return clock.stamp(clock.now())


CHECKS = {
    "address": address,
    "folder": folder,
    "mail": mail,
    "database": database,
    "schema": schema,
    "ledger": ledger,
    "erasures": erased,
    "files": files,
    "uploads": uploads,
    "seal": seal,
    "letters": letters,
    "search": search,
    "clock": time,
}

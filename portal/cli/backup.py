"""portal backup, portal restore: everything an installation cannot make again, in one zip.

The database as it was at one moment, each file by its hash, the key that signs links and the one
of the studio's seal. What the zip holds is checked when it is written and again before anything
is put in its place. The list of erasures is in none: each restore keeps the one that is here.
"""

import hashlib
import json
import os
import tempfile
import zipfile
from pathlib import Path

import click

from portal.cli import dump
from portal.cli.installation import TABLES, opened, running
from portal.core import canonical, clock, db, migrations
from portal.documents import key
from portal.ledger.audit import audit
from portal.ledger.cli import report
from portal.ledger.export import Extent, pieces_of
from portal.projects import erasure
from portal.storage import store
from portal.storage.models import Blob
from portal.studio.upkeep import Deed, Upkeep

ABOUT, KEYS = "backup.json", ("secret.key", key.NAME)
FORMAT = "backup/1"
CHUNK_BYTES = 1024 * 1024
NO_BACKUP = "This is no backup: it has no readable backup.json. `portal backup` makes one."
ANY_SIZE = 2**63  # What is in a backup was accepted once.


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file):
    """Write the database, the files and the keys into one zip. The portal may be running."""
    if not file.resolve().parent.is_dir():
        raise click.ClickException(f"There is no folder {file.parent}. Make it, or choose another.")
    if file.exists():
        raise click.ClickException(f"{file} is there already. Choose another name.")
    handle, draft = tempfile.mkstemp(dir=file.resolve().parent, prefix=".backup-")
    draft = Path(draft)
    try:
        with os.fdopen(handle, "wb") as out, opened() as settings:
            sums = write(out, settings)
            Upkeep.note(Deed.BACKUP)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    click.echo(f"{file}\t{len(sums)} members\t{file.stat().st_size} bytes")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace what is here.")
def restore(file, force):
    """Put back what `portal backup` wrote, erase again who was erased since, check the ledger.

    Stop the portal first.
    """
    if not zipfile.is_zipfile(file):
        raise click.ClickException(NO_BACKUP)
    with opened(is_current=False) as settings, running(settings, alone=True):
        if not force:
            check_nothing_here(settings)
        with zipfile.ZipFile(file) as archive:
            read(archive, settings)
        for step in migrations.up():
            click.echo(f"applied\t{step}")
        if again := erasure.replay():
            click.echo(f"erased again\t{again} from the list of erasures")
        book = audit(Extent())
        click.echo(f"{file}\t{sum(map(len, book.chains.values()))} entries of the ledger")
        report(book)


def write(out, settings):
    """Write the zip and return the SHA-256 of each member."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        # The database first: whatever it names is in the store already, and stays there.
        sums = {dump.name(): add_database(archive, settings)}
        for name in KEYS:
            if (settings.data / name).exists():
                sums[name] = add(archive, name, [(settings.data / name).read_bytes()])
        sums |= add_files(archive)
        about = {"format": FORMAT, "made_at": clock.stamp(clock.now()), "sums": sums}
        add(archive, ABOUT, [canonical.dump(about).encode()])
    return sums


def read(archive, settings):
    """Put every member in its place, once all of them are known to be whole."""
    sums = checked(archive)
    if dump.name() not in sums:
        raise click.ClickException(
            f"This backup is of the other kind of database: it has no {dump.name()}."
            " Set DATABASE_URL to a database of the kind that it was made from."
        )
    for name in sums:
        if name.startswith("files/"):
            with archive.open(name) as member:
                store().put(member, ANY_SIZE)
    with tempfile.TemporaryDirectory(dir=settings.data) as folder:
        dump.read(settings.database_url, Path(archive.extract(dump.name(), folder)))
    for name in KEYS:
        if name in sums:
            write_key(settings.data / name, archive.read(name))


def add_database(archive, settings):
    with tempfile.TemporaryDirectory(dir=settings.data) as folder:
        path = Path(folder) / "database"
        dump.write(settings.database_url, path)
        with path.open("rb") as file:
            return add(archive, dump.name(), iter(lambda: file.read(CHUNK_BYTES), b""))


def add_files(archive):
    """Add every file that has a row. Raises ClickException if the store has lost or changed one."""
    sums = {}
    for (sha256,) in Blob.select(Blob.sha256).order_by(Blob.sha256).tuples():
        name = f"files/{sha256}"
        sums[name] = add(archive, name, pieces_of(sha256)) if store().exists(sha256) else ""
        if sums[name] != sha256:
            raise click.ClickException(
                f"The file {sha256} is missing or altered in the store. Put it back from an older"
                " backup; `portal ledger verify` says whether a signature depends on it."
            )
    return sums


def add(archive, name, pieces):
    """Write one member and return its SHA-256."""
    found = hashlib.sha256()
    with archive.open(name, "w", force_zip64=True) as member:
        for piece in pieces:
            found.update(piece)
            member.write(piece)
    return found.hexdigest()


def checked(archive):
    """Return the members' sums. Raises ClickException if it is no backup, or was altered."""
    try:
        about = json.loads(archive.read(ABOUT))
    except (KeyError, ValueError) as error:
        raise click.ClickException(NO_BACKUP) from error
    if about.get("format") != FORMAT:
        words = "This backup was made by a newer release. Install that release and restore there."
        raise click.ClickException(words)
    for name, expected in about["sums"].items():
        with archive.open(name) as member:
            found = hashlib.sha256()
            while piece := member.read(CHUNK_BYTES):
                found.update(piece)
        if found.hexdigest() != expected:
            words = f"{name} in this backup was altered or is damaged. Take another backup."
            raise click.ClickException(words)
    return about["sums"]


def check_nothing_here(settings):
    ours = {model._meta.table_name for model in TABLES}
    if ours & set(db.handle.obj.get_tables()):
        where = settings.data if db.is_sqlite() else "the database"
        words = f"There is an installation in {where}. Use an empty one, or --force to replace it."
        raise click.ClickException(words)


def write_key(path, text):
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        os.fchmod(handle, 0o600)  # One that was there keeps its mode otherwise.
        file.write(text)

"""The `portal` command: set up, serve, look after. Every failure is one line that says what to do.

A room's own commands stand in its `cli.py`; here they get the installation they work on.
"""

import os
import sqlite3
import sys
from copy import copy
from functools import wraps

import click
import peewee
import psycopg

from portal.cli import backup, doctor, people, serve
from portal.cli.installation import opened
from portal.core import migrations
from portal.core.errors import DomainError
from portal.documents.cli import seal
from portal.ledger.cli import ledger
from portal.ledger.promises import Unsafe
from portal.projects import erasure
from portal.projects.cli import person
from portal.search import indexing
from portal.search.cli import search
from portal.settings import SettingError

SAYS_WHAT_TO_DO = (SettingError, DomainError, Unsafe)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--trace", is_flag=True, help="After a failure, show where in the code it was.")
def portal(trace):
    """Countersign: the client portal. Settings come from the environment; see the README."""


@click.command()
def migrate():
    """Bring the database to this release. Again is fine."""
    with opened(is_current=False):
        done = migrations.up()
        entries = indexing.fill_if_empty()
        again = erasure.replay()
    for name in done:
        click.echo(f"applied\t{name}")
    if entries:
        click.echo(f"indexed\t{entries} entries for the search")
    if again:
        click.echo(f"erased again\t{again} from the list of erasures")
    if not done and not again:
        click.echo("Nothing to do: the database is at this release.", err=True)


def on_installation(command):
    """Return a room's command that finds the database open."""
    command, work = copy(command), command.callback

    @wraps(work)
    def run(*arguments, **options):
        with opened():
            return work(*arguments, **options)

    command.callback = run
    return command


COMMANDS = (
    backup.backup,
    backup.restore,
    doctor.doctor,
    migrate,
    people.demo,
    people.user,
    serve.serve,
    serve.worker,
    *(
        click.Group(room.name, list(map(on_installation, room.commands.values())), help=room.help)
        for room in (ledger, person, seal, search)
    ),
)
for one in COMMANDS:
    portal.add_command(one)


def main(arguments=None):
    """Run one command and end the process with its exit code."""
    os.umask(0o077)  # What we write is about clients; nobody else on this machine reads it.
    try:
        code = portal.main(arguments, prog_name="portal", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        code = 0
    except (click.Abort, KeyboardInterrupt):
        code = fail("Stopped.", 130)
    except Exception as error:
        if "--trace" in (arguments or sys.argv):
            raise
        code = fail(words_for(error))
    sys.exit(code if isinstance(code, int) else 0)


def fail(words, code=1):
    click.echo(f"portal: {' '.join(words.split())}", err=True)
    return code


def words_for(error):
    """Return what happened and what to do about it."""
    if isinstance(error, click.UsageError):
        command = error.ctx.command_path if error.ctx else "portal"
        return f"{error.format_message()} Try `{command} --help`."
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, SAYS_WHAT_TO_DO):
        return str(error)
    if isinstance(error, peewee.DatabaseError | sqlite3.Error | psycopg.Error):
        return f"The database refused: {error}. Check DATABASE_URL; `portal doctor` says more."
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}. Check the path and who may use it."
    name = type(error).__name__
    return f"{name}: {error}. This is a fault of ours: `portal --trace …` shows where it is."

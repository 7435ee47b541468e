"""portal ledger …: check the chains, and hand them out."""

from pathlib import Path

import click

from portal.ledger import audit, export
from portal.ledger.export import Audience, Extent
from portal.studio.upkeep import Deed, Upkeep

ledger = click.Group("ledger", help="Check the ledger, or hand it out.")
of_project = click.option("--project", metavar="SLUG", help="Only this project. Default: all.")


@ledger.command("verify")
@of_project
def verify(project):
    """Check every entry, and everything that entries point to."""
    book = audit.audit(Extent(project))
    for name, hashes in book.chains.items():
        is_whole = not any(_is_about(name, words) for words in book.wrong)
        click.echo(f"{name}\t{_count(len(hashes))}\t{'whole' if is_whole else 'BROKEN'}")
    if project is None:
        Upkeep.note(Deed.VERIFY, is_well=not book.wrong)
    report(book)


@ledger.command("export")
@of_project
@click.option("--audience", type=click.Choice([str(one) for one in Audience]), default="studio")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
def export_(project, audience, output):
    """Write one zip that `verify.py`, which is in it, can check alone."""
    audience = Audience(audience)
    names = [name for name in ("ledger", project, audience) if name]
    output = output or Path("-".join(names) + ".zip")
    book = export.write(output, Extent(project, audience))
    click.echo(f"{output}\t{_count(sum(map(len, book.chains.values())))}")
    report(book)


def _count(number):
    return f"{number} {'entry' if number == 1 else 'entries'}"


def _is_about(chain, words):
    """Answer whether a complaint, `harbour/12: …` or `harbour: …`, is about this chain."""
    where = words.partition(":")[0]
    return chain in (where, where.rpartition("/")[0])


def report(book):
    """Print what is wrong, and end with exit code 1 if anything is."""
    for words in book.unchecked:
        click.echo(f"not checked\t{words}")
    for words in book.wrong:
        click.echo(f"wrong\t{words}")
    count = len(book.wrong)
    if count:
        where = "This is evidence: keep a copy of the database before anything else."
        raise click.ClickException(f"{count} things are wrong with the ledger. {where}")

"""portal search …: the index that searches read."""

import click

from portal.search import indexing

search = click.Group("search", help="The index that searches read.")


@search.command("rebuild")
def rebuild():
    """Make the whole index again, of what is there. The portal may be running."""
    click.echo(f"{indexing.rebuild()} entries")

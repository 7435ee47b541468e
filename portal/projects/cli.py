"""portal person …: what is kept about one, and letting go of it."""

import click

from portal.access.models import User
from portal.core.errors import DomainError
from portal.ledger.models import SYSTEM
from portal.projects import erasure

person = click.Group("person", help="The people who are known here.")


@person.command("erase")
@click.argument("email")
@click.option("--dry-run", is_flag=True, help="Say what would go and what would stay, then stop.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(email, dry_run, yes):
    """Erase what is kept about a person. What they signed stays as long as the law asks."""
    user = User.get_or_none(User.email == email.strip().lower())
    if user is None:
        raise DomainError("Nobody here has that address. Look on the page of the people.")
    for one in erasure.plan(user):
        click.echo(f"{'stays' if one.why else 'goes'}\t{one.count}\t{one.what}\t{one.why}")
    if dry_run:
        click.echo("Nothing was erased (dry run).", err=True)
        return
    if not yes:
        click.confirm(f"Erase {user.name}? Nothing brings it back", abort=True, err=True)
    erasure.erase(user, by=SYSTEM)
    click.echo("Erased. The ledger holds one entry for each record that is gone.", err=True)

"""portal seal …: the key that receipts are sealed with."""

import click

from portal.documents import key
from portal.documents.models import SealKey

seal = click.Group("seal", help="The key that receipts are sealed with.")


@seal.command("show")
def show():
    """List every key of the seal, the one in use first."""
    for one in SealKey.select().order_by(SealKey.id.desc()):
        click.echo(f"{one.fingerprint}\t{one.name}\t{one.made_at:%Y-%m-%d}")


@seal.command("renew")
def renew():
    """Make another key and use it from now on. What was sealed stays good."""
    made = key.renew()
    click.echo(f"{made.fingerprint}\t{made.name}")
    click.echo(
        "Tell your clients its fingerprint. The old key is beside it in PORTAL_DATA.", err=True
    )

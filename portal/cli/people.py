"""portal user …, portal demo: who is there at the beginning."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import click

from portal import demo as story
from portal.access.models import User
from portal.access.permissions import HouseRole
from portal.cli.installation import opened
from portal.demo.people import ACCOUNTS, PASSWORD
from portal.ledger.models import SYSTEM

user = click.Group("user", help="The people of the studio.")


@user.command("add")
@click.argument("email")
@click.argument("name")
@click.option("--role", type=click.Choice([str(role) for role in HouseRole]), required=True)
def add(email, name, role):
    """Add a person of the studio, the first admin for one, and say how they get in.

    Client people are added on their project's page, by its producer.
    """
    with opened() as settings:
        person = User.enrol(email=email, name=name, house_role=HouseRole(role), by=SYSTEM)
        click.echo(f"{person.email}\t{person.house_role}")
        click.echo(how_to_sign_in(settings, person), err=True)


def how_to_sign_in(settings, person):
    words = (
        f"{person.first_name} opens {settings.base_url}/sign-in, types the address, leaves the"
        " password empty, and is mailed a code."
    )
    parts = urlsplit(settings.mail_url)
    if parts.scheme == "file":
        words += f" Letters are files in {Path(unquote(parts.path))} until MAIL_URL is set."
    return words


@click.command()
@click.option("--if-empty", is_flag=True, help="Do nothing once anybody is known here.")
def demo(if_empty):
    """Load the demo studio: made-up people with a known password, on this machine only."""
    with opened() as settings:
        if not if_empty or story.is_empty():
            is_new = story.load(settings)
            click.echo(f"The demo studio is {'loaded' if is_new else 'here already'}.", err=True)
            click.echo("\n".join(accounts()))


def accounts():
    """Return a line for each account of the demo that is here, with its password."""
    here = [email for email in ACCOUNTS if User.by_email(email)]
    return [f"{email}\t{PASSWORD}\t{ACCOUNTS[email]}" for email in here]

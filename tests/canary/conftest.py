"""The story, told once for each process, and whoever is outside the studio."""

import re
from functools import partial

import pytest
import time_machine

from portal.access.models import Membership, User
from portal.ledger.models import Event
from tests.canary import columns, crawler, story
from tests.canary.test_columns import fields
from tests.conftest import LETTERS, enter, read_letter

PRINTS = str(story.CLIENT_ROLES[0])  # Who looks at papers: all of them see the same.
READERS = (
    *map(str, story.CLIENT_ROLES),
    "on another project",
    "of another client",
    "removed",
    "nobody",
    "seen as client",
)


@pytest.fixture
def beginning(request, beginning, databases, data, port):
    if "world" not in request.fixturenames:
        return beginning
    databases.tell("cast", data, enter)
    databases.tell("canary", data, partial(story.tell, data, port), after="cast")
    return "canary"


@pytest.fixture
def world(beginning, app):
    """The project `harbour` as the story leaves it, on that afternoon."""
    with time_machine.travel(story.NOW, tick=False):
        yield story.World()


@pytest.fixture(params=READERS)
def reader(request, world, as_, settings):
    """Each kind of person outside the studio, in a browser: a Crawler."""
    user = person(world, request.param)
    browser = as_(user)
    if request.param == "seen as client":
        seen = Membership.get(project=world.project, user=world.member(story.CLIENT_ROLES[0]))
        browser.post(f"/projects/harbour/people/{seen.id}/view")
    found = crawler.Crawler(browser, settings, prints=request.param == PRINTS)
    found.user, found.name = user, request.param
    return found


def person(world, name):
    others = {
        "on another project": "pia",
        "of another client": "otto",
        "removed": "rex",
        "seen as client": "sam",
    }
    if name == "nobody":
        return None
    return getattr(world, others[name]) if name in others else world.member(name)


@pytest.fixture
def outside(world, settings):
    """`outside()` returns the letters to people outside the studio, by the name of their file."""
    studio = {user.email for user in User.select() if user.is_studio}

    def letters():
        paths = sorted((settings.data / LETTERS).glob("*.eml"))
        found = {path.name: read_letter(path) for path in paths}
        return {name: mail for name, mail in found.items() if address_of(mail) not in studio}

    return letters


def address_of(mail):
    return mail["To"].addresses[0].addr_spec


@pytest.fixture
def beginnings(app, world, outside, settings):
    """`beginnings(user)`: every address, and where their letters lead; nobody holds all letters."""

    def found(user):
        mails = [one for one in outside().values() if user is None or address_of(one) == user.email]
        bodies = [one.get_body(("plain",)).get_content() for one in mails]
        links = re.findall(rf"{settings.base_url}(/[^\s<>]*)", "\n".join(bodies))
        slugs = [one.project.slug for one in user.memberships] if user else []
        return {*crawler.addresses(app, *slugs), *(link.partition("#")[0] for link in links)}

    return found


@pytest.fixture
def secrets(world):
    """What stands in columns that nobody reads, and the hashes of the studio's own facts."""
    found = {
        row[0] for _, model, field in fields(columns.SECRET) for row in model.select(field).tuples()
    }
    own = Event.select(Event.hash).where(Event.is_internal)
    return {one for one in found if one} | {event.hash for event in own}

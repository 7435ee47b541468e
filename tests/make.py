"""Plain functions that make one thing each."""

from portal.access.models import User
from portal.access.permissions import HouseRole
from portal.ledger.models import SYSTEM
from portal.projects.models import Client, Project


def user(name, *, client=None, house_role=None, **fields):
    email = fields.pop("email", f"{name.lower().replace(' ', '.')}@demo.test")
    return User.enrol(
        email=email, name=name, by=SYSTEM, client=client, house_role=house_role, **fields
    )


def producer(name="Sam"):
    return user(name, house_role=HouseRole.PRODUCER)


def client(name="Harbour Museum", **fields):
    return Client.add(by=SYSTEM, name=name, **fields)


def project(slug="harbour", *, by, client, currency="EUR", **fields):
    name = fields.pop("name", slug.title())
    return Project.start(by=by, client=client, name=name, slug=slug, currency=currency, **fields)


def member(user, project, role, *, by=SYSTEM):
    return project.add_member(user, role, by=by, invite=False)

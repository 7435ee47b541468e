"""Client: a company. Project: one engagement for one client, in one currency."""

import re
import unicodedata
from contextlib import contextmanager
from enum import StrEnum

import peewee

from portal.access.models import Invitation, Membership, User
from portal.access.permissions import Role
from portal.core import clock, db
from portal.core.errors import Conflict, DomainError
from portal.core.fields import EnumField, LineField, ProseField, UTCDateTimeField, line
from portal.ledger.models import INSTANCE_CHAIN, listen, record
from portal.ledger.verbs import Verb
from portal.projects import hooks

CURRENCIES = ("EUR", "CHF", "GBP", "USD", "DKK", "NOK", "SEK", "PLN", "CZK", "JPY", "KWD")

#: `/projects/new` is a page, and a chain of the ledger is named after its project.
RESERVED_SLUGS = {"new", INSTANCE_CHAIN}


class ClientKind(StrEnum):
    EXTERNAL = "external"  # Pays from outside.
    INTERNAL = "internal"  # Another department of the studio's own house.


class Health(StrEnum):
    ON_TRACK = "ontrack"
    AT_RISK = "risk"
    LATE = "late"


class Client(db.Model):
    """A company that decides and pays."""

    name = LineField()
    kind = EnumField(ClientKind, default=ClientKind.EXTERNAL)
    legal_name = LineField(default="")
    address = ProseField(default="")
    tax_number = LineField(default="")
    created_at = UTCDateTimeField(default=clock.now)

    @classmethod
    def add(cls, *, by, name, **fields):
        if not line(name):
            raise DomainError("Write the client's name.")
        with db.change():
            client = cls.create(name=name, **fields)
            record(Verb.CLIENT_CREATED, client, by=by)
        return client

    def describe(self, *, name, **fields):
        """Change the facts about the company; its projects show them."""
        if not line(name):
            raise DomainError("Write the client's name.")
        with db.change():
            for field, value in {"name": name, **fields}.items():
                setattr(self, field, value)
            self.save()
            for project in self.projects.order_by(Project.id):
                project.revise(is_internal=False)


class Project(db.Model):
    """One engagement. Its slug never changes: it names the project in links and in the ledger.

    The two revisions rise in every transaction that changes what that audience sees; the ETag
    of a project's page is made of them.
    """

    client = peewee.ForeignKeyField(Client, backref="projects")
    slug = peewee.CharField(unique=True, max_length=60)
    name = LineField()
    summary = ProseField(default="")
    currency = peewee.CharField(max_length=3)
    phase = LineField(default="")
    health = EnumField(Health, default=Health.ON_TRACK)
    health_note = LineField(default="")
    starts_on = peewee.DateField(null=True)
    launch_on = peewee.DateField(null=True)
    next_on = peewee.DateField(null=True)
    next_what = LineField(default="")
    client_revision = peewee.BigIntegerField(default=0)
    internal_revision = peewee.BigIntegerField(default=0)
    created_at = UTCDateTimeField(default=clock.now)
    closed_at = UTCDateTimeField(null=True)

    @classmethod
    def start(cls, *, by, client, name, currency, slug=None, **fields):
        """Open a project, with the person who opens it as its producer."""
        if currency not in CURRENCIES:
            raise DomainError(f"{currency} is not a currency we count in.")
        if not line(name):
            raise DomainError("Write the project's name.")
        with db.change():
            slug = slug or cls.free_slug(name)
            project = cls.create(client=client, name=name, slug=slug, currency=currency, **fields)
            Membership.create(user=by, project=project, role=Role.PRODUCER)
            record(Verb.PROJECT_CREATED, project, by=by, currency=currency)
        return project

    @classmethod
    def start_with_client(cls, client_name, *, by, **fields):
        """Open a project for a client that is new too: both, or neither."""
        with db.change():
            return cls.start(by=by, client=Client.add(by=by, name=client_name), **fields)

    @classmethod
    def free_slug(cls, name):
        """Return a slug for `name` that no project has yet."""
        ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        slug = re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-")[:50] or "project"
        taken = {row.slug for row in cls.select(cls.slug).where(cls.slug.startswith(slug))}
        if slug not in taken | RESERVED_SLUGS:
            return slug
        return next(f"{slug}-{n}" for n in range(2, 10_000) if f"{slug}-{n}" not in taken)

    @property
    def project(self):
        return self

    @contextmanager
    def change(self):
        """One transaction on this project. Its lock is the first, so nobody waits in a circle."""
        with db.change():
            yield db.lock(self)

    def describe(self, *, by, **facts):
        """Change what is said of the project: name, phase, health, dates.

        The launch can be set while there is none; from then on signed decisions move it.
        """
        if not line(facts.get("name", self.name)):
            raise DomainError("Write the project's name.")
        with self.change() as project:
            changed = sorted(name for name in facts if facts[name] != getattr(project, name))
            if "launch_on" in changed and project.launch_on:
                raise DomainError("The launch is set. A change request moves it.")
            for name in changed:
                setattr(project, name, facts[name])
            if changed:
                project.save()
                record(
                    Verb.PROJECT_DESCRIBED,
                    project,
                    by=by,
                    changed=changed,
                    health=str(project.health),
                )

    def close(self, *, by):
        """Put it among the closed ones. Everybody on it can still read it."""
        self._set_closed(clock.now(), Verb.PROJECT_CLOSED, by)

    def reopen(self, *, by):
        self._set_closed(None, Verb.PROJECT_REOPENED, by)

    def _set_closed(self, at, verb, by):
        with self.change() as project:
            if bool(project.closed_at) == bool(at):
                raise Conflict("Somebody else did that a moment ago.")
            project.closed_at = at
            project.save()
            record(verb, project, by=by)

    def revise(self, *, is_internal):
        """Note that what this audience sees has changed, where no fact says so."""
        self.count_revision(is_internal=is_internal)
        hooks.revised(self, is_internal=is_internal)

    def count_revision(self, *, is_internal):
        """Raise what pages of this audience depend on. The studio sees what the client sees."""
        columns = {Project.internal_revision: Project.internal_revision + 1}
        if not is_internal:
            columns[Project.client_revision] = Project.client_revision + 1
        Project.update(columns).where(Project.id == self.id).execute()

    def next_number(self, model):
        """Return the next number of `model` in this project. Call it inside `change()`."""
        last = model.select(peewee.fn.MAX(model.number)).where(model.project == self).scalar()
        return (last or 0) + 1

    def add_member(self, user, role, *, by, invite=True):
        """Let a person in, and invite them by mail."""
        if user.is_studio != role.is_studio:
            raise DomainError(f"{user.name} cannot be {role} here.")
        if not user.is_studio and user.client_id != self.client_id:
            raise DomainError(f"{user.name} belongs to another client.")
        with self.change():
            if Membership.get_or_none(project=self, user=user):
                raise Conflict(f"{user.name} is already on this project.")
            member = Membership.create(user=user, project=self, role=role)
            record(Verb.MEMBER_ADDED, self, by=by, person=user.identity, role=str(role))
            if invite:
                Invitation.send(user, by=by, project=self)
        return member

    def enrol_member(self, role, *, by, **person):
        """Let in somebody of the client whom nobody here knows yet, and invite them by mail."""
        with self.change():
            user = User.enrol(by=by, client=self.client, **person)
            return self.add_member(user, role, by=by)

    def remove_member(self, member, *, by):
        """Take a person off the project; from the next request on it is not there for them."""
        if member.user_id == by.id:
            raise DomainError("Somebody else has to take you off the project.")
        with self.change():
            if not member.delete_instance():
                raise Conflict("Somebody else took this person off the project already.")
            Invitation.update(revoked_at=clock.now()).where(
                Invitation.user == member.user_id,
                Invitation.project == self,
                Invitation.revoked_at.is_null(),
            ).execute()
            record(Verb.MEMBER_REMOVED, self, by=by, person=member.user.identity)
            hooks.left(self)

    def change_role(self, member, role, *, by):
        """Give a member another part; it counts from the next request on.

        Whoever decides no longer leaves open seats to others: `signoff.asking.succession`.
        """
        if member.user_id == by.id:
            raise DomainError("Somebody else has to change your part in the project.")
        if member.user.is_studio != role.is_studio:
            raise DomainError(f"{member.user.name} cannot be {role} here.")
        with self.change():
            was = member.role
            if role == was:
                raise DomainError(f"{member.user.name} is {role} already.")
            member.move("role", was=was, to=role)
            person = member.user.identity
            record(Verb.MEMBER_CHANGED, self, by=by, person=person, was=str(was), role=str(role))
            hooks.left(self)

    def invite_again(self, user, *, by):
        """Mail a person another invitation. Earlier ones stay good until their own day."""
        with self.change():
            return Invitation.send(user, by=by, project=self)

    def revoke_invitation(self, invitation):
        """Let a link lead nowhere any more. The person stays on the project."""
        with self.change() as project:
            invitation.revoke()
            project.revise(is_internal=True)

    def people(self, *roles):
        """Return the project's people with these roles (default: all), in the order they came."""
        query = (
            User.select(User, Membership.role)
            .join(Membership)
            .where(Membership.project == self, User.disabled_at.is_null())
        )
        if roles:
            query = query.where(Membership.role.in_(roles))
        return list(query.order_by(Membership.id))


@listen
def raise_revision(event):
    """Every fact changes what somebody sees."""
    if event.project_id is not None:
        Project(id=event.project_id).count_revision(is_internal=event.is_internal)

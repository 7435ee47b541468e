"""User: one person. Membership: what they are on one project."""

from functools import cache

import peewee
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from email_validator import EmailNotValidError, validate_email
from peewee import SQL

from portal.access.permissions import HouseRole, Role
from portal.core import clock, db
from portal.core.errors import Conflict, DomainError
from portal.core.fields import EnumField, LineField, UTCDateTimeField, line
from portal.core.read import Read
from portal.ledger.models import Identity, record
from portal.ledger.verbs import Verb

PASSWORD_CHARACTERS = 12  # NIST 800-63B asks for 8 at least; clients sign contracts here.
THEMES = ("auto", "light", "dark")
TOLD = ("name", "title", "phone")  # What others see of a person; a change of it is on record.

_hasher = PasswordHasher()
_nobody = _hasher.hash("the password of nobody")  # So that an unknown address costs the same time.


class User(db.Model):
    """A person of the studio (with a house role) or of one client (with a client), never both."""

    email = peewee.CharField(unique=True)
    name = LineField()
    title = LineField(default="")  # "head of digital"
    phone = LineField(default="")
    client = peewee.DeferredForeignKey("Client", null=True, backref="people")
    house_role = EnumField(HouseRole, null=True)
    password_hash = peewee.CharField(null=True)
    identity = peewee.CharField(max_length=64)
    theme = peewee.CharField(default="auto")
    zone = peewee.CharField(default="Europe/Amsterdam")
    locale = peewee.CharField(default="en")
    created_at = UTCDateTimeField(default=clock.now)
    disabled_at = UTCDateTimeField(null=True)
    erased_at = UTCDateTimeField(null=True)

    @classmethod
    def enrol(cls, *, email, name, by, client=None, house_role=None, **fields):
        """Add a person, of a client or of the studio. Raises DomainError for a bad address."""
        if (client is None) == (house_role is None):
            raise ValueError("a person is either of a client or of the studio")
        email, name = clean_email(email), line(name)
        if not name:
            raise DomainError("Write the person's name.")
        with db.change():
            cls.want(email)
            if cls.select().where(cls.email == email).exists():
                raise DomainError(f"{email} is already known here.")
            identity = Identity.commit(name=name, email=email)
            user = cls.create(
                email=email,
                name=name,
                client=client,
                house_role=house_role,
                identity=identity,
                **fields,
            )
            Identity.update(user_id=user.id).where(Identity.commitment == identity).execute()
            record(Verb.PERSON_CREATED, user, by=by or user, person=identity)
        return user

    @classmethod
    def want(cls, email):
        """Let only one at a time take an address, until its transaction ends."""
        db.queue_up(f"address:{email}")

    @classmethod
    def by_email(cls, email):
        return cls.get_or_none(cls.email == email.strip().lower(), cls.disabled_at.is_null())

    @property
    def is_studio(self):
        return self.house_role is not None

    @property
    def first_name(self):
        return self.name.split()[0]

    @property
    def initials(self):
        words = [word for word in self.name.split() if word[0].isupper()] or self.name.split()
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()

    def may(self, permission):
        """Answer for pages that belong to no project."""
        return self.house_role is not None and self.house_role.may(permission)

    def set_password(self, password):
        check_password(password, self)
        self.password_hash = _hasher.hash(password)
        self.save()

    def has_password(self, password):
        """Answer whether `password` is right, in the same time whether or not there is one."""
        try:
            _hasher.verify(self.password_hash or _nobody, password)
        except VerificationError:
            return False
        return self.password_hash is not None

    def describe(self, *, name, by=None, **fields):
        """Change what is known about the person. A new name is a new identity record.

        Whoever shares a project with them sees it there. `by`: another than the person.
        """
        name = line(name)
        if not name:
            raise DomainError("Write the person's name.")
        facts = {"name": name, **fields}
        with db.change():
            self.hold()
            told = [one for one in TOLD if one in facts and facts[one] != getattr(self, one)]
            for field, value in facts.items():
                setattr(self, field, value)
            if "name" in told:
                self.identity = self.commit_identity()
            self.save()
            if told:
                facts = {"person": self.identity, "changed": told}
                record(Verb.PERSON_DESCRIBED, self, by=by or self, **facts)
            self.revise_projects()

    def hold(self):
        """Be who the person is now, and stay so until the transaction ends.

        Their projects are held before them, as by whatever disables or erases people. Raises
        Conflict once the person is erased: nothing is kept about them again.
        """
        db.queue_up("people")
        for membership in self.memberships.order_by(Membership.project):
            db.lock(membership.project)
        self.__data__.update(db.lock(self).__data__)
        if self.erased_at:
            raise Conflict("What was kept about this person was erased.")

    def check_ways_in(self):
        """Hold the row. Raises Conflict if address or password are others than when it was read.

        To check a password takes a while, in which its owner may have shut somebody out.
        """
        now = db.lock(self)
        ways = [(one.email, one.password_hash, one.disabled_at) for one in (self, now)]
        if ways[0] != ways[1]:
            raise Conflict("Your address or password changed a moment ago. Sign in again.")

    def commit_identity(self):
        """Return the commitment to who the person is now; `save()` keeps it."""
        return Identity.commit(self.id, name=self.name, email=self.email)

    def revise_projects(self):
        """Whoever shares a project with them sees there what has changed."""
        for membership in self.memberships.order_by(Membership.project):
            membership.project.revise(is_internal=False)

    def live_sessions(self):
        return list(self.sessions.where(SQL("ended_at is null")).order_by(SQL("last_used_at desc")))

    def end_other_sessions(self, kept=None):
        """Sign them out everywhere but in the session `kept`."""
        for session in self.live_sessions():
            if kept is None or session.id != kept.id:
                session.end()

    @staticmethod
    def waste_a_check(password):
        """Take as long as a wrong password does, for an address we do not know."""
        try:
            _hasher.verify(_nobody, password)
        except VerificationError:
            return


class Membership(db.Model):
    """What one person is on one project. Without it a project does not exist for them."""

    user = peewee.ForeignKeyField(User, backref="memberships", on_delete="CASCADE")
    project = peewee.DeferredForeignKey("Project", backref="memberships", on_delete="CASCADE")
    role = EnumField(Role)
    created_at = UTCDateTimeField(default=clock.now)
    reads = peewee.BigIntegerField(default=0)  # Rises with whatever they read: their pages' tag.

    class Meta:
        indexes = ((("project", "user"), True),)

    @classmethod
    def of(cls, user, slug):
        """Return this person's membership of the project with that slug, or None."""
        found = Membership._read().one(user=user.id, slug=slug)
        if found is None:
            return None
        membership, membership.project, membership.project.client = found
        membership.user = user
        return membership

    @staticmethod
    @cache
    def _read():
        # Project stands above this room; the foreign key knows it once it is there.
        project = Membership._meta.fields["project"].rel_model
        client = project._meta.fields["client"].rel_model
        return Read(
            """select {m}, {p}, {c} from membership m join project p on p.id = m.project_id
               join client c on c.id = p.client_id
               where m.user_id = :user and p.slug = :slug""",
            models={"m": Membership, "p": project, "c": client},
        )


def clean_email(email):
    """Return the address as we keep it. Raises DomainError with what is wrong with it."""
    try:
        found = validate_email(email.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as wrong:
        raise DomainError(str(wrong)) from None
    return found.normalized.lower()


def check_password(password, user):
    """Raise DomainError unless the password is long enough and not the person's own address."""
    if len(password) < PASSWORD_CHARACTERS:
        raise DomainError(f"Take at least {PASSWORD_CHARACTERS} characters; a sentence is fine.")
    if len(password) > 128:
        raise DomainError("Take at most 128 characters.")
    if password.lower() in {user.email, user.name.lower()} or len(set(password)) < 4:
        raise DomainError("That is too easy to guess. Three unrelated words are better.")

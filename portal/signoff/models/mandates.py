"""Mandate: what one person may decide alone on one project. The newest one counts."""

import peewee

from portal.access.models import Membership, User
from portal.access.permissions import Permission, Role
from portal.core import clock, db
from portal.core.errors import DomainError, Forbidden
from portal.core.fields import JSONTextField, UTCDateTimeField
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.projects.models import Project
from portal.signoff.subject import SUBJECTS


class Mandate(db.Model):
    """Which kinds of decision, and how much money. Earlier ones are kept; none means no limit."""

    project = peewee.ForeignKeyField(Project, backref="mandates")
    number = peewee.IntegerField()
    user = peewee.ForeignKeyField(User)
    kinds = JSONTextField()  # Of subjects; none named: every kind.
    decision_limit_minor = peewee.BigIntegerField(null=True)  # For one decision.
    project_limit_minor = peewee.BigIntegerField(null=True)  # For all of them together.
    set_by = peewee.ForeignKeyField(User)
    set_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("project", "number"), True), (("project", "user"), False))

    @classmethod
    def set(cls, member, *, by, kinds=(), decision_limit_minor=None, project_limit_minor=None):
        """Say from now on what a member may decide alone. Returns the Mandate.

        `by` is a producer of the project or the client's sponsor. Raises DomainError for whoever
        has none: a sponsor decides anything, a reviewer nothing.
        """
        if member.role != Role.APPROVER:
            raise DomainError("Only an approver has a mandate. A sponsor decides anything.")
        if not set(kinds) <= set(SUBJECTS):
            raise DomainError("Nothing here is called so.")
        limits = {"decision": decision_limit_minor, "project": project_limit_minor}
        if any(minor is not None and minor < 0 for minor in limits.values()):
            raise DomainError("A limit is not below zero.")
        with member.project.change() as project:
            check_may(by, project, Permission.MANDATE_WRITE)
            mandate = cls.create(
                project=project,
                number=project.next_number(cls),
                user=member.user,
                kinds=sorted(kinds),
                decision_limit_minor=decision_limit_minor,
                project_limit_minor=project_limit_minor,
                set_by=by,
            )
            facts = {f"{name}_limit": mandate.amount(minor) for name, minor in limits.items()}
            person = member.user.identity
            record(Verb.MANDATE_SET, mandate, by=by, person=person, kinds=mandate.kinds, **facts)
        return mandate

    @classmethod
    def of(cls, project, user):
        """Return everything this person was ever given, the newest first."""
        mine = (cls.project == project, cls.user == user)
        query = cls.select(cls, User).join(User, on=cls.set_by)
        return list(query.where(*mine).order_by(cls.id.desc()))

    @property
    def is_limited(self):
        limits = (self.decision_limit_minor, self.project_limit_minor)
        return bool(self.kinds) or any(minor is not None for minor in limits)

    def amount(self, minor):
        return None if minor is None else {"minor": minor, "currency": self.project.currency}


def check_may(by, project, permission):
    """Raise Forbidden unless this person, now, has that right on the project."""
    membership = Membership.of(by, project.slug)
    if membership is None or not membership.role.may(permission):
        raise Forbidden("You can read this, but somebody else changes it.")

"""StandIn: who answers for somebody for a time, within the mandate of the person replaced."""

import peewee

from portal.access.models import Membership, User
from portal.access.permissions import Permission, Role
from portal.core import clock, dates, db
from portal.core.errors import Conflict, DomainError, Forbidden
from portal.core.fields import UTCDateTimeField
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.projects.models import Project
from portal.signoff.models.mandates import check_may
from portal.studio.models import Studio

MOST_DAYS = 366  # Whoever is away for longer hands the seat over.


def studio_day():
    """Return the day it is where the studio is."""
    return dates.today(clock.now(), Studio.here().zone)


class StandIn(db.Model):
    """From the first day to the last, `person` may decide in the seats of `absent`."""

    project = peewee.ForeignKeyField(Project, backref="stand_ins")
    number = peewee.IntegerField()
    absent = peewee.ForeignKeyField(User)
    person = peewee.ForeignKeyField(User)
    from_on = peewee.DateField()
    until_on = peewee.DateField()
    named_by = peewee.ForeignKeyField(User)
    named_at = UTCDateTimeField(default=clock.now)
    ended_at = UTCDateTimeField(null=True)

    class Meta:
        indexes = ((("project", "number"), True), (("project", "absent"), False))

    @classmethod
    def name(cls, absent, person, *, from_on, until_on, by):
        """Let one member answer for another from day to day. Both are memberships of a project.

        People name their own; a producer or the sponsor names anybody's. Raises DomainError for
        people who do not decide, for days that are over, and for days that are taken.
        """
        if absent.user_id == person.user_id:
            raise DomainError("Choose somebody else than the person who is away.")
        for member in (absent, person):
            if not member.role.may(Permission.SIGN_OFF_DECIDE):
                raise DomainError(f"{member.user.name} does not decide on this project.")
        if until_on < from_on or until_on < studio_day():
            raise DomainError("The last day is before the first, or has passed.")
        if (until_on - from_on).days > MOST_DAYS:
            raise DomainError("A year at most. Whoever is away for longer hands over for good.")
        with absent.project.change() as project:
            _check_names(by, absent, project)
            _check_free(project, absent, person, from_on, until_on)
            stand_in = cls.create(
                project=project,
                number=project.next_number(cls),
                absent=absent.user,
                person=person.user,
                from_on=from_on,
                until_on=until_on,
                named_by=by,
            )
            record(Verb.STAND_IN_NAMED, stand_in, by=by, **stand_in.facts())
        return stand_in

    def end(self, *, by):
        """Let it end now, before its last day."""
        with self.project.change() as project:
            stand_in = StandIn.get_by_id(self.id)
            member = Membership.get_or_none(project=project, user=stand_in.absent)
            _check_names(by, member, project)
            if stand_in.ended_at is not None:
                raise Conflict("It has ended already.")
            stand_in.ended_at = clock.now()
            stand_in.save()
            record(Verb.STAND_IN_ENDED, stand_in, by=by, **stand_in.facts())

    @classmethod
    def today(cls, project):
        """Return who answers for whom today, and still may: {id of who is away: User}."""
        today = studio_day()
        rows = (
            cls.select(cls, User)
            .join(User, on=cls.person)
            .join(Membership, on=(Membership.user == User.id))
            .where(
                cls.project == project,
                cls.ended_at.is_null(),
                cls.from_on <= today,
                cls.until_on >= today,
                Membership.project == project,
                Membership.role.in_((Role.APPROVER, Role.SPONSOR)),
                User.disabled_at.is_null(),
            )
        )
        return {row.absent_id: row.person for row in rows}

    @classmethod
    def to_come(cls, project):
        """Return what is in force or will be, the earliest first."""
        open_ = (cls.project == project, cls.ended_at.is_null(), cls.until_on >= studio_day())
        return list(cls.select().where(*open_).order_by(cls.from_on, cls.id))

    def facts(self):
        return {
            "person": self.person.identity,
            "absent": self.absent.identity,
            "from": self.from_on.isoformat(),
            "until": self.until_on.isoformat(),
        }


def _check_names(by, member, project):
    check_may(by, project, Permission.STAND_IN_NAME)
    role = Membership.of(by, project.slug).role
    if role == Role.APPROVER and (member is None or member.user_id != by.id):
        raise Forbidden("You can name who answers for you, not for somebody else.")


def _check_free(project, absent, person, from_on, until_on):
    """Refuse days that are taken: each seat has one stand-in, and nobody away stands in."""
    taken = (StandIn.project == project, StandIn.ended_at.is_null())
    taken += (StandIn.from_on <= until_on, StandIn.until_on >= from_on)
    for found in StandIn.select().where(*taken):
        if found.absent_id == absent.user_id:
            words = f"{found.person.name} answers for {absent.user.name} then. End that first."
            raise Conflict(words)
        if found.absent_id == person.user_id:
            raise Conflict(f"{person.user.name} is away then.")
        if found.person_id == absent.user_id:
            words = f"{absent.user.name} answers for {found.absent.name} then. End that first."
            raise Conflict(words)

"""What becomes of a person in the whole house: shut out, let in again, an admin among the others."""

from contextlib import contextmanager

from portal.access import mailer
from portal.access.models import Invitation, Membership, User
from portal.access.permissions import HouseRole, Role
from portal.core import clock, db
from portal.core.errors import Conflict, DomainError, Forbidden
from portal.ledger.models import SYSTEM, record
from portal.ledger.verbs import Verb
from portal.mail.models import Letter
from portal.projects import hooks
from portal.projects.models import Project

STOPPED = "The person was disabled before it left."


def disable(user, *, by):
    """Shut a person out: sessions end, letters stop, open seats go to others. Signatures stay.

    `by` is an admin, or `SYSTEM` for whoever has the machine.
    """
    if user.id == by.id:
        raise DomainError("Somebody else has to disable you.")
    with _held(user, by) as projects:
        _set_disabled(user, clock.now(), was_disabled=False)
        user.end_other_sessions()
        Letter.stop(user.id, STOPPED)
        Invitation.update(revoked_at=clock.now()).where(
            Invitation.user == user, Invitation.revoked_at.is_null()
        ).execute()
        record(Verb.PERSON_DISABLED, user, by=by, person=user.identity)
        for project in projects:
            hooks.left(project)
        _revise(projects)


def enable(user, *, by):
    """Let a disabled person in again. What ended meanwhile stays ended."""
    if user.erased_at:
        raise DomainError("Nobody is left to let in: what was kept about this person was erased.")
    with _held(user, by) as projects:
        _set_disabled(user, None, was_disabled=True)
        record(Verb.PERSON_ENABLED, user, by=by, person=user.identity)
        _revise(projects)


def join(project, admin, role, *, by):
    """Put an admin among the people of a project. It is on record, and its producers are told."""
    if admin.house_role != HouseRole.ADMIN:
        raise Forbidden("Only an admin comes to a project without being asked.")
    with project.change():
        producers = project.people(Role.PRODUCER)
        member = project.add_member(admin, role, by=by, invite=False)
        for producer in producers:
            mailer.admin_joined(producer, admin=admin, project=project, role=role)
    return member


def sole_producer_of(user):
    """Return the open projects that nobody else runs."""
    mine = Membership.select(Membership.project).where(
        Membership.user == user, Membership.role == Role.PRODUCER
    )
    others = (
        Membership.select(Membership.project)
        .join(User)
        .where(
            Membership.user != user,
            Membership.role == Role.PRODUCER,
            User.disabled_at.is_null(),
        )
    )
    alone = Project.id.in_(mine) & Project.id.not_in(others) & Project.closed_at.is_null()
    return list(Project.select().where(alone).order_by(Project.name))


@contextmanager
def _held(user, by):
    """One transaction that holds every project of a person, the oldest first.

    Two admins who disable each other at once: the second is none any more.
    """
    with db.change():
        db.queue_up("people")
        if by is not SYSTEM and User.get_by_id(by.id).disabled_at:
            raise Forbidden("You cannot do this any more.")
        mine = Project.select().join(Membership).where(Membership.user == user)
        yield [db.lock(project) for project in mine.order_by(Project.id)]


def _set_disabled(user, at, *, was_disabled):
    is_as_thought = User.disabled_at.is_null(not was_disabled)
    if not User.update(disabled_at=at).where(User.id == user.id, is_as_thought).execute():
        raise Conflict("Somebody else did that a moment ago.")
    user.__data__["disabled_at"] = at


def _revise(projects):
    for project in projects:
        project.revise(is_internal=False)

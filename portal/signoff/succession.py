"""Succession: who answers instead of somebody who left. A seat is never a yes by being empty."""

from portal.ledger.models import listen
from portal.ledger.verbs import Verb
from portal.projects.models import Project
from portal.signoff.models import (
    Addressee,
    Ask,
    Authority,
    Decision,
    SignOff,
    SignOffStatus,
    StandIn,
)


@listen
def after_leaving(event):
    """Whoever is taken off a project leaves their open seats to others, in the same transaction."""
    if event.verb == Verb.MEMBER_REMOVED:
        mend(Project.get_by_id(event.project_id))


def mend_all():
    """Do so wherever a seat is held by somebody who cannot come in any more, or was left."""
    for project in list(Project.select().where(Project.id.in_(_held_open()))):
        with project.change() as held:
            mend(held)


def mend(project):
    """Give every open seat of people who decide here no more to somebody else who may."""
    authorities, stand_ins = Authority.on(project), StandIn.today(project)
    asked = SignOff.project == project, SignOff.status == SignOffStatus.OPEN
    for sign_off in list(SignOff.select().where(*asked).order_by(SignOff.id)):
        sign_off.project = project
        for seat in sign_off.open_seats:
            if seat.user_id not in authorities and seat.vacated_at is None:
                sign_off.fill(seat, authorities, stand_ins)


def _held_open():
    """Return the projects with an unanswered seat."""
    return (
        SignOff.select(SignOff.project)
        .join(Addressee)
        .join(Decision, "left outer", on=(Decision.seat == Addressee.id))
        .where(
            SignOff.status == SignOffStatus.OPEN,
            Addressee.ask == Ask.DECISION,
            Addressee.vacated_at.is_null(),
            Decision.id.is_null(),
        )
    )

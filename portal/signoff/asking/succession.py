"""Succession: who answers instead of somebody who left. A seat is never a yes by being empty."""

from portal.core.read import Read
from portal.projects.hooks import on_left
from portal.projects.models import Project
from portal.signoff.models import Authority, SignOff, SignOffStatus, StandIn

# The projects on which an unanswered seat is held by somebody who cannot decide there any more.
_LEFT = Read(
    """select distinct s.project_id from sign_off s join addressee a on a.sign_off_id = s.id
       where s.status = 'open' and a.ask = 'decision' and a.vacated_at is null
         and not exists (select 1 from decision d where d.seat_id = a.id)
         and not exists (select 1 from membership m join "user" u on u.id = m.user_id
                         where m.project_id = s.project_id and m.user_id = a.user_id
                           and m.role in ('approver', 'sponsor') and u.disabled_at is null)"""
)


def mend_all():
    """Do so wherever a seat is held by somebody who cannot come in any more, or was left."""
    for row in _LEFT.all():
        with Project.get_by_id(row.project_id).change() as project:
            mend(project)


@on_left
def mend(project):
    """Give every open seat of people who decide here no more to somebody else who may."""
    authorities, stand_ins = Authority.on(project), StandIn.today(project)
    asked = SignOff.project == project, SignOff.status == SignOffStatus.OPEN
    for sign_off in list(SignOff.select().where(*asked).order_by(SignOff.id)):
        sign_off.project = project
        for seat in sign_off.open_seats:
            if seat.user_id not in authorities and seat.vacated_at is None:
                sign_off.fill(seat, authorities, stand_ins)

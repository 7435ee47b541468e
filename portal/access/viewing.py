"""View as client: somebody who runs a project sees its pages as one contact does, and only sees.

It belongs to one session, for `VIEW_MINUTES` at most, and to one project: what else the contact
may see is no business of whoever looks. No change passes meanwhile.
"""

import datetime as dt
from dataclasses import dataclass

from portal.access.models import Membership, Session, User
from portal.access.permissions import Permission
from portal.core import clock
from portal.core.errors import DomainError
from portal.core.read import Read
from portal.ledger.models import record
from portal.ledger.verbs import Verb

VIEW_MINUTES = 30
READ_ONLY = "You are looking with a client’s eyes, so nothing can be done here. End the view first."
ELSEWHERE = "The view is of this project alone. End it to go elsewhere."


@dataclass(frozen=True)
class View:
    """What a page says of it: through whose eyes, who looks, and until when."""

    member: Membership
    session: Session

    @property
    def name(self):
        return self.member.user.name

    @property
    def by(self):
        return self.session.user

    @property
    def until_at(self):
        return self.session.viewing_until_at


# It is over once either of the two has left the project.
_VIEWED = Read(
    """select {m}, {u}, {o} from membership m join "user" u on u.id = m.user_id
       join membership o on o.project_id = m.project_id and o.user_id = :viewer
       where m.id = :member and u.disabled_at is null and u.client_id is not null""",
    models={"m": Membership, "u": User, "o": Membership},
)


def open_(session, member, *, by):
    """Let this session see the project as that member does. Logged for the studio alone."""
    if member.user.is_studio:
        raise DomainError("Only what a client sees can be looked at this way.")
    with member.project.change():
        until = clock.now() + dt.timedelta(minutes=VIEW_MINUTES)
        Session.update(viewing_id=member.id, viewing_until_at=until).where(
            Session.id == session.id
        ).execute()
        record(Verb.CLIENT_VIEW_OPENED, member.project, by=by, person=member.user.identity)


def end(session):
    """Go back to seeing with one's own eyes."""
    Session.update(viewing_id=None, viewing_until_at=None).where(Session.id == session.id).execute()


def viewed_by(session):
    """Return the membership through whose eyes a session looks, with its user, or None."""
    if session.viewing_id is None or clock.now() > session.viewing_until_at:
        return None
    found = _VIEWED.one(member=session.viewing_id, viewer=session.user_id)
    if found is None:
        return None
    member, member.user, own = found
    return member if own.role.may(Permission.CLIENT_VIEW) else None

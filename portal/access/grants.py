"""Who may read an uploaded file: asked by the content origin at each request."""

from portal.access.models import Session, User
from portal.core.read import Read
from portal.storage import grants

_SIGNED_IN = Read(
    """select {s}, {u} from session s join "user" u on u.id = s.user_id
       where s.id = :session and s.ended_at is null and u.disabled_at is null""",
    models={"s": Session, "u": User},
)
_MEMBER = Read(
    """select 1 as yes from membership m where m.user_id = :user and m.project_id = :project"""
)


@grants.register
def may_read(claims):
    """A link lives as long as its session and the reader's place on the project.

    A link without a project is only ever made for the studio's logo.
    """
    session, user = _SIGNED_IN.one(session=claims["s"]) or (None, None)
    if session is None:
        return False
    session.user = user
    if session.is_over:
        return False
    return claims["p"] is None or bool(_MEMBER.value(user=user.id, project=claims["p"]))

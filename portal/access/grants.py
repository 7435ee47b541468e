"""Who may read an uploaded file: asked by the content origin at each request."""

from portal.core.read import Read
from portal.storage import grants

_SIGNED_IN = Read(
    """select 1 as yes from session s join "user" u on u.id = s.user_id
       where s.id = :session and s.ended_at is null and u.disabled_at is null"""
)
_MEMBER = Read(
    """select 1 as yes from session s join "user" u on u.id = s.user_id
       join membership m on m.user_id = u.id
       where s.id = :session and m.project_id = :project
         and s.ended_at is null and u.disabled_at is null"""
)


@grants.register
def may_read(claims):
    """A link lives as long as its session and the reader's place on the project.

    A link without a project is only ever made for the studio's logo.
    """
    if claims["p"] is None:
        return bool(_SIGNED_IN.value(session=claims["s"]))
    return bool(_MEMBER.value(session=claims["s"], project=claims["p"]))

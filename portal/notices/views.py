"""What happened on a project, for whoever is on it."""

from flask import abort, g, request

from portal.access.permissions import Permission
from portal.core.web import Room, render
from portal.notices import feed

bp = Room("notices", __name__)


@bp.get("/projects/<slug>/activity", allow=Permission.ACTIVITY_READ)
def activity():
    entries = feed.pages(g.project, g.user, before())
    return render(
        "notices/activity.html", project=g.project, days=feed.by_day(entries), page=entries
    )


def before():
    """Return the key that the address asks to go on from. A mistyped one leads nowhere."""
    text = request.args.get("before", "")
    if text and not (text.isascii() and text.isdigit() and len(text) < 19):
        abort(404)
    return int(text) if text else None

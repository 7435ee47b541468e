"""The inbox over HTTP: the list over all projects, and one thing in hand beside it."""

from flask import abort, g, request

from portal.access.permissions import Permission
from portal.core.web import Room, render
from portal.feedback.inbox import triage
from portal.feedback.inbox.box import INBOX, Box
from portal.feedback.showing import gather

bp = Room("inbox", __name__, url_prefix="/inbox")


@bp.get("", allow=Permission.INBOX_READ)
def index():
    return render(INBOX, "list", page=None, box=Box())


@bp.get("/<slug>/<int:number>", allow=Permission.INBOX_READ)
def show(number):
    return render(INBOX, "pane", box=Box(), **gather(number))


@bp.get("/news", allow=Permission.INBOX_READ)
def news():
    """Nothing while nothing came into the list since it was drawn; then how much, and the way there."""
    since = triage.instant_in(request.args.get("since", "")) or abort(404)
    box = Box()
    count = triage.news(g.user, box.show.key, since)
    if request.headers.get("HX-PTag") == str(count):
        return "", 304
    return render("feedback/_news.html", box=box, count=count, since=since)

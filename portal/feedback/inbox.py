"""The inbox over HTTP: the list over all projects, and one thing in hand beside it."""

from portal.access.permissions import Permission
from portal.core.web import Room, render
from portal.feedback.showing import INBOX, Box, gather

bp = Room("inbox", __name__, url_prefix="/inbox")


@bp.get("", allow=Permission.INBOX_READ)
def index():
    return render(INBOX, "list", page=None, box=Box())


@bp.get("/<slug>/<int:number>", allow=Permission.INBOX_READ)
def show(number):
    return render(INBOX, "pane", box=Box(), **gather(number))

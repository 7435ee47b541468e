"""The scope over HTTP: each item with the signature it comes from, on any baseline."""

from flask import abort, g, request

from portal.access.permissions import Permission
from portal.core.web import Room, render
from portal.scope import baseline

bp = Room("scope", __name__, url_prefix="/projects/<slug>/scope")


@bp.get("", allow=Permission.SCOPE_READ)
def show():
    now = baseline.of(g.project)
    number = request.args.get("baseline", now.number, type=int)
    if number != now.number and not 1 <= number < now.number:
        abort(404)
    shown = now if number == now.number else baseline.of(g.project, number)
    return render("scope/show.html", project=g.project, now=now, shown=shown)

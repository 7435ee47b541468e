"""What every page knows: the studio, the reader, the navigation."""

from types import SimpleNamespace

from flask import current_app, g, request, url_for

from portal.access.permissions import Permission
from portal.core import web
from portal.feedback import triage
from portal.storage.links import content_url
from portal.studio.models import Studio


def install(app):
    app.context_processor(page)


def page():
    return {"studio": here(), "reader": g.get("user"), "nav": navigation()}


def here():
    """Return the studio, with the address of its logo for this reader."""
    if "studio" not in g:
        studio = Studio.here()
        g.studio = SimpleNamespace(**studio.__data__, logo_url=_logo_url(studio))
    return g.studio


def navigation():
    """Return (label, url, is_current, count) for each place this reader may go from everywhere."""
    if g.get("user") is None:
        return []
    places = [("Home", url_for("home.index"), None)]
    if g.user.may(Permission.INBOX_READ):
        places.append(("Inbox", url_for("inbox.index"), our_turn()))
    places.append(("Projects", url_for("projects.index"), None))
    if g.user.may(Permission.CLIENT_WRITE):
        places.append(("Clients", url_for("projects.clients"), None))
    if g.user.may(Permission.STUDIO_WRITE):
        places.append(("Studio", url_for("home.studio"), None))
    here = request.path
    return [
        (label, url, here == url or (url != "/" and here.startswith(url)), count)
        for label, url, count in places
    ]


def our_turn():
    """Return how much of the inbox waits for the studio; None for whoever has no inbox.

    It stands in the head of every page of the studio, so it is part of their tags.
    """
    if not g.user.may(Permission.INBOX_READ) or web.wants_part():
        return None
    if "our_turn" not in g:
        g.our_turn = triage.ours(g.user)
    return g.our_turn


def _logo_url(studio):
    if studio.logo_id is None or g.get("session") is None:
        return None
    settings = current_app.extensions["settings"]
    return content_url(settings, studio.logo, "logo", session_id=g.session.id)

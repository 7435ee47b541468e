"""What every page knows: the studio, the reader, the navigation."""

from types import SimpleNamespace

from flask import current_app, g, request, url_for

from portal.access.permissions import Permission
from portal.core import web
from portal.feedback.inbox import triage
from portal.search.models import SavedSearch
from portal.storage.links import content_url
from portal.studio.models import Studio

#: What the studio keeps besides its projects: label, endpoint, who may.
STUDIO_PAGES = (
    ("Clients", "projects.clients", Permission.CLIENT_WRITE),
    ("People", "projects.everyone", Permission.PERSON_WRITE),
    ("Care", "care.index", Permission.CARE_READ),
    ("Rates", "home.rates", Permission.RATE_WRITE),
    ("Templates", "home.templates", Permission.TEMPLATE_WRITE),
    ("Terms", "home.terms", Permission.TERMS_WRITE),
    ("About us", "home.studio", Permission.STUDIO_WRITE),
)


def install(app):
    app.context_processor(page)


def page():
    return {
        "studio": here(),
        "reader": g.get("user"),
        "viewing": g.get("viewing"),
        "nav": navigation(),
        "studio_pages": studio_pages,
        "saved_searches": saved_searches,
    }


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
    kept = studio_pages()
    if kept:
        places.append(("Studio", kept[0][1], None))
    is_kept = any(is_current for _, _, is_current in kept)
    return [
        (label, url, is_kept if label == "Studio" else is_here(url), count)
        for label, url, count in places
    ]


def studio_pages():
    """Return (label, url, is_current) for each page of the studio's own that this reader keeps."""
    if g.get("user") is None:
        return []
    urls = [(label, url_for(name)) for label, name, who in STUDIO_PAGES if g.user.may(who)]
    here = max((url for _, url in urls if is_here(url)), key=len, default=None)
    return [(label, url, url == here) for label, url in urls]


def saved_searches():
    """Return the searches that this reader gave a name."""
    return SavedSearch.of(g.user)


def is_here(url):
    """Answer whether the reader is on that page, or on one below it."""
    return request.path == url or (url != "/" and request.path.startswith(f"{url}/"))


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

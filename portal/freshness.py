"""Project pages answer 304 when nothing happened that this reader may see.

The tag is compared only after the guard has let the reader in. Pages over several projects have
none.
"""

from flask import g, request, session

from portal import context
from portal.core import clock, dates, web
from portal.core.filters import READER
from portal.core.release import RELEASE

#: They show the studio what became of letters, which leave without raising a revision.
SHOWS_LETTERS = {"signoff.show"}
OVER_SEVERAL = {"inbox.show"}  # A page over several projects, though its address names one.
SAYS_WHENCE = {"feedback.new"}  # It names the page from which somebody came.
#: They show what the studio keeps for all projects: rates, costs, terms, templates.
SHOWS_STUDIO = {"estimates.show", "library.new"}
# Evidence is never left in a cache.
NO_STORE = {
    "documents.create_check",
    "documents.receipt_pdf",
    "library.sheet_csv",
    "library.sheet_xlsx",
    "receipts.receipt",
    "receipts.receipt_record",
}


def install(app):
    app.before_request(unchanged)
    app.after_request(mark)


def unchanged():
    """Answer 304 at once if the reader's browser has this page as it is."""
    g.tag = None
    if g.get("project") is None or request.method not in ("GET", "HEAD") or "_flashes" in session:
        return None
    if request.endpoint in OVER_SEVERAL | SAYS_WHENCE:
        return None
    if g.membership.role.is_studio and request.endpoint in SHOWS_LETTERS | SHOWS_STUDIO:
        return None
    g.tag = tag()
    return web.not_modified(g.tag)


def tag():
    """Return the tag of this page for this reader now."""
    project, reader = g.project, READER.get()
    is_internal = g.membership.role.is_studio
    return web.etag(
        RELEASE,
        g.session.id,
        g.session.is_fresh,
        g.viewing and g.viewing.until_at,
        g.membership.role,
        g.membership.reads,
        g.user.identity,
        g.user.house_role,
        g.user.theme,
        reader,
        reader.today,
        project.client_revision,
        project.internal_revision if is_internal else "",
        context.here().name,
        dates.today(clock.now(), context.here().zone),  # What is valid until a day ends by it.
        context.our_turn(),
        request.full_path,
        request.headers.get("HX-Request-Type", ""),
    )


def mark(response):
    """Say how the answer may be kept."""
    response.vary.add("HX-Request-Type")
    response.vary.add("Cookie")
    if "Cache-Control" in response.headers:
        return response
    if request.endpoint in NO_STORE or response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
        return response
    response.headers["Cache-Control"] = "private, no-cache"
    if g.get("tag") and response.status_code == 200:
        response.set_etag(g.tag)
    return response

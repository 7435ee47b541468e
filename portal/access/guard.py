"""The gate every request passes."""

import secrets
from urllib.parse import urlsplit, urlunsplit

from flask import abort, current_app, g, redirect, request, session, url_for
from flask_login import current_user

from portal.access import viewing
from portal.access.models import Membership
from portal.access.permissions import ANYONE, SIGNED_IN, Permission
from portal.core import db, web
from portal.core.errors import Forbidden
from portal.core.filters import READER, Reader

OPEN_ENDPOINTS = {"static"}
PROBES = {"home.healthz", "home.readyz"}  # They must answer when the database does not.
FILE_FIELDS = {"file", "files", "logo", "pictures"}  # All fields of our forms that take files.
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
#: Of no project, and yet what the contact sees: receipts ask `g.viewing` whether they are of it.
SEEN_THROUGH = {
    "documents.certificates",
    "documents.receipt_pdf",
    "documents.verify",
    "help.changes_after_sending",
    "receipts.receipt",
    "receipts.receipt_record",
}
WAYS_OUT = {"access.create_sign_out", "projects.create_view_end"}  # Of seeing as a client does.


def install(app):
    app.url_value_preprocessor(take_slug)
    app.url_defaults(give_slug)
    app.before_request(take_connection)
    app.before_request(refuse_other_sites)
    app.before_request(guard)
    app.before_request(refuse_files_as_texts)
    app.jinja_env.globals["may"] = may


def take_slug(_endpoint, values):
    """Keep the project's slug out of every view's arguments; the guard looks it up."""
    g.slug = (values or {}).pop("slug", None)


def give_slug(endpoint, values):
    known = endpoint in current_app.view_functions
    if known and current_app.url_map.is_endpoint_expecting(endpoint, "slug"):
        values.setdefault("slug", g.get("slug"))


def take_connection():
    if request.endpoint not in PROBES:
        db.take_connection()


def refuse_other_sites():
    """A browser says where a request comes from; what changes things must come from here."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if request.method not in SAFE_METHODS and site not in ("same-origin", "none"):
        abort(403)


def refuse_files_as_texts():
    """A file under the name of a text: no page of ours sends it, and no form expects it."""
    if request.mimetype == "multipart/form-data" and not request.files.keys() <= FILE_FIELDS:
        abort(400)


def guard():
    """Let the request through only if its route says this person may use it.

    A stranger to the project gets 404, as if it were not there. A member whose role lacks the
    permission gets 403. A route that declares nothing is closed to everyone.
    """
    g.user = g.project = g.membership = g.session = g.viewing = None
    READER.set(Reader())  # A thread remembers whoever it served before.
    if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS | PROBES:
        return None
    permission = current_app.extensions[web.ALLOWED].get(request.endpoint)
    if permission is ANYONE:
        return _recognise()
    if not current_user.is_authenticated:
        return unauthorized()
    _recognise()
    if g.slug is not None:
        _enter(g.slug, permission)
    elif permission is None or not (permission is SIGNED_IN or g.user.may(permission)):
        abort(403)
    return None


def may(name):
    """Answer `may("estimate:send")` in a template. A misspelt permission is an error."""
    permission = Permission(name)
    if g.membership is not None:
        return g.membership.role.may(permission)
    return g.user is not None and g.user.may(permission)


def unauthorized():
    """Send a browser to sign in and back; tell htmx to take the whole page there."""
    if web.wants_part():
        return "", 401, {"HX-Redirect": url_for("access.sign_in", next=_page_of_part())}
    is_page = request.method in ("GET", "HEAD")
    here = request.full_path.rstrip("?") if is_page else _path_of(request.referrer)
    return redirect(url_for("access.sign_in", next=here), code=303)


def _page_of_part():
    """Return the path of the page that asked for a part, as htmx tells it."""
    return _path_of(request.headers.get("HX-Current-URL"))


def _path_of(address):
    """Return path and query of an address of ours, or None; sign-in checks where it leads."""
    try:
        page = urlsplit(address or "")
    except ValueError:  # No address at all.
        return None
    return urlunsplit(("", "", page.path, page.query, "")) or None


def browser():
    """Return this browser's own secret, which binds a mailed code to it."""
    if "browser" not in session:
        session["browser"] = secrets.token_urlsafe(16)
    return session["browser"]


def _recognise():
    if not current_user.is_authenticated:
        return
    g.session = current_user.session
    g.user = g.session.user
    g.session.touch()
    if request.endpoint not in WAYS_OUT:
        _look_through(viewing.viewed_by(g.session))
    READER.set(Reader(zone=g.user.zone, locale=g.user.locale))


def _look_through(member):
    """From here on the reader is the contact whose eyes this session borrowed, and only reads."""
    if member is None:
        return
    g.viewing, g.user = viewing.View(member, g.session), member.user
    if request.method not in SAFE_METHODS:
        raise Forbidden(viewing.READ_ONLY)
    if g.slug is None and request.endpoint not in SEEN_THROUGH:
        raise Forbidden(viewing.ELSEWHERE)


def _enter(slug, permission):
    membership = Membership.of(g.user, slug)
    if membership is None or (g.viewing and membership.id != g.viewing.member.id):
        abort(404)
    g.membership, g.project = membership, membership.project
    if permission is None or not (permission is SIGNED_IN or membership.role.may(permission)):
        abort(403)

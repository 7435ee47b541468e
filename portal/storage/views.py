"""The content origin: a second, tiny application under another host name.

It has no cookies, no session and no pages, so that a hostile file finds nothing to take.
"""

from urllib.parse import urlsplit

from flask import Flask, Response, redirect, send_file

from portal.core import db
from portal.storage import grants, links, store
from portal.storage.limits import RASTER, VIDEO
from portal.storage.models import Blob, display_name

INLINE = {*RASTER, *VIDEO}  # What a browser shows without running anything.
MAX_AGE_SECONDS = 300  # A revoked reader's own browser may show a file this much longer.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
NOT_FOUND = "There is no such file, or this link has ended. Open it again from the portal.\n"
UNKNOWN_HOST = "This address belongs to no site here. Check the address you typed.\n"
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def content_app(settings):
    """Return the application that answers for the content origin."""
    app = Flask(__name__, static_folder=None)
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False

    @app.get("/")
    def home():
        return redirect(settings.base_url, code=303)

    @app.get("/<token>/<sha256>/<name>")
    def show(token, sha256, name):
        claims = links.claims(settings, token)
        db.take_connection()
        return serve(sha256, name) if _may_read(claims, sha256) else not_found()

    app.register_error_handler(404, not_found)
    app.register_error_handler(405, not_found)
    app.after_request(_seal)
    return app


def serve(sha256, name):
    """Answer the bytes, whole or the range asked for. Whoever calls has asked `grants`."""
    blob = Blob.get_or_none(sha256=sha256)
    if blob is None or not store().exists(sha256):
        return not_found()
    response = send_file(
        blob.path(),
        mimetype=blob.media_type,
        as_attachment=blob.media_type not in INLINE,
        download_name=display_name(name, blob.media_type),
        conditional=True,
        etag=sha256,
        last_modified=blob.created_at,
    )
    response.headers["Cache-Control"] = f"private, max-age={MAX_AGE_SECONDS}, immutable"
    return response


def not_found(_error=None):
    """Answer what is missing and what is refused with the same bytes."""
    return Response(NOT_FOUND, 404, mimetype="text/plain", headers={"Cache-Control": "no-store"})


def by_host(portal, content, settings):
    """Return one WSGI application that chooses by the Host header; an unknown one gets 400."""
    sites = {_host(settings.content_url): content, _host(settings.base_url): portal}
    default_ports = tuple(_DEFAULT_PORTS.values())

    def choose(environ, start_response):
        host = environ.get("HTTP_HOST", "").lower()
        if host.endswith(default_ports):
            host = host.rpartition(":")[0]
        site = sites.get(host) or Response(UNKNOWN_HOST, 400, mimetype="text/plain")
        return site(environ, start_response)

    return choose


def _may_read(claims, sha256):
    return claims is not None and claims.get("b") == sha256 and grants.allows(claims)


def _seal(response):
    response.headers.update(HEADERS)
    return response


def _host(url):
    """Return the Host header of an origin, without the port that goes without saying."""
    parts = urlsplit(url)
    return parts.netloc.lower().removesuffix(_DEFAULT_PORTS[parts.scheme])

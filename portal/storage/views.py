"""The content origin: a second, tiny application under another host name.

It has no cookies, no session and no pages, so that a hostile file finds nothing to take.
"""

from urllib.parse import urlsplit

from flask import Flask, Response, g, redirect, request, send_file

from portal.core import db
from portal.storage import bridge, grants, links, sites
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
    of_a_site = sites.headers(settings)

    @app.get("/")
    def home():
        from_a_frame = request.headers.get("Sec-Fetch-Dest") in sites.FRAMES
        return _lost(settings) if from_a_frame else redirect(settings.base_url, code=303)

    @app.get("/<token>/<sha256>/<name>")
    def show(token, sha256, name):
        claims = links.claims(settings, token)
        db.take_connection()
        return serve(sha256, name) if _may_read(claims, sha256) else _lost(settings)

    @app.get(bridge.PATH)
    def script():
        return sites.script()

    @app.before_request
    def site():
        return _site(settings)

    app.register_error_handler(404, lambda _error: _lost(settings))
    app.register_error_handler(405, not_found)
    app.after_request(lambda response: _seal(response, of_a_site))
    return app


def serve(sha256, name):
    """Answer the bytes, whole or the range asked for. Whoever calls has asked `grants`."""
    blob = Blob.get_or_none(sha256=sha256)
    if blob is None:
        return not_found()
    try:
        path = blob.path()
    except FileNotFoundError:
        return not_found()
    response = send_file(
        path,
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
    hosts = {_host(settings.content_url): content, _host(settings.base_url): portal}
    default_ports = tuple(_DEFAULT_PORTS.values())

    def choose(environ, start_response):
        host = environ.get("HTTP_HOST", "").lower()
        if host.endswith(default_ports):
            host = host.rpartition(":")[0]
        site = hosts.get(host) or Response(UNKNOWN_HOST, 400, mimetype="text/plain")
        return site(environ, start_response)

    return choose


def _site(settings):
    """Answer a request below a website's folder; None for any other."""
    token, slash, path = request.path[1:].partition("/")
    claims = links.site_claims(settings, token) if slash else None
    if claims is None:
        return None
    g.is_site = True
    db.take_connection()
    return sites.answer(settings, claims, token, path) or not_found()


def _lost(settings):
    """Lead what a website asked for from its root to where it is; anything else is not there."""
    db.take_connection()
    led = sites.led_back(settings)
    if led is None and request.headers.get("Sec-Fetch-Dest") in sites.FRAMES:
        led = sites.stray(settings, NOT_FOUND)
    g.is_site = led is not None
    return led or not_found()


def _may_read(claims, sha256):
    return claims is not None and claims.get("b") == sha256 and grants.allows(claims)


def _seal(response, of_a_site):
    response.headers.update(of_a_site if g.get("is_site") else HEADERS)
    return response


def _host(url):
    """Return the Host header of an origin, without the port that goes without saying."""
    parts = urlsplit(url)
    return parts.netloc.lower().removesuffix(_DEFAULT_PORTS[parts.scheme])

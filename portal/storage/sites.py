"""Websites on the content origin: each file at its own path, in a page that has no origin.

A prototype runs scripts of strangers. Its frame and its policy give it an opaque origin: no cookie,
no storage, no other site, no form, no window but its own. What it may read is itself.
"""

import unicodedata
from dataclasses import dataclass
from functools import partial
from html import escape
from urllib.parse import quote

from flask import Response, redirect, request, send_file

from portal.storage import bridge, grants, links, store
from portal.storage.limits import ANYTHING

HTML = "text/html"
INDEX = "index.html"
MAX_AGE_SECONDS = 300  # As long as for any other file.
SCRIPT_SECONDS = 31_536_000  # Its name is its content.
MAX_PATH = 500  # Characters, as many as the table holds.
NO_FILE = "There is no file {path} in this prototype."
NO_SERVER = "There is no server behind this prototype, so nothing was sent.\n"
FRAMES = ("iframe", "frame")
_DENIED = (
    "accelerometer autoplay camera clipboard-read clipboard-write display-capture "
    "encrypted-media fullscreen geolocation gyroscope hid identity-credentials-get idle-detection "
    "local-fonts magnetometer microphone midi payment picture-in-picture "
    "publickey-credentials-create publickey-credentials-get screen-wake-lock serial storage-access "
    "usb xr-spatial-tracking"
)

_find = None


@dataclass(frozen=True, slots=True)
class File:
    """One file of a website: where its bytes are, and what it is by its name."""

    sha256: str
    media_type: str


def register(find):
    """Let `find(claims, path)` return the File of a website, or None. The last one counts.

    `claims` is what a token says: {"s": session id, "p": project id, "w": source id}.
    """
    global _find
    _find = find
    return find


def find(claims, path):
    if _find is None or "\0" in path or len(path) > MAX_PATH:
        return None
    return _find(claims, unicodedata.normalize("NFC", path))


def answer(settings, claims, token, path):
    """Answer one request for a website. Whoever calls has read the token, and nothing else."""
    if request.headers.get("Service-Worker") == "script" or not grants.allows(claims):
        return None
    if request.method == "OPTIONS":
        return Response(status=204)
    if request.method not in ("GET", "HEAD"):
        return Response(NO_SERVER, 405, mimetype="text/plain")
    root = f"/{token}/"
    if not path or path.endswith("/"):
        path += INDEX
    file = find(claims, path) or find(claims, f"{path}.html")
    if file is None and find(claims, f"{path}/{INDEX}"):
        return redirect(f"{root}{quote(path)}/", code=307)
    return (file and kept_of(settings, file, root)) or missing(settings, root, path)


def kept_of(settings, file, root):
    """Answer a file of the website, or None if its bytes are gone."""
    try:
        return page(settings, file, root) if file.media_type == HTML else whole(file)
    except FileNotFoundError:
        return None


def page(settings, file, root):
    """Answer a page, with the bridge in front of its own scripts."""
    tag = bridge.tag(settings.base_url, root)
    with store().open(file.sha256) as opened:
        charset = bridge.charset(opened.read(bridge.HEAD_BYTES))
    response = Response(bridge.streamed(partial(store().open, file.sha256), tag, root))
    response.headers["Content-Type"] = f"{HTML}; charset={charset}" if charset else HTML
    response.set_etag(f"{file.sha256[:32]}-{bridge.HASH}")
    return kept(response.make_conditional(request))


def whole(file):
    """Answer a file as it is, or the range asked for."""
    response = send_file(
        store().path(file.sha256), mimetype=ANYTHING, conditional=True, etag=file.sha256
    )
    response.headers["Content-Type"] = file.media_type  # A sheet is read as its page is written.
    return kept(response)


def kept(response):
    response.headers["Cache-Control"] = f"private, max-age={MAX_AGE_SECONDS}"
    return response


def missing(settings, root, path):
    """Answer what is not in the website: in words, and to the portal by the bridge."""
    words = NO_FILE.format(path=path)
    if request.headers.get("Sec-Fetch-Dest") in FRAMES:
        return _words(words, bridge.tag(settings.base_url, root, missing=path))
    # A page may read the second, even of a picture that a sheet named; but of a picture only.
    headers = {"Cache-Control": "no-store", "Server-Timing": "missing"}
    is_picture = request.headers.get("Sec-Fetch-Dest") == "image"
    mimetype = "image/svg+xml" if is_picture else "text/plain"
    return Response(f"{words}\n", 404, mimetype=mimetype, headers=headers)


def stray(settings, words):
    """Answer a frame that has lost its way, so that the portal can lead it back."""
    return _words(words, bridge.tag(settings.base_url, "/", stray="yes"))


def led_back(settings):
    """Send what a sheet or a module of a website names from its root to where it is, or None.

    Only these say where they were named, and only to this origin: a page without an origin
    says nothing. The token is the one that the asking file itself was read with.
    """
    before, own, path = request.headers.get("Referer", "").partition(f"{settings.content_url}/")
    token = path.partition("/")[0]
    claims = links.site_claims(settings, token) if own and not before else None
    if claims is None or not grants.allows(claims):
        return None
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    response = redirect(f"/{token}{quote(request.path)}{query}", code=307)
    response.headers["Cache-Control"] = "no-store"
    return response


def script():
    """Answer the bridge itself."""
    response = Response(bridge.SCRIPT, mimetype="text/javascript")
    response.headers["Cache-Control"] = f"public, max-age={SCRIPT_SECONDS}, immutable"
    return response


def headers(settings):
    """Return what every answer of a website carries, the refused ones too."""
    own = settings.content_url
    policy = (
        "sandbox allow-scripts allow-forms",
        "default-src 'none'",
        f"script-src {own} 'unsafe-inline' 'unsafe-eval' data: blob:",
        f"style-src {own} 'unsafe-inline' data: blob:",
        *(f"{kind}-src {own} data: blob:" for kind in ("img", "font", "media", "connect", "frame")),
        "worker-src blob: data:",
        f"manifest-src {own}",
        "form-action 'none'",
        f"base-uri {own}",
        f"frame-ancestors {settings.base_url}",
    )
    return {
        "Content-Security-Policy": "; ".join(policy),
        # A page without an origin asks for its own fonts, modules and data as a stranger does.
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Headers": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in _DENIED.split()),
        "Referrer-Policy": "same-origin",
        "Timing-Allow-Origin": "*",
        "X-Content-Type-Options": "nosniff",
    }


def _words(words, tag):
    body = f"<!doctype html>{tag}<title>Not there</title><p>{escape(words.strip())}</p>"
    return Response(body, 404, mimetype=HTML, headers={"Cache-Control": "no-store"})

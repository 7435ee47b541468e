"""The web process of `portal serve`: the portal, and what it needs to stand without a proxy."""

import io
import multiprocessing
import os
import signal
import threading

from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from portal import FORM_BYTES, create_app
from portal.core import db

CONNECTIONS = 40  # Of PostgreSQL's usual hundred; the worker and its queue need some too.
NO_LENGTH = "Say how long the request is: send a Content-Length.\n"
CUT_OFF = "The request ended before all of it was here.\n"


def make():
    """Return the portal, behind as many proxies as `portal serve` was told."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=end_with, args=(parent,), daemon=True).start()
    app = create_app()
    db.open_pool(app.extensions["settings"].database_url, CONNECTIONS)
    app.wsgi_app = Door(app.wsgi_app)
    proxies = int(os.environ.get("PORTAL_PROXIES", "0"))
    if proxies:
        # Only where a request comes from: the portal knows its own address.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=0, x_host=0)
    return app


def end_with(parent):
    """Give the port back when the process that keeps us was killed."""
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


class Door:
    """Lets a form in once all of it is here, and takes the connection back when it leaves.

    Somebody who sends a form slowly then holds a thread, but no connection; and a thread that
    ends leaves none behind, which the server's own threads would.
    """

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        if "HTTP_TRANSFER_ENCODING" in environ:  # No browser sends a form in chunks.
            return Response(NO_LENGTH, 411, mimetype="text/plain")(environ, start_response)
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if 0 < length <= FORM_BYTES:
            form = environ["wsgi.input"].read(length)
            if len(form) < length:
                return Response(CUT_OFF, 400, mimetype="text/plain")(environ, start_response)
            environ["wsgi.input"] = io.BytesIO(form)
        try:
            return self.app(environ, start_response)
        finally:
            db.handle.obj.close()

"""Every refusal as a page in the reader's words, or as a part when htmx asked."""

import logging
from functools import cache

from flask import Response, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from peewee import DataError, OperationalError
from werkzeug.exceptions import HTTPException

from portal.core import web
from portal.core.errors import DomainError, TooMany

log = logging.getLogger(__name__)

SENTENCES = {
    400: "The browser sent something we cannot read. Go back and try again.",
    405: "This address cannot be used that way.",
}
PAGES = {403, 409, 413, 429, 500}


def install(app):
    app.register_error_handler(404, not_found)
    app.register_error_handler(DomainError, refuse)
    app.register_error_handler(CSRFError, expired)
    app.register_error_handler(HTTPException, other)
    app.register_error_handler(OperationalError, busy)
    app.register_error_handler(DataError, unkept)
    app.register_error_handler(OverflowError, unkept)
    app.register_error_handler(Exception, broken)


def not_found(_error):
    """One static page: the same bytes for what is not there and for what is not yours."""
    response = Response(_still("404"), 404, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    return response


@cache
def _still(name):
    """Return a page that asks nothing of the database, nor who reads it."""
    return current_app.jinja_env.get_template(f"errors/{name}.html").render()


def refuse(error):
    """Say a domain rule's no, in its own words and with its own status."""
    headers = {}
    if isinstance(error, TooMany):
        headers["Retry-After"] = str(error.retry_after_seconds)
    if web.wants_part():
        headers |= {"HX-Retarget": "#notice", "HX-Reswap": "innerHTML"}
        return render_template("errors/_refusal.html", error=error), error.status, headers
    back = request.referrer if request.method == "POST" else None
    page = render_template("errors/refusal.html", error=error, back_url=_own(back))
    return page, error.status, headers


def expired(_error):
    sentence = "This page is from another sign-in. Open it again, then repeat what you did."
    return refuse(DomainErrorPage(sentence, 400))


def other(error):
    if error.code in PAGES:
        return render_template(f"errors/{error.code}.html"), error.code
    if error.code is None or error.code < 400:
        return error
    return refuse(DomainErrorPage(SENTENCES.get(error.code, error.description), error.code))


def busy(error):
    """The database cannot answer now: nothing was recorded, try again."""
    log.error("the database refused", exc_info=error)
    headers = {"Retry-After": "30"}
    if web.wants_part():
        headers |= {"HX-Retarget": "#notice", "HX-Reswap": "innerHTML"}
    return _still("_busy" if web.wants_part() else "503"), 503, headers


def unkept(error):
    """A number or a text that no column holds: nobody types it by accident."""
    log.warning("the database cannot hold what was sent", exc_info=error)
    return refuse(DomainErrorPage(SENTENCES[400], 400))


def broken(error):
    # The rule, not the path: the address of an invitation is a secret.
    log.error("%s %s failed", request.method, request.url_rule, exc_info=error)
    if current_app.testing:
        raise error
    return _still("500"), 500


class DomainErrorPage(DomainError):
    """A refusal that comes from HTTP, worded like one of the domain's."""

    def __init__(self, message, status):
        super().__init__(message)
        self.status = status


def _own(url):
    host = current_app.extensions["settings"].base_url
    return url if url and url.startswith(f"{host}/") else None

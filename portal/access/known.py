"""Browsers that their owner has used before: a signed note that outlives the session.

It lets nobody in. Whoever comes back with it has tries of their own, which strangers who know the
address cannot use up.
"""

import secrets

from flask import after_this_request, current_app, request

from portal.access.models import User
from portal.core import tokens

DAYS = 180
PEOPLE = 5  # Of one browser; the first is forgotten when another comes.
DAY_SECONDS = 24 * 60 * 60
PURPOSE = "known browser"


def mark(user):
    """Remember in this browser, with the answer to this request, that this person came in."""
    people = {number: word for number, word in _people().items() if number != str(user.id)}
    kept = dict(list(people.items())[1 - PEOPLE :])
    kept[str(user.id)] = secrets.token_urlsafe(12)

    @after_this_request
    def keep(response):
        response.set_cookie(
            _name(),
            tokens.sign(current_app.secret_key, PURPOSE, kept),
            max_age=DAYS * DAY_SECONDS,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return response


def word_of(email):
    """Return this browser's word for the person with that address, or "" if it does not know them."""
    people = _people()
    user = User.by_email(email) if people else None
    return people.get(str(user.id), "") if user else ""


def _people():
    """Return {id of a person: word} of this browser."""
    note, seconds = request.cookies.get(_name(), ""), DAYS * DAY_SECONDS
    return tokens.read(current_app.secret_key, PURPOSE, note, seconds) or {}


def _name():
    return "__Host-known" if current_app.config["SESSION_COOKIE_SECURE"] else "known"

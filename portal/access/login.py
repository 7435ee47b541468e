"""Flask-Login's side of a session: the cookie holds the secret of one Session row."""

from flask import after_this_request, g, request, session
from flask_login import LoginManager, UserMixin, login_user, logout_user

from portal.access import known
from portal.access.guard import unauthorized
from portal.access.models import Session
from portal.core import db


class SignedIn(UserMixin):
    """What Flask-Login carries: a live session and its token."""

    def __init__(self, session, token):
        self.session, self.token = session, token

    def get_id(self):
        return self.token


def install(app):
    manager = LoginManager(app)
    manager.session_protection = None  # The row decides, not a hash of the browser's headers.
    manager.unauthorized_handler(unauthorized)
    manager.user_loader(load)


def load(token):
    found = Session.find(token)
    return found and SignedIn(found, token)


def sign_in(user, how):
    """Start a session for this person in this browser, with nothing left of an earlier one.

    Raises Conflict if whoever they showed to be has other ways in by now.
    """
    with db.change():
        user.check_ways_in()
        started, token = Session.start(
            user, how=how, address=request.remote_addr or "", agent=request.user_agent.string
        )
    if g.get("session"):
        g.session.end()
        if g.session.user_id != user.id:
            after_this_request(without_what_is_kept)
    session.clear()
    login_user(SignedIn(started, token))
    g.user, g.session = user, started
    known.mark(user)


def without_what_is_kept(answer):
    """Have the browser forget the pages and half-written forms of whoever was here."""
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def sign_out():
    g.session.end()
    logout_user()
    session.clear()

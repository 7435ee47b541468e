"""The demo's mailbox: every letter this installation wrote, on this machine only."""

from urllib.parse import unquote, urlsplit

from flask import Response, abort, request

from portal.core.web import Room, render
from portal.mail import message
from portal.mail.mailbox import Mailbox

# Letters carry their own styles and a data: logo; nothing else of them is let in.
LETTER_CSP = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "frame-ancestors 'self'; form-action 'none'; "
    "sandbox allow-top-navigation-by-user-activation"
)


def mailbox(allow):
    """Return the room, open to whom `allow` says; access stands above this room."""
    bp = Room("mail", __name__, url_prefix="/demo/mail")
    bp.before_request(only_in_the_demo)
    bp.get("", allow=allow)(index)
    bp.get("/<key>", allow=allow)(show)
    bp.get("/<key>/html", allow=allow)(show_html)
    return bp


def only_in_the_demo():
    """Letters hold codes: they show only where nobody else can reach us."""
    settings = message.settings()
    if not (settings.is_loopback and settings.mail_url.startswith("file:")):
        abort(404)


def index():
    return render("mail_room/index.html", mails=folder().page(request.args.get("before")))


def show(key):
    return render("mail_room/show.html", mail=find(key))


def show_html(key):
    html = find(key).html or abort(404)
    return Response(
        html, headers={"Content-Security-Policy": LETTER_CSP, "X-Frame-Options": "SAMEORIGIN"}
    )


def find(key):
    return folder().find(key) or abort(404)


def folder():
    return Mailbox(unquote(urlsplit(message.mail_url()).path))

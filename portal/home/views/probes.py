"""For machines that watch this one: plain lines, no cookies."""

from flask import Response

from portal.access.permissions import ANYONE
from portal.home import health
from portal.home.views.room import bp


@bp.get("/healthz", allow=ANYONE)
def healthz():
    """The process is up; nothing else is asked."""
    return plain("ok\n", 200)


@bp.get("/readyz", allow=ANYONE)
def readyz():
    """Ready to do its work, or a line for each thing that keeps it from it."""
    wrong = health.complaints()
    return plain("".join(f"{line}\n" for line in wrong) or "ready\n", 503 if wrong else 200)


def plain(text, status):
    return Response(text, status, mimetype="text/plain", headers={"Cache-Control": "no-store"})

"""The room's one blueprint, on which its pages register."""

from flask import request

from portal.core.web import Room

bp = Room("access", __name__)
#: Their address holds a secret.
LINKS = {
    "access.address_undo",
    "access.create_address_undo",
    "access.create_invitation_code",
    "access.invitation",
}


@bp.after_request
def keep_links_to_ourselves(response):
    """No page that we link to learns the address of an invitation."""
    if request.endpoint in LINKS:
        response.headers["Referrer-Policy"] = "no-referrer"
    return response

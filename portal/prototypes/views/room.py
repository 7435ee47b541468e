"""The room's one blueprint, what its pages find, and where its pictures lie."""

from typing import NamedTuple

from flask import abort, current_app, g, request

from portal.core.errors import DomainError
from portal.core.web import Room
from portal.prototypes import queries
from portal.prototypes.models import Prototype
from portal.prototypes.places import moment
from portal.storage.base import PART_BYTES
from portal.storage.limits import LIMITS
from portal.storage.links import content_url
from portal.storage.models import Blob
from portal.threads import files

bp = Room("prototypes", __name__, url_prefix="/projects/<slug>/prototypes")

FORM_BYTES = 4 * LIMITS["image"].max_bytes  # In one plain form; larger files come in parts.
UPLOADS = {
    "prototypes.create_message": files.REQUEST_BYTES,
    "prototypes.create_note": files.REQUEST_BYTES,
    "prototypes.create_sources": FORM_BYTES,
    "prototypes.update_upload": PART_BYTES,
}


class File(NamedTuple):
    """What an address on the content origin is made of."""

    sha256: str
    media_type: str


@bp.url_value_preprocessor
def take_files(endpoint, _values):
    """Let these routes take more than a form. Here, because the check of the token reads it all;
    the guard still stands before that.
    """
    if endpoint in UPLOADS:
        request.max_content_length = UPLOADS[endpoint]


@bp.app_template_global("picture_url")
def picture_url(sha256, media_type, name):
    """Return where this reader's browser finds a picture of this project."""
    settings, file = current_app.extensions["settings"], File(sha256, media_type)
    return content_url(settings, file, name, session_id=g.session.id, project_id=g.project.id)


bp.add_app_template_filter(moment, "moment")


@bp.app_template_global("prototype_shots")
def prototype_shots(sheet, version):
    """Return (shot, address of its light copy, address of a small one) for a sealed sheet.

    The seal names what was shown by its hash; the copies are looked up by it.
    """
    copies = queries.copies(version)
    return [(shot, *shot_urls(shot, copies)) for shot in sheet.shots]


def shot_urls(shot, copies):
    """Return where the pictures of a sealed screen are: large and small; None for what has none."""
    copy = copies.get(shot.shown_sha256 or shot.sha256)
    if copy is None:
        return (None, None)
    found = (copy.shown_sha256, copy.thumb_sha256)
    return tuple(picture_url(sha256, "image/webp", shot.name) for sha256 in found)


def find(number, version):
    """Return the version if this reader may see it; a client's 404 covers every draft."""
    found = [one for one in seen(number) if one.version == version]
    return found[0] if found else abort(404)


def seen(number):
    """Return the versions of a prototype that this reader may see, the newest first."""
    prototype = Prototype.find(g.project, number)
    return (prototype and prototype.seen_by(g.membership.role)) or abort(404)


def kept(form):
    """Keep the files of a form: (name, Blob) of each, or None with the reason beside them."""
    try:
        return [(one.filename, Blob.keep(one.stream, limit="prototype")) for one in form.files.data]
    except DomainError as refused:
        form.files.errors = [refused.message]
        return None

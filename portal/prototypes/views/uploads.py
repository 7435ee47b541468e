"""Large files, by parts, as tus 1.0 names it: POST begins, HEAD asks how far, PATCH goes on.

The checksum of a part is tus's extension; `Upload-Composite`, beside the last part, is ours.
"""

import base64
import binascii

from flask import Response, abort, g, request, url_for

from portal.access.permissions import Permission
from portal.prototypes.views.room import bp, find

BEGIN = "/<int:number>/versions/<int:version>/uploads"
GO_ON = f"{BEGIN}/<key>"
PART = "application/offset+octet-stream"
DIGITS_MOST = 15  # A thousand times what we take; more is no number of bytes.


@bp.post(BEGIN, allow=Permission.PROTOTYPE_WRITE)
def create_upload(number, version):
    draft = find(number, version)
    source = draft.receive(filename(), counted("Upload-Length"), by=g.user)
    path = url_for(".show_upload", number=number, version=version, key=source.key)
    return answer(201, {"Location": path})


@bp.route(GO_ON, methods=["HEAD"], allow=Permission.PROTOTYPE_WRITE)
def show_upload(number, version, key):
    source = found(number, version, key)
    here = {"Upload-Offset": source.offset, "Upload-Length": source.size_bytes}
    return answer(200, here)


@bp.patch(GO_ON, allow=Permission.PROTOTYPE_WRITE)
def update_upload(number, version, key):
    source = found(number, version, key)
    if request.mimetype != PART:
        abort(415, f"A part of a file comes as {PART}.")
    if request.content_length is None:
        abort(411)
    checks = {"sha256": checksum("Upload-Checksum"), "composite": checksum("Upload-Composite")}
    offset = source.receive(
        counted("Upload-Offset"), request.stream, request.content_length, **checks
    )
    return answer(204, {"Upload-Offset": offset})


def found(number, version, key):
    """Return what this person is uploading here; to anyone else it is not there."""
    draft = find(number, version)
    return draft.upload(key, by=g.user) or abort(404)


def answer(status, headers):
    fixed = {"Tus-Resumable": "1.0.0", "Cache-Control": "no-store"}
    return Response(status=status, headers=fixed | headers)


def filename():
    """Return the file's name, as the browser calls it: "filename" and its UTF-8 in base64."""
    pairs = (one.split() for one in request.headers.get("Upload-Metadata", "").split(","))
    named = [pair[1] for pair in pairs if len(pair) == 2 and pair[0] == "filename"]
    try:
        return unpacked(named[0]).decode() if named else abort(400)
    except UnicodeDecodeError:
        return abort(400)


def counted(header):
    """Return a number of bytes."""
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS_MOST):
        abort(400)
    return int(text)


def checksum(header):
    """Return a SHA-256 in hex, from "sha256" and its base64; None if it is not said."""
    if header not in request.headers:
        return None
    kind, _, packed = request.headers[header].partition(" ")
    if kind != "sha256":
        abort(400)
    return unpacked(packed).hex()


def unpacked(text):
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return abort(400)

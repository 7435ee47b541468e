"""Posting a form twice makes one thing: a double click, a retry of a proxy, a press after a wait.

Two posts are the same if the same session sends the same fields to the same address within a
minute. The token of the page is among the fields, so that a page which was opened again is another.
"""

import datetime as dt
import hashlib
import json
import os
import time
from functools import wraps

from flask import g, make_response, redirect, request

from portal.access.models.postings import Posting
from portal.core import canonical, db
from portal.core.errors import Conflict

SAME_SECONDS = 60  # Somebody who waits this long looks whether it is there.
WAIT_SECONDS, WAITS = 0.1, 100
GLIMPSE_BYTES = 64 * 1024  # Enough to tell two files of one size apart.
ON_ITS_WAY = "This is on its way already. Look whether it is there before you send it again."


def once(view):
    """Let a view that makes something and redirects to it do so once for equal posts.

    The second of two waits for the first and is sent to the same place. What was refused was not
    made, and may be posted again. It is one transaction: not for views that receive large files.
    """

    @wraps(view)
    def post(**arguments):
        digest = digest_of_request()
        with db.change():
            db.queue_up(f"post:{digest}")
            place = Posting.place_of(digest, dt.timedelta(seconds=SAME_SECONDS))
            if place:
                return redirect(place, code=303)
            answer = make_response(view(**arguments))
            if answer.status_code == 303:
                Posting.note(digest, answer.location)
            return answer

    return post


def once_with_files(view):
    """The same for a view that receives large files: they are taken in outside a transaction.

    The second waits for a while; then it is told that the first is on its way. Should the first
    die, an equal one is taken again after a minute.
    """

    @wraps(view)
    def post(**arguments):
        digest, within = digest_of_request(), dt.timedelta(seconds=SAME_SECONDS)
        if not Posting.claim(digest, within):
            return redirect(_awaited(digest, within), code=303)
        place = None
        try:
            answer = make_response(view(**arguments))
            place = answer.location if answer.status_code == 303 else None
        finally:
            Posting.settle(digest, place)
        return answer

    return post


def _awaited(digest, within):
    for _ in range(WAITS):
        place = Posting.place_of(digest, within)
        if place is None:
            break
        if place != Posting.ON_ITS_WAY:
            return place
        time.sleep(WAIT_SECONDS)
    raise Conflict(ON_ITS_WAY)


def digest_of_request():
    """Return the hash of who sends what where. As JSON, so that no value reads like two."""
    fields = sorted(request.form.items(multi=True))
    files = sorted((name, *glimpse(file)) for name, file in request.files.items(multi=True))
    return canonical.sha256(json.dumps([g.session.id, request.full_path, fields, files]))


def glimpse(file):
    """Return name, size and hash of the beginning of a file: a phone calls every picture alike."""
    begins = hashlib.sha256(file.stream.read(GLIMPSE_BYTES)).hexdigest()
    size_bytes = file.stream.seek(0, os.SEEK_END)
    file.stream.seek(0)
    return file.filename or "", size_bytes, begins

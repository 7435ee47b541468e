"""Where to go after signing in: only to a page of ours."""

from urllib.parse import urlsplit

from flask import current_app, url_for
from werkzeug.exceptions import HTTPException

LONGEST = 1000  # Characters: it waits in a cookie while a code is typed.


def safe_next(target):
    """Return `target` if it is the path of one of our GET pages, else the home page's path.

    Anything that a browser could read as another host is refused: a scheme, a host, a
    backslash, a second slash, a control character.
    """
    return target if target and _is_ours(target) else url_for("home.index")


def _is_ours(target):
    if len(target) > LONGEST or not target.startswith("/") or target.startswith("//"):
        return False
    if "\\" in target or any(ord(character) < 33 for character in target):
        return False
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return False
    try:
        current_app.url_map.bind("localhost").match(parts.path, method="GET")
    except HTTPException:
        return False
    return True

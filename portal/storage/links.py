"""Addresses on the content origin: who may read what, signed into the path."""

from functools import lru_cache
from urllib.parse import quote

from portal.core import tokens
from portal.storage.models import display_name

PURPOSE = "content"
SITE_PURPOSE = "site"
_LINKS = 4096  # About a day of one studio's pages; older ones are signed again.


def content_url(settings, blob, name, *, session_id, project_id=None):
    """Return the address at which this session may read `blob`, called `name` when saved.

    It stays the same while this process runs, so that a browser's cache can hold the file. The
    link is asked about at each request (`grants`), so it ends with the session or the membership.
    """
    token = _token(settings.secret_key, PURPOSE, s=session_id, p=project_id, b=blob.sha256)
    shown = quote(display_name(name, blob.media_type))
    return f"{settings.content_url}/{token}/{blob.sha256}/{shown}"


def site_url(settings, source_id, *, session_id, project_id):
    """Return the folder at which this session may look at a website, with a slash at the end.

    Its files lie below it as in their archive. It ends like the address of a file does.
    """
    claims = {"s": session_id, "p": project_id, "w": source_id}
    return f"{settings.content_url}/{_token(settings.secret_key, SITE_PURPOSE, **claims)}/"


def claims(settings, token):
    """Return what a file's token says, or None if we did not sign it."""
    return tokens.read(settings.secret_key, PURPOSE, token)


def site_claims(settings, token):
    """Return what a website's token says, or None if we did not sign it."""
    return tokens.read(settings.secret_key, SITE_PURPOSE, token)


@lru_cache(maxsize=_LINKS)
def _token(secret_key, purpose, **claims):
    return tokens.sign(secret_key, purpose, claims)

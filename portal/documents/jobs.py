"""Sealing outside the request."""

from portal.core.queue import job
from portal.documents import key, sealing
from portal.signoff.models import Seal
from portal.studio.models import Studio


@job()
def seal(seal_id):
    # Gone since it was queued: nothing to do, and not an error.
    promise = Seal.get_or_none(id=seal_id)
    if promise:
        sealing.seal(promise)


@job()
def sweep():
    """Make the studio's key once the studio has a name, and seal whatever is due."""
    if Studio.here().name != Studio.name.default:
        key.begin()
    for promise in Seal.due():
        sealing.seal(promise)

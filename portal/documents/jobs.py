"""Sealing outside the request."""

import threading

from portal.core.queue import is_ending, job
from portal.documents import key, sealing
from portal.signoff.models import Seal
from portal.studio.models import Studio

# One at a time in each worker: letters go out through the same one and must not wait.
_alone = threading.Lock()


@job()
def seal():
    """Seal whatever is due, one after the other, unless that is being done here."""
    if _alone.acquire(blocking=False):
        try:
            tried = set()
            while due := [one for one in Seal.due() if one.id not in tried]:
                for promise in due:
                    if is_ending():
                        return
                    tried.add(promise.id)
                    sealing.seal(promise)
        finally:
            _alone.release()


@job()
def sweep():
    """Make the studio's key once the studio has a name, and seal whatever is due."""
    if Studio.here().name != Studio.name.default:
        key.begin()
    seal()

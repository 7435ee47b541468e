"""Making screens of what was uploaded, outside the request."""

import threading

from portal.core.queue import job
from portal.prototypes import models, preparing

# One file at a time in each worker: letters go out through the same one and must not wait.
_alone = threading.Lock()


@job()
def prepare():
    """Make screens of whatever waits, one file after the other, unless that is being done here."""
    if _alone.acquire(blocking=False):
        try:
            while source := models.Source.claim():
                preparing.prepare(source)
        finally:
            _alone.release()


@job()
def sweep():
    """Forget uploads that nobody goes on with."""
    models.Source.forget_abandoned()

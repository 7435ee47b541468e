"""What the clock and the worker do about prototypes: make screens, remind, forget."""

import datetime as dt
import threading

from portal.core import clock
from portal.core.errors import Conflict
from portal.core.queue import job
from portal.prototypes import models, preparing
from portal.signoff.models.sign_off import REMIND_AGAIN_HOURS, studio_day

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
def remind_due():
    """Remind whoever gathers pins that are to be answered by tomorrow, once a day."""
    tomorrow = studio_day() + dt.timedelta(days=1)
    since = clock.now() - dt.timedelta(hours=REMIND_AGAIN_HOURS)
    for waiting in models.Round.to_remind(due_by=tomorrow, since=since):
        try:
            waiting.remind()
        except Conflict:  # Submitted in this very moment.
            continue


@job()
def sweep():
    """Forget uploads that nobody goes on with."""
    models.Source.forget_abandoned()

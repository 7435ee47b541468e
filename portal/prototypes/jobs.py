"""What the clock and the worker do about prototypes: make screens, compare, remind, forget."""

import datetime as dt
import threading

from portal.core import clock
from portal.core.errors import Conflict
from portal.core.queue import is_ending, job
from portal.prototypes import models
from portal.prototypes.comparing import differences
from portal.prototypes.preparing import screens
from portal.signoff.models.addressees import REMIND_AGAIN_HOURS
from portal.signoff.models.stand_ins import studio_day

# One file at a time in each worker: letters go out through the same one and must not wait.
_alone = threading.Lock()


@job()
def prepare():
    """Make screens of whatever waits, then compare, one thing after the other, unless that is
    being done here.
    """
    if _alone.acquire(blocking=False):
        try:
            while not is_ending() and (_prepare_one() or _compare_one()):
                pass
        finally:
            _alone.release()


@job()
def compare():
    """Find what differs wherever that is asked: in turn with the files."""
    prepare()


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


def _prepare_one():
    source = models.Source.claim()
    if source:
        screens.prepare(source)
    return source


def _compare_one():
    comparison = models.Comparison.claim()
    if comparison:
        differences.find(comparison)
    return comparison

"""Housekeeping of the file store."""

from portal.core.queue import job
from portal.storage import store

ABANDONED_SECONDS = 24 * 60 * 60  # Longer than any upload; until then it may still be running.


@job()
def sweep():
    store().sweep(ABANDONED_SECONDS)

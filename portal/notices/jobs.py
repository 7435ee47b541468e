"""Gathering letters outside the request."""

from portal.core.queue import job
from portal.notices import batches


@job()
def gather():
    batches.sweep()

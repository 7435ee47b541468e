"""Housekeeping of the ways in."""

from portal.access.models import Attempt, Posting
from portal.core.queue import job


@job()
def sweep():
    """Forget attempts and postings that no longer count."""
    Attempt.sweep()
    Posting.sweep()

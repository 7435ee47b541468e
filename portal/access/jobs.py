"""Housekeeping of the ways in."""

from portal.access.models import Attempt
from portal.core.queue import job


@job()
def sweep():
    """Forget attempts that no longer count."""
    Attempt.sweep()

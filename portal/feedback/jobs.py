"""What of feedback the clock does."""

from portal.core.queue import job
from portal.feedback import leaving


@job()
def mend_hands():
    leaving.mend_all()

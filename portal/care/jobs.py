"""Telling again of complaints without an answer, and measuring again, outside the request."""

from portal.care import measuring, queries
from portal.care.models import Escalation
from portal.core.queue import job
from portal.feedback.models import Feedback


@job()
def escalate():
    for row in queries.unanswered():
        item = Feedback.get_or_none(id=row.id)
        if item:  # Gone since it was found: nothing to do.
            Escalation.tell_again(item)


@job()
def measure():
    measuring.measure_all()

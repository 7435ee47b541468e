"""Sending letters outside the request."""

from portal.core.queue import is_ending, job
from portal.mail import models


@job()
def deliver(letter_id):
    # Gone since it was queued: nothing to do, and not an error.
    letter = models.Letter.get_or_none(id=letter_id)
    if letter:
        letter.deliver()


@job()
def sweep():
    """Send whatever is due. While the mail server is away, the rest waits for the next round."""
    for letter in models.Letter.due():
        if is_ending() or not letter.deliver():
            break

"""Sign-off work done by the clock."""

import datetime as dt

from portal.core import clock
from portal.core.errors import Conflict
from portal.core.queue import job
from portal.ledger.models import SYSTEM
from portal.signoff.models import Addressee, SignOff, SignOffStatus
from portal.signoff.models.sign_off import REMIND_AGAIN_HOURS, studio_day


@job()
def expire():
    """End what was valid until yesterday."""
    for sign_off in list(SignOff.past_their_day(studio_day())):
        try:
            sign_off.expire()
        except Conflict:  # Answered in this very moment.
            continue


@job()
def remind_due():
    """Remind whoever has to answer by tomorrow and was not reminded today."""
    tomorrow = studio_day() + dt.timedelta(days=1)
    since = clock.now() - dt.timedelta(hours=REMIND_AGAIN_HOURS)
    due = (
        Addressee.select(Addressee, SignOff)
        .join(SignOff)
        .where(
            SignOff.status == SignOffStatus.OPEN,
            SignOff.due_on <= tomorrow,
            SignOff.requested_at < since,
            Addressee.reminded_at.is_null() | (Addressee.reminded_at < since),
        )
    )
    for addressee in list(due):
        if not addressee.has_answered:
            addressee.sign_off.remind(addressee, by=SYSTEM)

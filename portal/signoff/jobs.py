"""Sign-off work done by the clock."""

import datetime as dt

from portal.core import clock
from portal.core.errors import Conflict
from portal.core.queue import job
from portal.ledger.models import SYSTEM
from portal.projects.models import Project
from portal.signoff.asking import reminding, succession
from portal.signoff.models import Addressee, SignOff, SignOffStatus
from portal.signoff.models.addressees import REMIND_AGAIN_HOURS
from portal.signoff.models.stand_ins import studio_day


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
    """Remind whoever has the turn and was not reminded today, on the days there are for it."""
    today, since = studio_day(), clock.now() - dt.timedelta(hours=REMIND_AGAIN_HOURS)
    due = (
        Addressee.select(Addressee, SignOff)
        .join(SignOff)
        .join(Project)
        .where(
            SignOff.status == SignOffStatus.OPEN,
            Project.closed_at.is_null(),
            SignOff.due_on <= today + dt.timedelta(days=1),
            SignOff.due_on >= today - dt.timedelta(days=reminding.LONGEST_DAYS),
            Addressee.asked_at < since,
            Addressee.vacated_at.is_null(),
            Addressee.reminded_at.is_null() | (Addressee.reminded_at < since),
        )
    )
    for addressee in list(due):
        if reminding.is_day(addressee.sign_off.due_on, today) and not addressee.has_answered:
            addressee.sign_off.remind(addressee, by=SYSTEM)


@job()
def mend_seats():
    """Ask somebody else where whoever was asked can no longer come in."""
    succession.mend_all()

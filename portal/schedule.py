"""Every periodic job, in one table: what, when, why."""

from huey import crontab

from portal.access import jobs as access
from portal.care import jobs as care
from portal.documents import jobs as documents
from portal.feedback import jobs as feedback
from portal.ledger import retention as ledger
from portal.mail import jobs as mail
from portal.notices import jobs as notices
from portal.prototypes import jobs as prototypes
from portal.signoff import jobs as signoff
from portal.signoff import retention
from portal.storage import jobs as storage

SCHEDULE = (
    (mail.sweep, crontab(minute="*"), "A letter whose wake-up was lost leaves within a minute."),
    (notices.gather, crontab(minute="*"), "What waited for its reader's hour leaves as one mail."),
    (documents.sweep, crontab(minute="*"), "A receipt whose wake-up was lost is still sealed."),
    (care.escalate, crontab(minute="*/5"), "A complaint nobody answers reaches who is named."),
    (signoff.expire, crontab(minute="5"), "An offer ends after the last day it was valid."),
    (signoff.mend_seats, crontab(minute="15"), "A seat whose holder was shut out is not left."),
    (signoff.remind_due, crontab(minute="0", hour="7"), "Whoever is due today or tomorrow."),
    (care.measure, crontab(minute="0", hour="4"), "Figures by the studio's hours of now."),
    (feedback.mend_hands, crontab(minute="25", hour="3"), "What somebody had in hand who left."),
    (access.sweep, crontab(minute="20", hour="3"), "Counts of attempts older than two days."),
    (prototypes.prepare, crontab(minute="*"), "A file whose wake-up was lost is still prepared."),
    (
        prototypes.remind_due,
        crontab(minute="2", hour="7"),
        "Pins that are shown and not submitted.",
    ),
    (prototypes.sweep, crontab(minute="30", hour="3"), "Uploads that nobody goes on with."),
    (retention.expire, crontab(minute="50", hour="3"), "Who signed and from where, kept its time."),
    (storage.sweep, crontab(minute="40", hour="3"), "Half-written uploads after a crash."),
    (ledger.forget, crontab(minute="10", hour="4"), "Files that nothing has owned for a week."),
)


def install(queue):
    """Hand the table to the worker."""
    for job, when, _why in SCHEDULE:
        queue.periodic_task(when, name=f"periodic.{job.work.__module__}.{job.work.__name__}")(
            job.in_worker
        )

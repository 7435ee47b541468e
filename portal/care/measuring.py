"""CareMeasure: how one feedback went, as integers that the database can add up.

It is a copy of what other tables say: each fact about a feedback measures it again in the same
transaction, and every night all are, for the studio's hours may be others since.
"""

import peewee

from portal.care import queries
from portal.core import dates, db
from portal.core.fields import UTCDateTimeField
from portal.feedback import hours
from portal.feedback.models import Feedback
from portal.feedback.words import FeedbackStatus
from portal.ledger.models import listen
from portal.projects.models import Project
from portal.studio.models import Studio

OVER = (FeedbackStatus.RESOLVED, FeedbackStatus.VERIFIED)


class CareMeasure(db.Model):
    """One for each feedback that counts: praise does not, nor what goes on in another one."""

    feedback = peewee.ForeignKeyField(Feedback, unique=True, backref="+", on_delete="CASCADE")
    project = peewee.ForeignKeyField(Project, backref="+")
    month_on = peewee.DateField()  # The first of the month it was filed in, where the studio is.
    # Working time until it was done, None: not yet; until when it was promised, None: it was not.
    response_minutes = peewee.BigIntegerField(null=True)
    response_by_at = UTCDateTimeField(null=True)
    is_response_kept = peewee.BooleanField()
    resolution_minutes = peewee.BigIntegerField(null=True)
    resolution_by_at = UTCDateTimeField(null=True)
    is_resolution_kept = peewee.BooleanField()
    answered = peewee.IntegerField()  # By how many people it was said how it was handled,
    good = peewee.IntegerField()  # and by how many that it was good.

    class Meta:
        indexes = ((("project", "month_on"), False),)


@listen
def follow(event):
    """Measure what a fact was about. What the studio does among itself moves no figure."""
    if event.is_internal:
        return
    if event.subject_kind == Feedback.KIND:
        measure(event.project_id, event.subject_number, event.subject_number)
    elif event.subject_kind == "pin_batch":
        number = queries.filed_with(event.project_id, event.subject_number)
        if number:  # What the studio pins is no feedback.
            measure(event.project_id, number, number)


def measure_all():
    """Measure everything, a project at a time; return how many differed."""
    return sum(_measured(project) for project in Project.select().order_by(Project.id))


def _measured(project):
    with project.change():
        return measure(project.id)


def measure(project_id, first=0, last=queries.LAST):
    """Measure the feedback of a project from one number to another; return how many differed."""
    week, differing = hours.of(Studio.here()), 0
    stored = {one.feedback_id: one for one in _stored(project_id, first, last)}
    for row in queries.facts(project_id, first, last):
        columns, known = _columns(row, week), stored.pop(row.id, None)
        if known is None:
            CareMeasure.create(feedback=row.id, **columns)
        elif any(known.__data__[name] != value for name, value in columns.items()):
            CareMeasure.update(**columns).where(CareMeasure.id == known.id).execute()
        else:
            continue
        differing += 1
    for gone in stored.values():
        gone.delete_instance()
    return differing + len(stored)


def _stored(project_id, first, last):
    measures = CareMeasure.select(CareMeasure).join(Feedback)
    return measures.where(Feedback.project == project_id, Feedback.number.between(first, last))


def _columns(row, week):
    resolved_at = row.resolved_at if row.status in OVER else None
    return {
        "project": row.project_id,
        "month_on": dates.today(row.filed_at, week.zone).replace(day=1),
        **_speed("response", row.filed_at, row.responded_at, row.respond_by_at, week),
        **_speed("resolution", row.filed_at, resolved_at, row.resolve_by_at, week),
        "answered": row.answered,
        "good": row.good,
    }


def _speed(what, filed_at, done_at, by_at, week):
    return {
        f"{what}_minutes": done_at and hours.between(filed_at, done_at, week),
        f"{what}_by_at": by_at,
        f"is_{what}_kept": done_at is not None and by_at is not None and done_at <= by_at,
    }

"""The figures of care as one would count them by hand: item by item, from what the rooms say."""

import statistics

from portal.access.models import Membership
from portal.access.permissions import Role
from portal.care.figures import Figures, Speed
from portal.care.models import CareAnswer
from portal.core import clock, dates
from portal.feedback import hours
from portal.feedback.models import Feedback, FeedbackStep
from portal.feedback.words import Kind, StepKind
from portal.studio.models import Studio


def counting():
    """Return every feedback that counts."""
    return [one for one in Feedback.select() if one.kind != Kind.PRAISE and not one.merge]


def figures_of(items):
    handled = [(one, one.handling) for one in items]
    answers = [
        one for item in items for one in CareAnswer.select().where(CareAnswer.feedback == item)
    ]
    return Figures(
        filed=len(items),
        response=speed([(i.filed_at, h.responded_at, h.respond_by_at) for i, h in handled]),
        resolution=speed([(i.filed_at, resolved(i), h.resolve_by_at) for i, h in handled]),
        answered=len(answers),
        good=sum(one.is_good for one in answers),
    )


def speed(spans):
    week, now = hours.of(Studio.here()), clock.now()
    took = [hours.between(filed, done, week) for filed, done, _ in spans if done]
    decided = [done for _, done, until in spans if until and (done or until < now)]
    kept = [done for _, done, until in spans if until and done and done <= until]
    median = int(statistics.median(took)) if took else None
    return Speed(len(took), median, len(decided), len(kept))


def resolved(item):
    steps = item.steps.where(FeedbackStep.kind == StepKind.RESOLVED)
    last = steps.order_by(FeedbackStep.taken_at.desc()).first()
    return last.taken_at if last and item.status.is_over else None


def month(item):
    return dates.today(item.filed_at, Studio.here().zone).replace(day=1)


def whose(item, way):
    """Return (id, name) of the client, project or producer that an item counts for."""
    if way == "project":
        return item.project.id, item.project.name
    if way == "client":
        return item.project.client.id, item.project.client.name
    producers = (Membership.project == item.project) & (Membership.role == Role.PRODUCER)
    first = Membership.select().where(producers).order_by(Membership.id).first()
    return (first.user.id, first.user.name) if first else (0, "Nobody")

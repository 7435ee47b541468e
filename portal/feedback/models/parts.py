"""What belongs to one feedback: pictures, verdicts, steps, the change request made of it."""

import peewee

from portal.access.models import User
from portal.changes.models import ChangeRequest
from portal.core import clock, db
from portal.core.fields import EnumField, LineField, ProseField, UTCDateTimeField
from portal.feedback.words import StepKind, VerdictKind
from portal.scope.models import ScopeItem
from portal.storage.models import Blob


class FeedbackPicture(db.Model):
    """A picture that came with it: as it was sent, and a smaller copy without metadata."""

    feedback = peewee.DeferredForeignKey("Feedback", backref="pictures", on_delete="CASCADE")
    blob = peewee.ForeignKeyField(Blob)
    small = peewee.ForeignKeyField(Blob)
    name = LineField()


class Verdict(db.Model):
    """One judgement, with the reason that the client reads. The last one counts; none is changed."""

    feedback = peewee.DeferredForeignKey("Feedback", backref="given")
    kind = EnumField(VerdictKind)
    reason = ProseField()
    scope_item = peewee.ForeignKeyField(ScopeItem, null=True)
    by = peewee.ForeignKeyField(User)
    given_at = UTCDateTimeField(default=clock.now)


class FeedbackStep(db.Model):
    """One thing that became of it, with the words that were said."""

    feedback = peewee.DeferredForeignKey("Feedback", backref="steps")
    kind = EnumField(StepKind)
    by = peewee.ForeignKeyField(User)
    words = ProseField(default="")
    taken_at = UTCDateTimeField(default=clock.now)


class FeedbackChange(db.Model):
    """The change request that was made of it. A client learns of it when that is sent."""

    feedback = peewee.DeferredForeignKey("Feedback", unique=True, on_delete="CASCADE")
    change = peewee.ForeignKeyField(ChangeRequest)

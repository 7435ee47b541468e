"""How the studio handles a feedback: in whose hands, how bad, by when, not before.

No query of a client's page names this table.
"""

import peewee

from portal.access.models import User
from portal.core import clock, db
from portal.core.fields import EnumField, JSONTextField, UTCDateTimeField
from portal.feedback import hours
from portal.feedback.words import Kind, Severity
from portal.projects.promises import Promise
from portal.studio.models import Studio


class Handling(db.Model):
    """One for each feedback, from the moment it is filed."""

    feedback = peewee.DeferredForeignKey("Feedback", unique=True, on_delete="CASCADE")
    assignee = peewee.ForeignKeyField(User, null=True)
    assigned_by = peewee.ForeignKeyField(User, null=True)
    assigned_at = UTCDateTimeField(null=True)
    severity = EnumField(Severity, default=Severity.NORMAL)
    wakes_at = UTCDateTimeField(null=True, index=True)  # Snoozed until then.
    # As promised to the client when it was filed; None: nothing was.
    respond_by_at = UTCDateTimeField(null=True)
    responded_at = UTCDateTimeField(null=True)  # When the studio first said something to them.
    resolve_by_at = UTCDateTimeField(null=True)
    before_verdict = JSONTextField(null=True)  # How it stood, so that the last can be taken back.

    DUE = ("responded_at", "resolve_by_at")  # What a verdict moves of it.

    @classmethod
    def begin(cls, item):
        """Handle a feedback that has just been filed, by what its client was promised."""
        due = {}
        promise = Promise.to(item.project.client_id)
        if promise and item.kind != Kind.PRAISE:  # Praise asks for nothing.
            week = hours.of(Studio.here())
            due["respond_by_at"] = _by(item.filed_at, promise.first_response_minutes, week)
            due["resolve_by_at"] = _by(item.filed_at, promise.resolution_minutes, week)
        return cls.create(feedback=item, **due)

    def is_asleep(self):
        return self.wakes_at is not None and self.wakes_at > clock.now()

    def respond(self):
        """Note that the studio has said something to the client; the first time counts."""
        if self.responded_at is None:
            self.put(responded_at=clock.now())

    def remember(self, item):
        """Keep how it and its feedback stand: a verdict is about to move them."""
        moved = {name: _stamped(getattr(self, name)) for name in self.DUE}
        moved["turned_at"] = _stamped(item.turned_at)
        stands = {"status": item.status, "turn": item.turn, "is_contested": item.is_contested}
        self.put(before_verdict={**moved, **stands})

    def wake(self):
        """Let it be seen again: the client has spoken."""
        if self.wakes_at is not None:
            self.put(wakes_at=None)

    def resume(self, since):
        """Give the studio the working time that passed while it was not its turn, since then."""
        if self.resolve_by_at and self.resolve_by_at > since:
            week = hours.of(Studio.here())
            left = hours.between(since, self.resolve_by_at, week)
            self.put(resolve_by_at=hours.after(clock.now(), left, week))

    def put(self, **columns):
        Handling.update(**columns).where(Handling.id == self.id).execute()
        self.__data__.update(columns)


def _stamped(at):
    return at and clock.stamp(at)


def _by(at, minutes, week):
    return hours.after(at, minutes, week) if minutes else None

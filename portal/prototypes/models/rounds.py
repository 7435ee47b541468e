"""Round: one contracted round of revision. It opens with a version and collects one batch."""

from enum import StrEnum

import peewee

from portal.access.models import User
from portal.changes.models import ChangeRequest
from portal.core import clock, db
from portal.core.errors import Conflict
from portal.core.fields import EnumField, UTCDateTimeField
from portal.ledger.models import SYSTEM, record
from portal.ledger.verbs import Verb
from portal.prototypes.models.sharing import SharedPin
from portal.signoff.models import SignOff, SignOffStatus

WITH_STUDIO = "This round is with the studio. Your next pins go on the next version."


class RoundStatus(StrEnum):
    OPEN = "open"  # Nothing of it has reached the studio.
    SUBMITTED = "submitted"  # Its batch has.
    CLOSED = "closed"  # Its version was decided, or the next one was sent.


class Round(db.Model):
    """The version it opened with, and those sent after it until one batch was submitted."""

    prototype = peewee.DeferredForeignKey("Prototype", backref="rounds")
    number = peewee.IntegerField()  # Counts from 1 in its prototype.
    version = peewee.DeferredForeignKey("PrototypeVersion", backref="+")
    status = EnumField(RoundStatus, default=RoundStatus.OPEN)
    opened_at = UTCDateTimeField(default=clock.now)
    submitted_at = UTCDateTimeField(null=True)
    submitted_by = peewee.ForeignKeyField(User, null=True)
    closed_at = UTCDateTimeField(null=True)
    change = peewee.ForeignKeyField(ChangeRequest, null=True)  # What it costs, when it is beyond.
    reminded_at = UTCDateTimeField(null=True)

    class Meta:
        indexes = ((("prototype", "number"), True),)

    @classmethod
    def begin(cls, version):
        """Return the round of a version that is being sent, inside its transaction.

        A round of which nothing was submitted goes on: it is not spent.
        """
        last = cls.select().where(cls.prototype == version.prototype_id)
        last = last.order_by(cls.number.desc()).first()
        if last is not None and last.status == RoundStatus.OPEN:
            return last
        if last is not None:
            last.close()
        number = last.number + 1 if last else 1
        return cls.create(prototype=version.prototype_id, number=number, version=version)

    @classmethod
    def of(cls, version):
        """Return the round that a sent version belongs to, or None."""
        first = cls.version.rel_model
        mine = (cls.prototype == version.prototype_id) & (first.version <= version.version)
        found = cls.select().join(first, on=cls.version).where(mine)
        return found.order_by(cls.number.desc()).first()

    @classmethod
    def to_remind(cls, *, due_by, since):
        """Return the rounds whose captain was shown pins and has not submitted them.

        Their version waits for an answer by `due_by`; nobody was reminded after `since`.
        """
        pin, version = SharedPin.pin.rel_model, cls.version.rel_model
        shown_on = (
            SharedPin.select(pin.version)
            .join(pin, on=SharedPin.pin)
            .where(pin.batch.is_null(), SharedPin.into.is_null(), SharedPin.dropped_why == "")
        )
        due = (
            SignOff.select(SignOff.subject_id)
            .where(SignOff.kind == "prototype", SignOff.status == SignOffStatus.OPEN)
            .where(SignOff.due_on <= due_by, SignOff.requested_at < since)
        )
        query = (
            cls.select()
            .join(version, on=cls.prototype == version.prototype)
            .where(cls.status == RoundStatus.OPEN, version.id << due, version.id << shown_on)
            .where(cls.reminded_at.is_null() | (cls.reminded_at < since))
        )
        return [one for one in query.order_by(cls.id) if one.prototype.acting_captain()]

    def remind(self):
        """Mail whoever gathers. Raises Conflict if the round was submitted meanwhile."""
        with self.prototype.project.change():
            now = Round.get_by_id(self.id)
            if now.is_submitted:
                raise Conflict("The round is with the studio already.")
            now.reminded_at = clock.now()
            now.save()
            version = now.prototype.sent[0]
            facts = {"version": version.version, "round": now.number, "id": now.id}
            record(Verb.ROUND_REMINDED, version, by=SYSTEM, **facts)

    @property
    def is_open(self):
        return self.status == RoundStatus.OPEN

    @property
    def is_submitted(self):
        """True once a batch of it went to the studio, whatever came after that."""
        return self.submitted_at is not None

    def is_beyond(self, included):
        """True if submitting it now would be one more than the contract includes."""
        return included is not None and self.number > included and not self.is_submitted

    def submit(self, *, by):
        """Note that a batch of it goes to the studio. The first one counts."""
        if self.is_submitted:
            return
        if self.is_open:
            self.move("status", was=RoundStatus.OPEN, to=RoundStatus.SUBMITTED)
        self.submitted_at, self.submitted_by = clock.now(), by
        self.save()

    def close(self):
        """End it: its version was decided, or replaced."""
        if self.status != RoundStatus.CLOSED:
            self.move("status", was=self.status, to=RoundStatus.CLOSED)
            self.closed_at = clock.now()
            self.save()

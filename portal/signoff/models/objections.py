"""Objection: "that was not me", or "not like this", within a day of the receipt."""

import datetime as dt

import peewee

from portal.access.models import User
from portal.core import canonical, clock, db
from portal.core.errors import Conflict, DomainError, Forbidden
from portal.core.fields import ProseField, UTCDateTimeField, plain
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.signoff.models.answers import Decision
from portal.signoff.models.sign_off import SignOff, SignOffStatus

WITHIN = dt.timedelta(hours=24)  # Long enough to read one's mail, too short to change one's mind.


class TooLate(Conflict):
    """The day in which one can object has passed; the message says what to do instead."""


class Objection(db.Model):
    """One person's objection to their own answer. While it stands, the answer is disputed."""

    decision = peewee.ForeignKeyField(Decision, backref="objections", unique=True)
    by = peewee.ForeignKeyField(User)
    reason = ProseField()
    made_at = UTCDateTimeField()
    withdrawn_at = UTCDateTimeField(null=True)

    @classmethod
    def until(cls, decision):
        """Return the last moment at which this answer can be objected to."""
        return decision.made_at + WITHIN

    @classmethod
    def raise_against(cls, decision, *, by, reason):
        """Mark an answer as disputed, and tell both sides. Returns the Objection.

        Raises Forbidden for anyone but the person whose answer it is, TooLate after a day,
        Conflict if there was one already or the answer is cancelled, DomainError without a reason.
        """
        said = plain(reason).strip()
        if not said:
            raise DomainError("Say what is wrong; both sides read it.")
        if decision.user_id != by.id:
            raise Forbidden("Only the person whose answer it is can object to it.")
        with decision.project.change():
            sign_off = SignOff.get_by_id(decision.sign_off_id)
            cls._check(decision, sign_off)
            made = cls.create(decision=decision, by=by, reason=said, made_at=clock.now())
            record(
                Verb.DECISION_DISPUTED,
                sign_off,
                by=by,
                **_facts(decision, sign_off),
                reason_sha256=canonical.sha256(said),
            )
        return made

    @classmethod
    def _check(cls, decision, sign_off):
        if sign_off.status == SignOffStatus.CANCELLED:
            raise Conflict("This answer is cancelled already, so there is nothing to object to.")
        if cls.select().where(cls.decision == decision).exists():
            raise Conflict("There is an objection to this answer already.")
        if clock.now() > cls.until(decision):
            raise TooLate(
                "An objection is possible within 24 hours of the receipt, and those have passed. "
                "Write to the studio: what was agreed can be cancelled by both sides, or moved by "
                "a change request."
            )

    def withdraw(self, *, by):
        """Take the objection back: the answer counts as before. Its trace stays."""
        if self.by_id != by.id:
            raise Forbidden("Only the person who objected can take it back.")
        with self.decision.project.change():
            sign_off = SignOff.get_by_id(self.decision.sign_off_id)
            stands = (Objection.id == self.id, Objection.withdrawn_at.is_null())
            if Objection.update(withdrawn_at=clock.now()).where(*stands).execute() != 1:
                raise Conflict("The objection was taken back already.")
            record(Verb.OBJECTION_WITHDRAWN, sign_off, by=by, **_facts(self.decision, sign_off))

    @property
    def stands(self):
        return self.withdrawn_at is None


def _facts(decision, sign_off):
    return {**sign_off.facts(), "decision": decision.event.hash}

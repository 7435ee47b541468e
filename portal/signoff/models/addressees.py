"""Addressee: one person who was asked, and what became of it. Who was asked to decide has a seat."""

from enum import StrEnum

import peewee

from portal.access.models import User
from portal.core import clock, db
from portal.core.fields import EnumField, UTCDateTimeField
from portal.ledger.models import record
from portal.ledger.verbs import Verb

REMIND_AGAIN_HOURS = 20  # The clock's reminder comes once a day at most; a person's at any time.


class Ask(StrEnum):
    DECISION = "decision"
    OPINION = "opinion"
    COPY = "copy"  # Sees the request and the outcome; neither decides nor opines.


class Rule(StrEnum):
    """Whose yes it takes."""

    ANY = "any"  # The first answer decides.
    ALL = "all"  # The last approval decides; the first other answer ends it.
    IN_ORDER = "in_order"  # The same, and each is asked once those before have approved.


class Addressee(db.Model):
    """One person who was asked. A seat has one answer, whoever holds it by then."""

    sign_off = peewee.DeferredForeignKey("SignOff", backref="addressees", on_delete="CASCADE")
    user = peewee.ForeignKeyField(User)
    ask = EnumField(Ask)
    position = peewee.IntegerField(default=0)  # Of a seat, from 1: who is asked before whom.
    asked_at = UTCDateTimeField(null=True, default=clock.now)  # None: it is not their turn yet.
    instead_of = peewee.ForeignKeyField(User, null=True)  # Who held the seat before.
    vacated_at = UTCDateTimeField(null=True)  # Its holder left, and nobody could be asked instead.
    opened_at = UTCDateTimeField(null=True)
    reminded_at = UTCDateTimeField(null=True)

    class Meta:
        indexes = ((("sign_off", "user"), True),)

    @property
    def is_seat(self):
        return self.ask == Ask.DECISION

    @property
    def is_copy(self):
        return self.ask == Ask.COPY

    @property
    def has_answered(self):
        """True once there is nothing left to answer; a copy asks for nothing."""
        if self.is_seat:
            return any(made.seat_id == self.id for made in self.sign_off.decisions)
        opinions = self.sign_off.opinions if self.ask == Ask.OPINION else ()
        return self.is_copy or any(one.user_id == self.user_id for one in opinions)

    def open(self):
        """Note that the person had the page before their eyes. The first time counts."""
        with self.sign_off.project.change():
            first = (
                Addressee.update(opened_at=clock.now())
                .where(Addressee.id == self.id, Addressee.opened_at.is_null())
                .execute()
            )
            if first:
                record(Verb.SIGN_OFF_OPENED, self.sign_off, by=self.user, **self.sign_off.facts())

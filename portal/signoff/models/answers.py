"""Decision: one person's answer. Opinion: one person's view. Receipt: the record of a decision."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import peewee

from portal.access.models import User
from portal.core import canonical, clock, dates, db
from portal.core.errors import Forbidden
from portal.core.fields import (
    EnumField,
    JSONTextField,
    LineField,
    ProseField,
    UTCDateTimeField,
    capital,
)
from portal.ledger.models import Event, Identity, record
from portal.ledger.verbs import Verb
from portal.projects.models import Project
from portal.signoff.models.addressees import Addressee
from portal.signoff.models.sign_off import SignOff
from portal.storage.models import Blob

PURCHASE_ORDER_CHARACTERS = 60


class Answer(StrEnum):
    APPROVE = "approve"
    APPROVE_WITH_NOTES = "approve_with_notes"
    REQUEST_CHANGES = "request_changes"
    DECLINE = "decline"

    @property
    def is_yes(self):
        return self in (Answer.APPROVE, Answer.APPROVE_WITH_NOTES)


class View(StrEnum):
    LOOKS_GOOD = "looks_good"
    NEEDS_CHANGES = "needs_changes"


class How(StrEnum):
    """How an answer reached the studio that was not given here."""

    LETTER = "letter"
    MAIL = "mail"
    CALL = "call"
    MEETING = "meeting"

    @property
    def is_written(self):
        return self in (How.LETTER, How.MAIL)

    def of(self, on):
        """a letter of 3 March 2026"""
        return f"a {self} {'of' if self.is_written else 'on'} {dates.day(on)}"


def recorded(how, on):
    """Return in words how an answer came that the studio wrote down; "" where it did not.

    >>> recorded("letter", datetime(2026, 3, 3))
    'recorded by the studio from a letter of 3 March 2026'
    """
    return f"recorded by the studio from {How(how).of(on)}" if how else ""


@dataclass(frozen=True)
class Evidence:
    """How we know who answered: what the request showed of the person and the device."""

    typed_name: str
    how: str  # "password", "email code"
    authenticated_at: datetime
    address: str
    agent: str
    session: str = ""  # SHA-256 of the session's digest (hex).
    form_age_s: int | None = None  # From the page to the answer; None: not known.


class Decision(db.Model):
    """One person's answer to one sign-off. Never changed, never removed."""

    project = peewee.ForeignKeyField(Project, backref="decisions")
    sign_off = peewee.ForeignKeyField(SignOff, backref="decisions")
    seat = peewee.ForeignKeyField(Addressee, null=True, unique=True)
    user = peewee.ForeignKeyField(User)
    acting_for = peewee.ForeignKeyField(User, null=True)  # Who is away, and holds the seat.
    answer = EnumField(Answer)
    notes = ProseField(default="")
    options = JSONTextField()
    amount_minor = peewee.BigIntegerField(null=True)
    commits_minor = peewee.BigIntegerField(default=0)  # What counts against the seat's mandate.
    is_within_mandate = peewee.BooleanField(default=True)  # False: it needs another yes beside it.
    launch_on = peewee.DateField(null=True)
    baseline_number = peewee.IntegerField()
    key = peewee.CharField(max_length=64, unique=True)
    signer = peewee.CharField(max_length=64)  # Commitments to identity rows.
    device = peewee.CharField(max_length=64)
    purchase_order = LineField(max_length=PURCHASE_ORDER_CHARACTERS, default="")
    recorded_by = peewee.ForeignKeyField(User, null=True, backref="recorded")  # Of the studio.
    recorded_how = EnumField(How, null=True)
    recorded_on = peewee.DateField(null=True)  # The day it was said or written.
    event = peewee.ForeignKeyField(Event)
    made_at = UTCDateTimeField()

    class Meta:
        indexes = ((("sign_off", "user"), True), (("user", "made_at"), False))

    @property
    def is_yes(self):
        return self.answer.is_yes

    @property
    def is_recorded(self):
        """True if the person did not give it here: the studio wrote down what they said."""
        return self.recorded_how is not None

    @property
    def actor(self):
        """Whoever pressed the button."""
        return self.recorded_by if self.is_recorded else self.user

    @property
    def source(self):
        """recorded by the studio from a letter of 3 March 2026; empty where it was given here."""
        return recorded(self.recorded_how, self.recorded_on)

    @property
    def source_sentence(self):
        return capital(self.source)


class DecisionFile(db.Model):
    """A file that came with an answer: a purchase order, a marked page, the letter itself."""

    decision = peewee.ForeignKeyField(Decision, backref="files", on_delete="CASCADE")
    blob = peewee.ForeignKeyField(Blob)
    name = LineField()


class Opinion(db.Model):
    """What a reviewer thinks of a version. Informs, never decides; the newest one counts."""

    sign_off = peewee.ForeignKeyField(SignOff, backref="opinions", on_delete="CASCADE")
    user = peewee.ForeignKeyField(User)
    view = EnumField(View)
    note = ProseField(default="")
    given_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("sign_off", "user"), True),)

    @classmethod
    def give(cls, sign_off, *, by, view, note=""):
        """Say what one thinks of it, while it is open."""
        with sign_off.project.change():
            sign_off = SignOff.get_by_id(sign_off.id)
            sign_off.check_open()
            if any(one.user_id == by.id and one.is_copy for one in sign_off.addressees):
                raise Forbidden("You get a copy of this. Others were asked what they think.")
            cls.insert(
                sign_off=sign_off, user=by, view=view, note=note, given_at=clock.now()
            ).on_conflict(
                conflict_target=[cls.sign_off, cls.user],
                preserve=[cls.view, cls.note, cls.given_at],
            ).execute()
            record(Verb.OPINION_GIVEN, sign_off, by=by, **sign_off.facts(), view=str(view))


class Receipt(db.Model):
    """The record of one decision, as canonical JSON: the same fields for every kind."""

    public_id = peewee.CharField(
        max_length=32, unique=True, default=lambda: secrets.token_urlsafe(16)
    )
    project = peewee.ForeignKeyField(Project, backref="receipts")
    number = peewee.IntegerField()
    decision = peewee.ForeignKeyField(Decision, backref="receipts", unique=True)
    record = peewee.TextField()

    class Meta:
        indexes = ((("project", "number"), True),)

    @classmethod
    def issue(cls, decision, facts):
        """Write the record of a decision, inside its transaction."""
        return cls.create(
            project=decision.project_id,
            number=decision.project.next_number(cls),
            decision=decision,
            record=canonical.dump(facts),
        )

    @property
    def path(self):
        return f"/receipts/{self.public_id}"

    @property
    def name(self):
        """tidelines/7: as a person says it."""
        return f"{self.project.slug}/{self.number}"

    @property
    def facts(self):
        return json.loads(self.record)

    @property
    def signer(self):
        """The identity record of who signed, or None once it was erased."""
        found = Identity.get_or_none(commitment=self.facts["signer"])
        return found and found.facts

    @property
    def device(self):
        found = Identity.get_or_none(commitment=self.facts["device"])
        return found and found.facts

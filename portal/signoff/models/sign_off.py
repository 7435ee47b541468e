"""SignOff: a request to decide about one exact version."""

import json
from enum import StrEnum

import peewee

from portal.access.models import User
from portal.access.permissions import Permission
from portal.core import canonical, clock, db
from portal.core.errors import Conflict, DomainError
from portal.core.fields import EnumField, LineField, ProseField, UTCDateTimeField, line, plain
from portal.ledger.models import SYSTEM, record
from portal.ledger.verbs import Verb
from portal.projects.models import Project
from portal.signoff.models.addressees import Rule
from portal.signoff.models.due import Due
from portal.signoff.models.routing import Routing
from portal.signoff.models.seating import Seating
from portal.signoff.models.stand_ins import studio_day
from portal.signoff.subject import SUBJECTS, SubjectStatus


class SignOffStatus(StrEnum):
    OPEN = "open"
    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    CANCELLED = "cancelled"  # Approved once, and undone by both sides.


class SignOff(db.Model, Seating, Routing, Due):
    """One version of one subject, sealed as it was sent, and the question about it."""

    project = peewee.ForeignKeyField(Project, backref="sign_offs")
    number = peewee.IntegerField()
    kind = peewee.CharField(max_length=40)
    subject_id = peewee.IntegerField()
    subject_number = peewee.IntegerField()
    version = peewee.IntegerField()
    noun = LineField(default="", max_length=40)  # "funding request"; empty: as its kind is called.
    title = LineField()
    status = EnumField(SignOffStatus, default=SignOffStatus.OPEN)
    rule = EnumField(Rule)
    snapshot = peewee.TextField()  # The sealed bytes. Read, never made again.
    digest = peewee.CharField(max_length=64)
    currency = peewee.CharField(max_length=3)
    amount_minor = peewee.BigIntegerField(null=True)  # As sent, excluding tax.
    is_binding = peewee.BooleanField(default=True)  # False: a yes adds it to no sum.
    baseline_number = peewee.IntegerField()
    silence = LineField(default="")  # What happens without an answer.
    requested_by = peewee.ForeignKeyField(User)
    requested_at = UTCDateTimeField(default=clock.now)
    due_on = peewee.DateField(null=True)
    holds_what = LineField(default="")  # What waits for the answer: "the build of the site".
    holds_on = peewee.DateField(null=True)  # When that should begin.
    day_cost_minor = peewee.BigIntegerField(null=True)  # What each day of waiting costs.
    expires_on = peewee.DateField(null=True)
    closed_at = UTCDateTimeField(null=True)
    reason = ProseField(default="")  # Why it was withdrawn.
    cancelled_by = peewee.ForeignKeyField("self", null=True)  # The sign-off that undid it.

    class Meta:
        indexes = (
            (("project", "number"), True),
            (("kind", "subject_id"), True),
            (("status", "due_on"), False),
        )

    @classmethod
    def request(
        cls, subject, *, by, deciders, reviewers=(), copies=(), rule=Rule.ANY, actor=None, **terms
    ):
        """Seal `subject` as it is and ask these people about it, in the name of `by`.

        `actor` is who does it, where that is not `by`: the portal, on terms that `by` has set. Call
        it inside `project.change()`. Earlier versions that are still open are superseded.
        Raises DomainError if nobody is asked, the subject is not complete, or nobody on the
        project may decide so much.
        """
        if not deciders:
            raise DomainError("Choose at least one person who can approve.")
        if terms.get("due_on") and terms["due_on"] < studio_day():
            raise DomainError("Nobody can answer by a day that has passed.")
        subject.check_ready()
        sign_off = cls.seal(subject, by=by, rule=rule, **terms)
        cls.supersede(subject, by=actor or by)
        sign_off.number = sign_off.project.next_number(cls)
        sign_off.save(force_insert=True)
        sign_off.ask(deciders, reviewers, copies)
        subject.move("status", was=SubjectStatus.DRAFT, to=SubjectStatus.SENT)
        record(Verb.SIGN_OFF_SENT, sign_off, by=actor or by, **sign_off.facts(), rule=str(rule))
        sign_off.ask_who_covers(sign_off.offer().commits_minor)
        return sign_off

    @classmethod
    def seal(cls, subject, *, by, **terms):
        """Return a sign-off of `subject` as it is now: not saved, and nobody is asked yet."""
        project, facts = subject.project, subject.snapshot()
        sealed, offer = canonical.dump(facts), subject.offer(facts, None)
        return cls(
            project=project,
            kind=subject.KIND,
            subject_id=subject.id,
            subject_number=subject.number,
            version=subject.version,
            noun=subject.noun,
            title=subject.title,
            snapshot=sealed,
            digest=canonical.sha256(sealed),
            currency=project.currency,
            amount_minor=offer.total_minor,
            is_binding=offer.is_binding,
            baseline_number=subject.baseline_number(),
            requested_by=by,
            **terms,
        )

    @classmethod
    def supersede(cls, subject, *, by):
        """Close what is open about earlier versions of this subject."""
        earlier = cls.select().where(
            cls.project == subject.project,
            cls.kind == subject.KIND,
            cls.subject_number == subject.number,
            cls.status == SignOffStatus.OPEN,
        )
        for sign_off in earlier:
            sign_off.close(SignOffStatus.SUPERSEDED)
            record(
                Verb.SIGN_OFF_SUPERSEDED,
                sign_off,
                by=by,
                **sign_off.facts(),
                by_version=subject.version,
            )

    @classmethod
    def of(cls, subject):
        """Return the sign-off of this exact version, or None while it is a draft."""
        return cls.get_or_none(kind=subject.KIND, subject_id=subject.id)

    @classmethod
    def past_their_day(cls, today):
        """Return the open ones that were valid until a day before `today`."""
        return cls.select().where(cls.status == SignOffStatus.OPEN, cls.expires_on < today)

    @property
    def is_open(self):
        return self.status == SignOffStatus.OPEN

    @property
    def is_past_its_day(self):
        """True once the last day it is valid has ended where the studio is."""
        return self.expires_on is not None and self.expires_on < studio_day()

    @property
    def subject_class(self):
        return SUBJECTS[self.kind]

    @property
    def subject(self):
        return self.subject_class.get_by_id(self.subject_id)

    @property
    def label(self):
        """estimate 3, version 2"""
        noun = self.noun or self.subject_class.NOUN
        return f"{noun} {self.subject_number}, version {self.version}"

    @property
    def subject_label(self):
        """estimate 3"""
        return f"{self.noun or self.subject_class.NOUN} {self.subject_number}"

    @property
    def path(self):
        return f"/projects/{self.project.slug}/sign-offs/{self.number}"

    @property
    def shown(self):
        """What the client was shown, read from the sealed bytes."""
        return json.loads(self.snapshot)

    def offer(self, options=None):
        return self.subject_class.offer(self.shown, options)

    def facts(self):
        """Return what the ledger says of it in every entry."""
        return {
            "kind": self.kind,
            "subject_number": self.subject_number,
            "version": self.version,
            "digest": self.digest,
            "amount": None
            if self.amount_minor is None
            else {"minor": self.amount_minor, "currency": self.currency},
        }

    def can_be_decided_by(self, user, role):
        """Answer whether this person, now, may decide: asked, or answering for who was."""
        return (
            role is not None
            and role.may(Permission.SIGN_OFF_DECIDE)
            and self.seat_of(user) is not None
        )

    def check_open(self):
        if not self.is_open:
            raise Conflict(f"There is an outcome already for {self.label}.")

    def close(self, status, reason=""):
        """Move it, and its subject with it, to where it ends. The caller records why."""
        self.move("status", was=SignOffStatus.OPEN, to=status)
        SignOff.update(closed_at=clock.now(), reason=reason).where(SignOff.id == self.id).execute()
        self.subject.move("status", was=SubjectStatus.SENT, to=SubjectStatus(str(status)))

    def withdraw(self, *, by, reason):
        """Take the question back before it is answered. Its trace stays."""
        if not line(reason):
            raise DomainError("Say why you take it back; the client reads it.")
        with self.project.change():
            self.close(SignOffStatus.WITHDRAWN, reason)
            why = canonical.sha256(plain(reason).strip())
            record(Verb.SIGN_OFF_WITHDRAWN, self, by=by, **self.facts(), reason_sha256=why)

    def expire(self):
        """End it because its last day has passed."""
        with self.project.change():
            self.close(SignOffStatus.EXPIRED)
            record(Verb.SIGN_OFF_EXPIRED, self, by=SYSTEM, **self.facts())

    def remind(self, addressee, *, by):
        """Mail one person again. Raises Conflict once there is nothing left to answer."""
        if not self.is_open or addressee.has_answered:
            raise Conflict("There is an answer already; nobody needs a reminder.")
        if addressee.asked_at is None:
            raise Conflict("It is not their turn yet. They get a letter when it is.")
        with self.project.change():
            addressee.reminded_at = clock.now()
            addressee.save()
            record(
                Verb.SIGN_OFF_REMINDED,
                self,
                by=by,
                **self.facts(),
                person=addressee.user.identity,
                addressee=addressee.id,
            )

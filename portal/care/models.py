"""Escalation: who was told of a complaint. CareAnswer: what a client says of how it was handled."""

import datetime as dt
from enum import StrEnum

import peewee

from portal.access.models import Membership, User
from portal.core import canonical, clock, db
from portal.core.errors import Conflict, DomainError, Forbidden
from portal.core.fields import EnumField, ProseField, UTCDateTimeField, plain
from portal.feedback.models import Feedback
from portal.feedback.words import FeedbackStatus, Kind, Turn
from portal.ledger.models import SYSTEM, record
from portal.ledger.verbs import Verb
from portal.mail.models import Letter
from portal.projects.promises import Promise

CHANGE = dt.timedelta(days=1)  # Second thoughts are welcome; after a day the answer counts.
WHY_CHARACTERS = 2_000
TEMPLATE = "complaint-escalated"


class Cause(StrEnum):
    FILED = "filed"
    UNANSWERED = "unanswered"  # The promised first response did not come.


class Escalation(db.Model):
    """A complaint of which the person named for its client was told, and why."""

    feedback = peewee.ForeignKeyField(Feedback, on_delete="CASCADE")
    cause = EnumField(Cause)
    person = peewee.ForeignKeyField(User)
    told_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("feedback", "cause"), True),)

    @classmethod
    def tell(cls, item, cause):
        """Tell who is named, and return the Escalation; None if nobody is, or they know already.

        Call it inside the transaction that holds the project.
        """
        promise = Promise.to(item.project.client_id)
        person = promise and promise.complaints_to
        if person is None or person.disabled_at or cls.get_or_none(feedback=item, cause=cause):
            return None
        Letter.write(TEMPLATE, to=person, context=_context(item, cause, person))
        return cls.create(feedback=item, cause=cause, person=person)

    @classmethod
    def tell_again(cls, item):
        """Tell them that a complaint still has no answer, if that is so."""
        with item.project.change():
            item = Feedback.get_by_id(item.id)
            told = cls.tell(item, Cause.UNANSWERED) if is_unanswered(item) else None
            if told:
                person = told.person.identity
                record(Verb.COMPLAINT_ESCALATED, item, by=SYSTEM, person=person)


def is_unanswered(item):
    """True if the studio has said nothing to the client by the promised time."""
    held = item.handling
    is_late = held.respond_by_at is not None and held.respond_by_at < clock.now()
    return is_late and held.responded_at is None and item.turn == Turn.STUDIO


class CareAnswer(db.Model):
    """One person's answer to how one feedback was handled. It can be changed for a day."""

    feedback = peewee.ForeignKeyField(Feedback, on_delete="CASCADE")
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    is_good = peewee.BooleanField()
    why = ProseField(default="")
    answered_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("feedback", "user"), True),)

    @classmethod
    def of(cls, item, user):
        return cls.get_or_none(feedback=item, user=user)

    @classmethod
    def give(cls, item, *, by, is_good, why=None):
        """Answer, or change one's answer, and return it; without a why the one written stays.

        Raises Forbidden for whoever was not asked, Conflict if it is open again or a day has
        passed, DomainError if the why is too long.
        """
        why = why if why is None else plain(why).strip()
        if why and len(why) > WHY_CHARACTERS:
            raise DomainError(f"Say it in at most {WHY_CHARACTERS:,} characters.")
        with item.project.change():
            item = Feedback.get_by_id(item.id)
            _check(item, by)
            answer = cls.of(item, by) or cls(feedback=item, user=by, is_good=is_good)
            answer.put(is_good=is_good, why=answer.why if why is None else why)
        return answer

    def put(self, *, is_good, why):
        """Keep what was answered, with its line in the ledger; the same once more is nothing new."""
        if self.id and (self.is_good, self.why) == (is_good, why):
            return
        if self.id and not self.can_be_changed:
            raise Conflict("You answered this more than a day ago. Your answer counts as it is.")
        self.is_good, self.why = is_good, why
        self.save()
        sealed = canonical.sha256(why) if why else None
        word = "good" if is_good else "not_good"
        record(Verb.CARE_ANSWERED, self.feedback, by=self.user, answer=word, why_sha256=sealed)

    @property
    def can_be_changed(self):
        return clock.now() < self.answered_at + CHANGE


def is_asked(item):
    """True while its people are asked how it was handled; praise is a thank-you, and handles nothing."""
    is_over = item.status in (FeedbackStatus.RESOLVED, FeedbackStatus.VERIFIED)
    return is_over and item.kind != Kind.PRAISE


def may_answer(item, user):
    """True for the people of the client who are on the project now."""
    if user.is_studio or user.disabled_at:
        return False
    return Membership.get_or_none(project=item.project_id, user=user) is not None


def _check(item, by):
    if not may_answer(item, by):
        raise Forbidden("The answer to this is the client's.")
    if not is_asked(item):
        raise Conflict("This is open again. You are asked once it is resolved.")


def _context(item, cause, person):
    """Return what the letter says; the words of the complaint only to whoever is on the project."""
    is_on_it = Membership.get_or_none(project=item.project_id, user=person) is not None
    return {
        "cause": str(cause),
        "client": item.project.client.name,
        "is_on_it": is_on_it,
        "label": item.label,
        "path": item.studio_path if is_on_it else "/care",
        "project": item.project.name,
        "text": item.text if is_on_it else "",
    }

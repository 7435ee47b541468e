"""Letter: what is sent to whom, when, and why not. LetterAttempt: each time we tried."""

import datetime as dt
import logging
import secrets
from enum import StrEnum

import peewee

from portal.core import clock, db
from portal.core.fields import EnumField, JSONTextField, LineField, UTCDateTimeField
from portal.mail import jobs, message, transports
from portal.mail.bounces import Bounce

LEASE = dt.timedelta(minutes=5)  # Far longer than one delivery; after it the worker counts as dead.
FIRST_WAIT = dt.timedelta(minutes=1)  # Doubles after every failure,
LONGEST_WAIT = dt.timedelta(hours=1)  # up to this: a server that is back is used within the hour.
NO_WAIT = dt.timedelta(0)
PATIENCE = dt.timedelta(hours=72)  # A mail server may be away over a long weekend.
ROUND_LETTERS = 100  # What one sweep takes on, so that a round ends.

log = logging.getLogger(__name__)


class LetterStatus(StrEnum):
    FAILED = "failed"
    GATHERED = "gathered"  # Another letter carries what it says: `carried_by_id`.
    GATHERING = "gathering"  # It waits for its hour; `notices.batches` lets it go.
    HELD = "held"  # The address bounced; it leaves when somebody tries that again.
    SENT = "sent"
    SKIPPED = "skipped"
    WAITING = "waiting"


UNSENT = (LetterStatus.GATHERING, LetterStatus.HELD, LetterStatus.WAITING)


class Letter(db.Model):
    """One mail to one person. The row is the promise; the queue only makes it quick."""

    address = LineField()
    name = LineField()
    user_id = peewee.IntegerField(null=True, index=True)
    event_id = peewee.IntegerField(null=True)
    project_id = peewee.IntegerField(null=True)
    subject_kind = peewee.CharField(max_length=40, null=True)
    subject_number = peewee.IntegerField(null=True)
    template = peewee.CharField(max_length=80)
    context = JSONTextField()
    status = EnumField(LetterStatus, default=LetterStatus.WAITING)
    is_urgent = peewee.BooleanField(default=True)  # Nobody can ask to have it later, or never.
    carried_by_id = peewee.IntegerField(null=True, index=True)
    attempts = peewee.IntegerField(default=0)
    next_try_at = UTCDateTimeField()
    created_at = UTCDateTimeField()
    sent_at = UTCDateTimeField(null=True)
    message_id = peewee.CharField(unique=True)
    error = peewee.TextField(default="")

    class Meta:
        indexes = (
            # Rows without an event never collide: both databases treat nulls as different.
            (("event_id", "user_id", "template"), True),
            (("status", "next_try_at"), False),
            (("project_id", "subject_kind", "subject_number"), False),
        )

    @classmethod
    def write(cls, template, *, to, context, event=None, subject=None, wait=NO_WAIT, **fate):
        """Promise `to` (with an id, email and name) a letter; it leaves after the commit.

        `context` is plain values, without secrets: those are added late (`message.late`).
        It leaves after `wait`, a timedelta; `fate` is columns that say otherwise.
        The same event never makes the same person two equal letters: the first is returned.
        """
        if event is not None:
            first = cls.get_or_none(event_id=event.id, user_id=to.id, template=template)
            if first:
                return first
        now = clock.now()
        columns = {"next_try_at": now + wait, **_subject_columns(event, subject), **fate}
        letter = cls.create(
            address=to.email,
            name=to.name,
            user_id=to.id,
            event_id=event and event.id,
            template=template,
            context=context,
            created_at=now,
            message_id=f"<{secrets.token_hex(16)}@{message.host()}>",
            **columns,
        )
        if not wait and letter.status == LetterStatus.WAITING:
            db.after_commit(lambda: jobs.deliver.later(letter.id))
        return letter

    @classmethod
    def gathers(cls, template, to, event):
        """Answer whether a letter about what the event is about waits for this person, untried.

        Asked inside a transaction, it is held until that ends: what it gathers then includes
        what the transaction does.
        """
        same = cls._same(template, to, event, LetterStatus.WAITING) & (cls.attempts == 0)
        return cls.update(next_try_at=cls.next_try_at).where(same).execute() > 0

    @classmethod
    def gathering(cls, template, to, event):
        """Return such a letter that waits for its reader's hour, held likewise, or None."""
        same = cls._same(template, to, event, LetterStatus.GATHERING)
        held = cls.update(next_try_at=cls.next_try_at).where(same).execute()
        return cls.select().where(same).order_by(cls.id).first() if held else None

    @classmethod
    def _same(cls, template, to, event, status):
        found = (cls.template == template) & (cls.user_id == to.id) & (cls.status == status)
        for name, value in _subject_columns(event, None).items():
            found &= getattr(cls, name) == value
        return found

    @classmethod
    def due(cls):
        """Return the letters whose time has come, the longest waiting first."""
        ready = (cls.status == LetterStatus.WAITING) & (cls.next_try_at <= clock.now())
        return list(
            cls.select().where(ready).order_by(cls.next_try_at, cls.id).limit(ROUND_LETTERS)
        )

    @classmethod
    def about(cls, subject):
        """Return the letters about one thing, oldest first."""
        columns = _subject_columns(None, subject)
        same = [getattr(cls, name) == value for name, value in columns.items()]
        return cls.select().where(*same).order_by(cls.id)

    @classmethod
    def try_again(cls, address):
        """Believe in an address that bounced, and let go what was held for it.

        What can wait is gathered first, so that it arrives as one.
        """
        held = (cls.address == address) & (cls.status == LetterStatus.HELD)
        with db.change():
            Bounce.delete().where(Bounce.address == address).execute()
            for is_urgent, status in (
                (True, LetterStatus.WAITING),
                (False, LetterStatus.GATHERING),
            ):
                freed = cls.update(status=status, next_try_at=clock.now(), attempts=0, error="")
                freed.where(held, cls.is_urgent == is_urgent).execute()

    @classmethod
    def readdress(cls, user_id, before, after):
        """Let what waits for a person at one address go to another, and believe in that one.

        What is on its way to a third, such as the word to whoever had the account before, stays.
        """
        waiting = (cls.user_id == user_id) & (cls.address == before) & cls.status.in_(UNSENT)
        with db.change():
            cls.update(address=after).where(waiting).execute()
            cls.try_again(after)

    @classmethod
    def stop(cls, user_id, reason):
        """Let nothing that waits for a person leave any more."""
        waiting = (cls.user_id == user_id) & cls.status.in_(UNSENT)
        cls.update(status=LetterStatus.SKIPPED, error=reason).where(waiting).execute()

    def deliver(self):
        """Send the letter if it is due and nobody else is sending it.

        Return False only when the mail server could not be reached, so that a sweep can stop.
        Never raises for a letter that cannot be sent: the row says why.
        """
        if not self._claim():
            return True
        try:
            mail = message.render(self)
            if mail is None:
                self._close(LetterStatus.SKIPPED, "Out of date before it left.")
            elif bounce := self._bounce():
                self._close(LetterStatus.HELD, f"An earlier letter bounced. {bounce.said}")
            else:
                transports.open_transport(message.mail_url()).send(mail, self.address, self.id)
                self._sent()
        except transports.Bounced as error:
            with db.change():
                self._close(LetterStatus.FAILED, str(error))
                Bounce.note(self, str(error))
        except transports.Refused as error:
            self._close(LetterStatus.FAILED, str(error))
        except transports.TryLater as error:
            self._try_later(str(error))
            return not isinstance(error, transports.Unreachable)
        except Exception as error:
            log.exception("letter %s could not be made", self.id)
            self._try_later(f"The letter could not be made: {type(error).__name__}.")
        return True

    def _claim(self):
        """Take the letter for as long as the lease runs. True if we are the one who has it."""
        cls, now = type(self), clock.now()
        taken = (
            cls.update(next_try_at=now + LEASE, attempts=cls.attempts + 1)
            .where(
                cls.id == self.id,
                cls.status == LetterStatus.WAITING,
                cls.next_try_at <= now,
            )
            .execute()
        )
        if taken:
            self.__data__.update(cls.get_by_id(self.id).__data__)
        return taken == 1

    def _sent(self):
        self._close(LetterStatus.SENT)
        if not self.can_wait and Bounce.of(self.address):
            self.try_again(self.address)

    def _bounce(self):
        """Return what its address bounced with. A letter one asked for oneself tries again."""
        return Bounce.of(self.address) if self.can_wait else None

    @property
    def can_wait(self):
        """A code, an invitation: held, it would be of no use; and it finds out what has healed."""
        return self.event_id is not None or not self.is_urgent or self._carries_others()

    def _carries_others(self):
        cls = type(self)
        return cls.select().where(cls.carried_by_id == self.id).exists()

    def _close(self, status, reason=""):
        sent_at = clock.now() if status == LetterStatus.SENT else None
        self._record(status, reason, status=status, sent_at=sent_at)

    def _try_later(self, reason):
        now = clock.now()
        next_try_at = now + min(FIRST_WAIT * 2 ** min(self.attempts - 1, 10), LONGEST_WAIT)
        if next_try_at > self.created_at + PATIENCE:
            self._close(LetterStatus.FAILED, reason)
        else:
            self._record("waiting", reason, next_try_at=next_try_at)

    def _record(self, outcome, reason, **columns):
        cls = type(self)
        with db.change():
            # A lease that ran out may have let another worker finish; its word stands.
            cls.update(error=reason, **columns).where(
                cls.id == self.id, cls.status == LetterStatus.WAITING
            ).execute()
            text = f"{outcome}: {reason}" if reason else str(outcome)
            LetterAttempt.create(letter=self, at=clock.now(), outcome=text)
        self.__data__.update(cls.get_by_id(self.id).__data__)


class LetterAttempt(db.Model):
    """One try at sending a letter, and how it ended."""

    letter = peewee.ForeignKeyField(Letter, backref="tries", on_delete="CASCADE")
    at = UTCDateTimeField()
    outcome = peewee.TextField()


def _subject_columns(event, subject):
    """Name the thing a letter is about as the ledger names it."""
    if subject is not None:
        project = subject.project if hasattr(type(subject), "project") else subject
        return {
            "project_id": project.id,
            "subject_kind": peewee.make_snake_case(type(subject).__name__),
            "subject_number": getattr(subject, "number", None) or subject.id,
        }
    names = ("project_id", "subject_kind", "subject_number")
    return {name: getattr(event, name) for name in names} if event is not None else {}

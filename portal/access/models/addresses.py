"""AddressChange: another address for a person, once a code that was mailed there is typed."""

import datetime as dt
import hmac
import secrets

import peewee

from portal.access import mailer
from portal.access.models.attempts import Attempt
from portal.access.models.entry import CODE_MINUTES, CODE_TRIES, Code
from portal.access.models.people import User, clean_email
from portal.core import clock, db, tokens
from portal.core.errors import Conflict, DomainError
from portal.core.fields import UTCDateTimeField
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.mail.models import Letter

UNDO_DAYS = 7  # Whoever reads that mailbox once a week still can.
ASKS_PER_DAY = 5
WRONG = "That code is not right, or no longer good. Ask for a new one."
OVER = "This link has done its work, or is too old. Call the studio if the address is wrong."


class AddressChange(db.Model):
    """From one address to another. The old one is told, and can take it back for some days."""

    user = peewee.ForeignKeyField(User, backref="address_changes", on_delete="CASCADE")
    before = peewee.CharField()
    after = peewee.CharField()
    seed = peewee.CharField(default=lambda: secrets.token_hex(16))
    nonce = peewee.CharField(default=lambda: secrets.token_hex(16))
    created_at = UTCDateTimeField(default=clock.now)
    tries = peewee.SmallIntegerField(default=0)
    confirmed_at = UTCDateTimeField(null=True)
    undone_at = UTCDateTimeField(null=True)

    @classmethod
    def ask(cls, user, email):
        """Mail a code to another address. Raises DomainError or TooMany.

        To an address that somebody has, no code leaves; nothing says so, for who has one here is
        nobody's business.
        """
        email = clean_email(email)
        if email == user.email:
            raise DomainError("That is your address already.")
        words = "That is many new addresses for one day."
        Attempt.count(f"address:{user.id}", ASKS_PER_DAY, dt.timedelta(days=1), words)
        with db.change():
            change = cls.create(user=user, before=user.email, after=email)
            if not is_taken(email, user):
                mailer.address_code(change)
        return change

    @classmethod
    def awaited(cls, user):
        """Return the newest change of a person if its code can still be typed, or None."""
        change = cls.select().where(cls.user == user).order_by(cls.id.desc()).first()
        return change if change and change.is_good else None

    @classmethod
    def confirm(cls, user, digits, *, key, kept):
        """Take on the address whose code this is. Every session but `kept` ends.

        Raises DomainError if it is not the code.
        """
        typed = "".join(digits.split())
        with db.change():
            user.hold()
            change = cls.awaited(user)
            is_it = change and change.take_a_try() and change.is_code(typed, key)
            is_it = is_it and not is_taken(change.after, user)
            if is_it:
                change.move("confirmed_at", was=None, to=clock.now())
                before = _give(user, change.after)
                user.end_other_sessions(kept)
                record(Verb.ADDRESS_CHANGED, user, by=user, person=user.identity, before=before)
                mailer.address_changed(change)
        if not is_it:
            raise DomainError(WRONG)

    @classmethod
    def read(cls, key, token):
        """Return the change of a link. Raises DomainError or Conflict, in words."""
        value = tokens.read(key, "address", token)
        change = value and cls.get_or_none(id=value["id"], nonce=value["nonce"])
        if not change:
            raise DomainError("This link is not complete. Open it again from the mail.")
        if not change.can_be_undone:
            raise Conflict(OVER)
        return change

    @property
    def is_good(self):
        """True while its code can be typed."""
        young = clock.now() <= self.created_at + dt.timedelta(minutes=CODE_MINUTES)
        return self.confirmed_at is None and self.tries < CODE_TRIES and young

    @property
    def undo_until_at(self):
        return self.confirmed_at + dt.timedelta(days=UNDO_DAYS)

    @property
    def can_be_undone(self):
        if self.confirmed_at is None or self.undone_at:
            return False
        return clock.now() <= self.undo_until_at and not self.user.erased_at

    def undo(self, typed):
        """Go back to the address from before, typed once more: a scanner of mail cannot.

        Whoever changed it may have set a password and be signed in: both end, and so do the
        links of what was changed since.
        """
        if typed.strip().lower() != self.before:
            raise DomainError("That is not the address that the letter was sent to.")
        with db.change():
            user, cls = self.user, type(self)
            user.hold()
            if not cls.get_by_id(self.id).can_be_undone or is_taken(self.before, user):
                raise Conflict(OVER)
            before, user.password_hash = _give(user, self.before), None
            user.save()
            user.end_other_sessions()
            since = (cls.user == user, cls.id >= self.id)
            cls.update(undone_at=clock.now(), tries=CODE_TRIES).where(*since).execute()
            record(Verb.ADDRESS_RESTORED, user, by=user, person=user.identity, before=before)

    def digits(self, key):
        return tokens.six_digits(key, self.seed)

    def token(self, key):
        return tokens.sign(key, "address", {"id": self.id, "nonce": self.nonce})

    def take_a_try(self):
        """Count a try; False when there is none left."""
        cls = type(self)
        open_ = (cls.id == self.id, cls.tries < CODE_TRIES, cls.confirmed_at.is_null())
        return cls.update(tries=cls.tries + 1).where(*open_).execute() == 1

    def is_code(self, typed, key):
        return hmac.compare_digest(self.digits(key).encode(), typed.encode())


def is_taken(email, user):
    """Answer whether somebody else has it; who wants it at this moment waits for the answer."""
    User.want(email)
    return User.select().where(User.email == email, User.id != user.id).exists()


def _give(user, email):
    """Give a person another address, with what waits for them; return who they were until now."""
    left, before, user.email = user.email, user.identity, email
    user.identity = user.commit_identity()
    user.save()
    Code.end_all(user)  # They lie in the mailbox that was left.
    Letter.readdress(user.id, left, email)
    user.revise_projects()
    return before

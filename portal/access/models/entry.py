"""The ways in: invitation, code, session; and the count of attempts."""

import datetime as dt
import hmac
import secrets

import peewee

from portal.access import mailer
from portal.access.models.people import User
from portal.core import clock, db, tokens
from portal.core.errors import Conflict, DomainError, TooMany
from portal.core.fields import UTCDateTimeField
from portal.core.read import Read
from portal.ledger.models import record
from portal.ledger.verbs import Verb

INVITATION_DAYS = 14  # Two weeks: covers a holiday.
CODE_MINUTES = 10  # ASVS 6.5.5.
CODE_TRIES = 5
CODES_PER_DAY = 20
SIGN_INS = 5  # Wrong ones, per address and network address, within …
SIGN_IN_MINUTES = 15
FRESH_MINUTES = 15  # How recent a sign-in a decision about money asks for.
TOUCH_MINUTES = 5  # How exact "last used" is: a write at most this often.

#: Hours idle and hours in all after which a session ends (ASVS 7.3).
CLIENT_HOURS = (8, 24 * 7)
STUDIO_HOURS = (12, 24)


class Session(db.Model):
    """One browser that is signed in. Ending the row signs it out at once."""

    token_digest = peewee.CharField(max_length=64, unique=True)
    user = peewee.ForeignKeyField(User, backref="sessions", on_delete="CASCADE")
    how = peewee.CharField(max_length=40)  # "password", "email code"
    created_at = UTCDateTimeField(default=clock.now)
    authenticated_at = UTCDateTimeField(default=clock.now)
    last_used_at = UTCDateTimeField(default=clock.now)
    ended_at = UTCDateTimeField(null=True)
    address = peewee.CharField(default="")
    agent = peewee.CharField(default="", max_length=300)

    @classmethod
    def start(cls, user, *, how, address="", agent=""):
        """Sign a person in. Returns the session and its secret token, which is kept nowhere."""
        token = tokens.new()
        session = cls.create(
            token_digest=tokens.digest(token),
            user=user,
            how=how,
            address=address,
            agent=agent[:300],
        )
        return session, token

    @classmethod
    def find(cls, token):
        """Return the live session of a token with its user, or None."""
        session, user = _SESSION.one(digest=tokens.digest(token)) or (None, None)
        if session is None:
            return None
        session.user = user
        return None if session.is_over else session

    @property
    def is_over(self):
        idle, whole = STUDIO_HOURS if self.user.is_studio else CLIENT_HOURS
        now = clock.now()
        return now > self.last_used_at + dt.timedelta(
            hours=idle
        ) or now > self.created_at + dt.timedelta(hours=whole)

    @property
    def is_fresh(self):
        """True while the person showed who they are recently enough to decide about money."""
        return clock.now() <= self.authenticated_at + dt.timedelta(minutes=FRESH_MINUTES)

    def touch(self):
        """Note that it was used, at most every few minutes."""
        now = clock.now()
        if now - self.last_used_at > dt.timedelta(minutes=TOUCH_MINUTES):
            Session.update(last_used_at=now).where(Session.id == self.id).execute()

    def freshen(self, how):
        self.how, self.authenticated_at = how, clock.now()
        self.save()

    def end(self):
        Session.update(ended_at=clock.now()).where(Session.id == self.id).execute()


_SESSION = Read(
    """select {s}, {u} from session s join "user" u on u.id = s.user_id
       where s.token_digest = :digest and s.ended_at is null and u.disabled_at is null""",
    models={"s": Session, "u": User},
)


class Invitation(db.Model):
    """An offer to come in. The link names it; only the code mailed to the address opens it."""

    user = peewee.ForeignKeyField(User, backref="invitations", on_delete="CASCADE")
    project = peewee.DeferredForeignKey("Project", null=True, on_delete="CASCADE")
    invited_by = peewee.ForeignKeyField(User, on_delete="CASCADE")
    nonce = peewee.CharField(default=lambda: secrets.token_hex(16))
    created_at = UTCDateTimeField(default=clock.now)
    accepted_at = UTCDateTimeField(null=True)
    revoked_at = UTCDateTimeField(null=True)

    @classmethod
    def send(cls, user, *, by, project=None):
        """Invite a person; the letter goes out with the change."""
        with db.change():
            invitation = cls.create(user=user, project=project, invited_by=by)
            if project is not None:
                record(Verb.INVITATION_SENT, invitation, by=by, person=user.identity)
            mailer.invitation(invitation)
        return invitation

    @classmethod
    def read(cls, key, token):
        """Return the invitation of a link. Raises Conflict, in words, if it has ended."""
        value = tokens.read(key, "invitation", token)
        invitation = value and cls.get_or_none(id=value["id"], nonce=value["nonce"])
        if not invitation:
            raise DomainError("This link is not complete. Open it again from the mail.")
        if invitation.revoked_at or invitation.user.disabled_at:
            raise Conflict("This invitation was taken back. Ask the studio for a new one.")
        if clock.now() > invitation.created_at + dt.timedelta(days=INVITATION_DAYS):
            raise Conflict("This invitation is too old. Ask the studio for a new one.")
        return invitation

    def token(self, key):
        return tokens.sign(key, "invitation", {"id": self.id, "nonce": self.nonce})

    def accept(self):
        """Note that the person came in. Again is fine."""
        with db.change():
            taken = (
                Invitation.update(accepted_at=clock.now())
                .where(Invitation.id == self.id, Invitation.accepted_at.is_null())
                .execute()
            )
            if taken and self.project is not None:
                record(Verb.INVITATION_ACCEPTED, self, by=self.user)


class Code(db.Model):
    """Six digits mailed to a person, good once, for minutes, in the browser that asked.

    The digits are made from the row's seed and the installation's key; the database holds none.
    """

    user = peewee.ForeignKeyField(User, backref="codes", on_delete="CASCADE")
    browser_digest = peewee.CharField(max_length=64)
    seed = peewee.CharField(default=lambda: secrets.token_hex(16))
    created_at = UTCDateTimeField(default=clock.now)
    tries = peewee.SmallIntegerField(default=0)
    used_at = UTCDateTimeField(null=True)

    @classmethod
    def send(cls, user, *, browser):
        """Mail this person a code for this browser. Older codes end."""
        with db.change():
            code = cls.create(user=user, browser_digest=tokens.digest(browser))
            mailer.code(code)
        return code

    @classmethod
    def redeem(cls, user, digits, *, browser, key):
        """Use up the newest code of this person and browser. Raises DomainError if it is not it."""
        wrong = DomainError("That code is not right, or no longer good. Ask for a new one.")
        with db.change():
            code = cls.select().where(cls.user == user).order_by(cls.id.desc()).first()
            if code is None or not code.is_good_for(browser):
                raise wrong
            cls.update(tries=cls.tries + 1).where(cls.id == code.id).execute()
            right = hmac.compare_digest(code.digits(key), digits.strip().replace(" ", ""))
            used = right and (
                cls.update(used_at=clock.now())
                .where(cls.id == code.id, cls.used_at.is_null())
                .execute()
            )
        if not used:
            raise wrong
        Attempt.forget(f"code:{user.email}")

    @staticmethod
    def may_be_asked(email):
        """Count the asking, known address or not. Raises TooMany.

        One unused code a minute: whatever submits forms on a page cannot flood a mailbox.
        """
        email = email.strip().lower()
        Attempt.count(f"code:{email}", 1, dt.timedelta(minutes=1))
        Attempt.count(f"codes:{email}", CODES_PER_DAY, dt.timedelta(days=1))

    def digits(self, key):
        return tokens.six_digits(key, self.seed)

    def is_good_for(self, browser):
        return (
            self.used_at is None
            and self.tries < CODE_TRIES
            and clock.now() <= self.created_at + dt.timedelta(minutes=CODE_MINUTES)
            and hmac.compare_digest(self.browser_digest, tokens.digest(browser))
        )


class Attempt(db.Model):
    """One try at something that is counted. Kept in the database, so a restart forgets nothing."""

    key = peewee.CharField(index=True)
    at = UTCDateTimeField(default=clock.now, index=True)

    @classmethod
    def count(cls, key, allowed, within):
        """Note a try. Raises TooMany if there were `allowed` of them `within` this time before."""
        since = clock.now() - within
        with db.change():
            made = cls.select().where(cls.key == key, cls.at > since)
            if made.count() >= allowed:
                first = made.order_by(cls.at).first().at
                seconds = max(1, int((first + within - clock.now()).total_seconds()))
                minutes = -(-seconds // 60)
                raise TooMany(f"Too many tries. Try again in {minutes} min.", seconds)
            cls.create(key=key)

    @classmethod
    def forget(cls, key):
        cls.delete().where(cls.key == key).execute()

    @classmethod
    def sweep(cls):
        cls.delete().where(cls.at < clock.now() - dt.timedelta(days=2)).execute()


def sign_in(email, password, *, address):
    """Return the person whose password this is. Raises DomainError or TooMany, in words."""
    key = f"password:{email.strip().lower()}|{address}"
    Attempt.count(key, SIGN_INS, dt.timedelta(minutes=SIGN_IN_MINUTES))
    user = User.by_email(email)
    if user is None:
        User.waste_a_check(password)
    elif user.has_password(password):
        Attempt.forget(key)
        return user
    raise DomainError("That address and password do not belong together.")

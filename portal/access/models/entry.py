"""The ways in: code, password, session."""

import datetime as dt
import hmac
import secrets

import peewee

from portal.access import agent as agents
from portal.access import mailer
from portal.access.models import attempts
from portal.access.models.people import User
from portal.core import clock, db, tokens
from portal.core.errors import Conflict, DomainError
from portal.core.fields import UTCDateTimeField
from portal.core.read import Read

CODE_MINUTES = 10  # ASVS 6.5.5.
CODE_TRIES = 5
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
    viewing_id = peewee.IntegerField(null=True)  # The membership it looks through: `viewing`.
    viewing_until_at = UTCDateTimeField(null=True)

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

    @property
    def browser(self):
        """Firefox on Android"""
        return agents.words(self.agent)

    def touch(self):
        """Note that it was used, at most every few minutes."""
        now = clock.now()
        if now - self.last_used_at > dt.timedelta(minutes=TOUCH_MINUTES):
            Session.update(last_used_at=now).where(Session.id == self.id).execute()

    def check_goes_on(self):
        """Raise Conflict if it was ended meanwhile. Call it while its person is held."""
        if Session.get_by_id(self.id).ended_at:
            raise Conflict("You were signed out meanwhile. Sign in again.")

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
    def send(cls, user, *, browser, purpose=""):
        """Mail this person a code for this browser. Its older codes end.

        `purpose` completes "It lets you …" in the letter.
        """
        with db.change():
            code = cls.create(user=user, browser_digest=tokens.digest(browser))
            mailer.code(code, purpose)
        return code

    @classmethod
    def redeem(cls, user, digits, *, browser, key, address="", known=""):
        """Use up the newest code of this person and browser. Raises DomainError if it is not it.

        Whoever asked from there with it need not wait a minute for the next.
        """
        typed = "".join(digits.split())
        with db.change():
            code = cls.newest_good(user, browser)
            is_it = code and code.take_a_try() and code.use_up(typed, key)
        if not is_it:
            raise DomainError("That code is not right, or no longer good. Ask for a new one.")
        attempts.forget(attempts.for_code(user.email, address=address, known=known)[:1])

    @classmethod
    def end_all(cls, user):
        """Let no code that was mailed to a person until now open anything."""
        cls.update(used_at=clock.now()).where(cls.user == user, cls.used_at.is_null()).execute()

    @staticmethod
    def may_be_asked(email, *, address="", known=""):
        """Count the asking, by an address that we know or not. Raises TooMany.

        One unused code a minute: whatever submits forms on a page cannot flood a mailbox.
        """
        attempts.count(attempts.for_code(email, address=address, known=known))

    @property
    def is_good(self):
        """True while it can be typed."""
        return (
            self.used_at is None
            and self.tries < CODE_TRIES
            and clock.now() <= self.created_at + dt.timedelta(minutes=CODE_MINUTES)
        )

    def digits(self, key):
        return tokens.six_digits(key, self.seed)

    @classmethod
    def newest_good(cls, user, browser):
        """Return the last code of this person in this browser, if it is good.

        Not the last of any browser: whoever knows an address could end its owner's code.
        """
        asked = (cls.user == user, cls.browser_digest == tokens.digest(browser))
        code = cls.select().where(*asked).order_by(cls.id.desc()).first()
        return code if code and code.is_good else None

    def take_a_try(self):
        """Count a try; False when there is none left. Two at once count as two."""
        open_ = (Code.id == self.id, Code.tries < CODE_TRIES, Code.used_at.is_null())
        return Code.update(tries=Code.tries + 1).where(*open_).execute() == 1

    def use_up(self, typed, key):
        """Use it up if the digits are right. Of two at once one wins."""
        if not hmac.compare_digest(self.digits(key).encode(), typed.encode()):
            return False
        unused = (Code.id == self.id, Code.used_at.is_null())
        return Code.update(used_at=clock.now()).where(*unused).execute() == 1


def sign_in(email, password, *, address, known=""):
    """Return the person whose password this is. Raises DomainError or TooMany, in words.

    `known` names what only the owner has: see `attempts`.
    """
    limits = attempts.for_password(email, address=address, known=known)
    attempts.count(limits)
    user = User.by_email(email)
    if user is None:
        User.waste_a_check(password)
    elif user.has_password(password):
        attempts.forget(limits)
        return user
    raise DomainError("That address and password do not belong together.")

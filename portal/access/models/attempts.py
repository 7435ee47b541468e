"""Attempts: how often one may try, so that nobody guesses and nobody is locked out by a stranger.

Who tries is told apart by what a stranger cannot have: a browser in which the owner signed in
before, the link of their invitation, a session. Such a `known` has limits of its own, which no
stranger can use up. The others share what an address allows, and each network only a part of it.
"""

import datetime as dt
import ipaddress
from dataclasses import dataclass

import peewee

from portal.core import clock, db, tokens
from portal.core.errors import TooMany
from portal.core.fields import UTCDateTimeField

CODES_PER_DAY = 20  # For an address: trust in six digits ends somewhere.
CODES_PER_NETWORK = 5  # Of them from one network, so that one stranger cannot use them up.
CODES_PER_HOUR = 30  # From one network, for all addresses together.
SIGN_INS = 5  # Wrong passwords, for an address from one network, within …
SIGN_IN_MINUTES = 15
SIGN_INS_PER_DAY = 50  # Wrong ones for an address, from wherever strangers are.
SIGN_INS_PER_NETWORK = 20  # Of them from one network.
SIGN_INS_PER_HOUR = 100  # From one network, for all addresses together.

MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
TRIES = "Too many tries."
JUST_ASKED = "A code was asked for a moment ago."
CODES = "That is many codes for one day."
STRANGERS = (
    "Too many tries for this address, perhaps not yours. A browser in which you have signed in"
    " before still lets you in, and so does the link of an invitation: ask the studio for one."
)
NETWORK = "There were many tries from your network."


@dataclass(frozen=True)
class Limit:
    """So many tries of one kind within a time; `words` say to the next one what it was."""

    key: str
    allowed: int
    within: dt.timedelta
    words: str = TRIES


def for_password(email, *, address="", known=""):
    """Return the limits of trying a password, those that a stranger meets first on top."""
    key, quarter = f"password:{_plain(email)}", dt.timedelta(minutes=SIGN_IN_MINUTES)
    if known:
        mine = f"{key}|known:{known}"
        return [Limit(mine, SIGN_INS, quarter), Limit(f"{mine}|day", SIGN_INS_PER_DAY, DAY)]
    network = network_of(address)
    return [
        Limit(f"{key}|{network}", SIGN_INS, quarter),
        Limit(f"{key}|{network}|day", SIGN_INS_PER_NETWORK, DAY, STRANGERS),
        Limit(key, SIGN_INS_PER_DAY, DAY, STRANGERS),
        Limit(f"password|{network}", SIGN_INS_PER_HOUR, HOUR, NETWORK),
    ]


def for_code(email, *, address="", known=""):
    """Return the limits of asking for a code, that of a minute first."""
    key = f"code:{_plain(email)}"
    if known:
        mine = f"{key}|known:{known}"
        return [Limit(mine, 1, MINUTE, JUST_ASKED), Limit(f"{mine}|day", CODES_PER_DAY, DAY, CODES)]
    network = network_of(address)
    return [
        Limit(f"{key}|{network}", 1, MINUTE, JUST_ASKED),
        Limit(f"{key}|{network}|day", CODES_PER_NETWORK, DAY, STRANGERS),
        Limit(key, CODES_PER_DAY, DAY, STRANGERS),
        Limit(f"code|{network}", CODES_PER_HOUR, HOUR, NETWORK),
    ]


def count(limits):
    """Note a try against each limit. Raises TooMany at the first that is used up.

    All or none: what is refused does not use up what the others may.
    """
    with db.change():
        for limit in limits:
            Attempt.count(limit.key, limit.allowed, limit.within, limit.words)


def forget(limits):
    """Take back the tries that turned out to be the owner's.

    Those of a network for all addresses stay: with an account of one's own they would be free.
    """
    for limit in limits:
        if limit.words != NETWORK:
            Attempt.forget(limit.key)


def network_of(address):
    """Return what one line has of the net: an IPv4 address, or 64 bits of an IPv6 address.

    >>> network_of("2001:db8:1:2:3:4:5:6"), network_of("::ffff:192.0.2.7"), network_of("")
    ('2001:db8:1:2::/64', '192.0.2.7', '')
    """
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return address or ""
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found) >> 64 << 64, 64)))


def _plain(email):
    return email.strip().lower()


class Attempt(db.Model):
    """One try at something that is counted. Kept in the database, so a restart forgets nothing.

    The key is kept as its hash: it holds what strangers typed, of any length.
    """

    key = peewee.CharField(index=True)
    at = UTCDateTimeField(default=clock.now, index=True)

    @classmethod
    def count(cls, key, allowed, within, words=TRIES):
        """Note a try. Raises TooMany if there were `allowed` of them `within` this time before."""
        since, key = clock.now() - within, tokens.digest(key)
        with db.change():
            db.queue_up(key)  # Many at once would each find room.
            made = cls.select().where(cls.key == key, cls.at > since)
            if made.count() >= allowed:
                first = made.order_by(cls.at).first().at
                seconds = max(1, int((first + within - clock.now()).total_seconds()))
                minutes = -(-seconds // 60)
                raise TooMany(f"{words} Try again {_in_words(minutes)}.", seconds)
            cls.create(key=key)

    @classmethod
    def forget(cls, key):
        cls.delete().where(cls.key == tokens.digest(key)).execute()

    @classmethod
    def sweep(cls):
        cls.delete().where(cls.at < clock.now() - dt.timedelta(days=2)).execute()


def _in_words(minutes):
    if minutes == 1:
        return "in a minute"
    return f"in {minutes} minutes" if minutes < 120 else f"in {minutes // 60} hours"

"""Hourly: what an hour of one kind of work is worth, from a day on. Rates and costs are such."""

from portal.core import clock, dates, db
from portal.core.errors import Conflict, DomainError
from portal.core.fields import line
from portal.studio.models import Studio

ROLE_CHARACTERS = 60
HOUR_MINUTES = 60
LARGEST_HOUR_MINOR = 10**9


class Hourly:
    """Mixed into a card: a later line for the same role and currency takes the place of one.

    A card has the columns that are written here, and names its reads `read_one` and `read_all`.
    """

    @classmethod
    def add(cls, *, role, currency, hour_minor, from_on):
        """Put a line on the card, and return it.

        Raises DomainError without a role or a price, Conflict if that day has a price already.
        """
        if not line(role):
            raise DomainError("Say whose hour it is, for example Design.")
        if not 0 < hour_minor <= LARGEST_HOUR_MINOR:
            raise DomainError("An hour costs more than nothing.")
        with db.change():
            db.queue_up(cls.__name__)
            role = cls.spelling(line(role))
            if cls.get_or_none(role=role, currency=currency, from_on=from_on):
                raise Conflict(f"{role} has a price in {currency} from that day already.")
            return cls.create(role=role, currency=currency, hour_minor=hour_minor, from_on=from_on)

    @classmethod
    def spelling(cls, role):
        """Return a role as the card spells it, whatever its capitals: it is the same one."""
        known = {one.casefold(): one for one in cls.roles()}
        return known.get(role.casefold(), role)

    @classmethod
    def on(cls, role, currency, day):
        """Return the line that holds on a day, or None."""
        found = cls.read_one.one(role=role, currency=currency, day=day)
        return found if found and found.holds_on(day) else None

    @classmethod
    def card(cls):
        """Return every line, the roles in order, what holds or will hold first."""
        return cls.read_all.all()

    @classmethod
    def all_on(cls, currency, day):
        """Return the line of each role that holds on a day, by the role in small letters."""
        found = {}
        for row in cls.card():  # What begins later stands first.
            if row.currency == currency and row.from_on <= day:
                found.setdefault(row.role.casefold(), row)
        return {role: row for role, row in found.items() if row.holds_on(day)}

    @classmethod
    def roles(cls, currency=None):
        """Return the roles on the card, in order; with a currency, those that have a price in it."""
        rows = [row for row in cls.card() if currency in (None, row.currency)]
        return list(dict.fromkeys(row.role for row in rows))

    def holds_on(self, day):
        return self.from_on <= day and (self.until_on is None or self.until_on >= day)

    def end(self, *, on):
        """Let it hold until the end of a day. Raises Conflict if a colleague ended it."""
        cls = type(self)
        if on < self.from_on:
            raise DomainError("It cannot end before it begins.")
        mine = (cls.id == self.id) & cls.until_on.is_null()
        with db.change():
            if not cls.update(until_on=on).where(mine).execute():
                raise Conflict("A colleague has ended this rate already.")
        self.until_on = on


def today():
    """Return the day it is where the studio is."""
    return dates.today(clock.now(), Studio.here().zone)

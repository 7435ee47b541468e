"""Rate: what an hour of one kind of work costs a client, from a day on."""

import peewee

from portal.core import clock, dates, db
from portal.core.errors import Conflict, DomainError
from portal.core.fields import LineField, UTCDateTimeField, line
from portal.core.read import Read
from portal.studio.models import Studio

ROLE_CHARACTERS = 60
HOUR_MINUTES = 60
LARGEST_HOUR_MINOR = 10**9


class Rate(db.Model):
    """One line of the rate card. A later line for the same role and currency takes its place."""

    role = LineField(max_length=ROLE_CHARACTERS)  # "Design"
    currency = peewee.CharField(max_length=3)
    hour_minor = peewee.BigIntegerField()  # Excluding tax.
    from_on = peewee.DateField()
    until_on = peewee.DateField(null=True)  # The last day; None: until there is a later line.
    created_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("role", "currency", "from_on"), True),)

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
            db.queue_up("rate card")
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
        found = _ON.one(role=role, currency=currency, day=day)
        return found if found and (found.until_on is None or found.until_on >= day) else None

    @classmethod
    def card(cls):
        """Return every line, the roles in order, what holds or will hold first."""
        return _CARD.all()

    @classmethod
    def roles(cls, currency=None):
        """Return the roles on the card, in order; with a currency, those that have a price in it."""
        rows = [row for row in cls.card() if currency in (None, row.currency)]
        return list(dict.fromkeys(row.role for row in rows))

    def end(self, *, on):
        """Let it hold until the end of a day. Raises Conflict if a colleague ended it."""
        if on < self.from_on:
            raise DomainError("It cannot end before it begins.")
        mine = (Rate.id == self.id) & Rate.until_on.is_null()
        with db.change():
            if not Rate.update(until_on=on).where(mine).execute():
                raise Conflict("A colleague has ended this rate already.")
        self.until_on = on


def today():
    """Return the day it is where the studio is."""
    return dates.today(clock.now(), Studio.here().zone)


_ON = Read(
    """select * from rate where role = :role and currency = :currency and from_on <= :day
       order by from_on desc limit 1""",
    model=Rate,
)
_CARD = Read("select * from rate order by lower(role), currency, from_on desc", model=Rate)

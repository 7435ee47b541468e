"""CostRate: what an hour of one kind of work costs the studio itself. No client ever reads it.

It is a table of its own, so that whoever reads rates to show them to a client cannot fetch it.
"""

from dataclasses import dataclass

import peewee

from portal.core import clock, db, money
from portal.core.fields import LineField, UTCDateTimeField
from portal.core.read import Read
from portal.studio.hourly import HOUR_MINUTES, ROLE_CHARACTERS, Hourly
from portal.studio.rates import Rate


class CostRate(Hourly, db.Model):
    """One line of what hours cost the studio."""

    role = LineField(max_length=ROLE_CHARACTERS)  # "Design"
    currency = peewee.CharField(max_length=3)
    hour_minor = peewee.BigIntegerField()
    from_on = peewee.DateField()
    until_on = peewee.DateField(null=True)  # The last day; None: until there is a later line.
    created_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("role", "currency", "from_on"), True),)

    @classmethod
    def spelling(cls, role):
        """Return a role as the rate card spells it, else as it stands here: it is the same one."""
        return super().spelling(Rate.spelling(role))


CostRate.read_one = Read(
    """select * from cost_rate where role = :role and currency = :currency and from_on <= :day
       order by from_on desc limit 1""",
    model=CostRate,
)
CostRate.read_all = Read(
    "select * from cost_rate order by lower(role), currency, from_on desc", model=CostRate
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What some work costs the studio, as far as it is known, in minor units."""

    minor: int
    minutes: int  # That have a cost.
    unknown_minutes: int  # That have none: no role, or a role without a cost.
    unknown_roles: tuple[str, ...]

    @property
    def is_complete(self):
        return not self.unknown_minutes

    def margin_minor(self, price_minor):
        """Return what is left of a price, in minor units; below zero is a loss."""
        return price_minor - self.minor

    def margin_bp(self, price_minor):
        """Return that as a share of the price in basis points, or None without a price."""
        if price_minor <= 0:
            return None
        return money.half_up(self.margin_minor(price_minor) * 10_000, price_minor)


def cost_of(efforts, currency, day):
    """Return the Cost of `(role, expected minutes)` pairs at what hours cost on a day.

    The minutes of one role are summed and then rounded once.
    """
    card, minutes = CostRate.all_on(currency, day), {}
    for role, expected in efforts:
        minutes[role] = minutes.get(role, 0) + expected
    known = {role: expected for role, expected in minutes.items() if role.casefold() in card}
    unknown = {role: expected for role, expected in minutes.items() if role not in known}
    return Cost(
        minor=sum(_minor(card[role.casefold()], known[role]) for role in known),
        minutes=sum(known.values()),
        unknown_minutes=sum(unknown.values()),
        unknown_roles=tuple(sorted(role for role in unknown if role)),
    )


def _minor(rate, minutes):
    return money.half_up(rate.hour_minor * minutes, HOUR_MINUTES)

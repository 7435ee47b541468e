"""Rate: what an hour of one kind of work costs a client, from a day on."""

import peewee

from portal.core import clock, db
from portal.core.fields import LineField, UTCDateTimeField
from portal.core.read import Read
from portal.studio.hourly import HOUR_MINUTES, LARGEST_HOUR_MINOR, ROLE_CHARACTERS, Hourly, today

__all__ = ["HOUR_MINUTES", "LARGEST_HOUR_MINOR", "ROLE_CHARACTERS", "Rate", "today"]


class Rate(Hourly, db.Model):
    """One line of the rate card."""

    role = LineField(max_length=ROLE_CHARACTERS)  # "Design"
    currency = peewee.CharField(max_length=3)
    hour_minor = peewee.BigIntegerField()  # Excluding tax.
    from_on = peewee.DateField()
    until_on = peewee.DateField(null=True)  # The last day; None: until there is a later line.
    created_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("role", "currency", "from_on"), True),)


Rate.read_one = Read(
    """select * from rate where role = :role and currency = :currency and from_on <= :day
       order by from_on desc limit 1""",
    model=Rate,
)
Rate.read_all = Read("select * from rate order by lower(role), currency, from_on desc", model=Rate)

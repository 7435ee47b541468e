"""When a letter that can wait leaves: pace, hours and quiet hours, where its reader is.

Hours are whole hours of the reader's clock, 0 to 23. Instants in and out are UTC.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from portal.core import dates
from portal.core.clock import UTC

GATHER = dt.timedelta(minutes=10)  # Who answers one thing answers the next: a client reads of both.
HOUR = dt.timedelta(hours=1)
MORNING_HOUR = 8
MONDAY = 0


class Pace(StrEnum):
    """How often somebody wants letters that nobody awaits an answer to."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    HOURLY = "hourly"
    NEVER = "never"
    WEEKLY = "weekly"


@dataclass(frozen=True)
class Habit:
    """What decides when letters about one project reach one person."""

    zone: str
    is_contact: bool  # Of a client: at most one mail a day.
    pace: Pace = Pace.AT_ONCE
    hour: int = MORNING_HOUR
    weekday: int = MONDAY
    quiet_from_hour: int | None = None
    quiet_until_hour: int | None = None
    last_batch_at: dt.datetime | None = None

    def slot(self, now: dt.datetime) -> dt.datetime | None:
        """Return when a letter written now leaves at the earliest; None: it never does."""
        if self.pace == Pace.NEVER:
            return None
        if self.pace == Pace.DAILY:
            return self.free(strikes(now, self.zone, self.hour))
        if self.pace == Pace.WEEKLY:
            return self.free(strikes(now, self.zone, self.hour, self.weekday))
        if self.is_contact:
            return self.free(now + GATHER)
        return self.free(next_hour(now, self.zone) if self.pace == Pace.HOURLY else now)

    def free(self, at: dt.datetime) -> dt.datetime:
        """Return the first instant, from `at` on, at which this person may get a batch."""
        at = self._awake(at)
        while self.is_contact and self.last_batch_at and self._day(at) <= self._day_of_last():
            at = self._awake(strikes(at, self.zone, self.hour))
        return at

    def is_quiet(self, at: dt.datetime) -> bool:
        """Answer whether `at` lies in the quiet hours, which may reach over midnight."""
        start, end = self.quiet_from_hour, self.quiet_until_hour
        if start is None or end is None or start == end:
            return False
        hour = at.astimezone(dates.place(self.zone)).hour
        return start <= hour < end if start < end else hour >= start or hour < end

    def _awake(self, at: dt.datetime) -> dt.datetime:
        if not self.is_quiet(at):
            return at
        return strikes(at, self.zone, self.quiet_until_hour or 0)

    def _day(self, at: dt.datetime) -> dt.date:
        return at.astimezone(dates.place(self.zone)).date()

    def _day_of_last(self) -> dt.date:
        return self._day(self.last_batch_at) if self.last_batch_at else dt.date.min


def strikes(after: dt.datetime, zone: str, hour: int, weekday: int | None = None) -> dt.datetime:
    """Return the first instant after `after` at which it is `hour` there, on `weekday` if given.

    An hour that a clock change skips comes as it ends; one that comes twice counts once.
    """
    place = dates.place(zone)
    on = after.astimezone(place).date()
    while True:
        at = dt.datetime.combine(on, dt.time(hour), place).astimezone(UTC)
        if at > after and weekday in (None, on.weekday()):
            return at
        on += dt.timedelta(days=1)


def next_hour(after: dt.datetime, zone: str) -> dt.datetime:
    """Return the next full hour on the clock there: in some places that is half past in UTC."""
    local = after.astimezone(dates.place(zone))
    into = dt.timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return after + HOUR - into

"""What a story is made of: scenes with their moments, a calendar, and who and what is there."""

import datetime as dt
import zlib
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from portal.core import dates

SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """The days around the one on which the story is told, counted in working days from it."""

    now: dt.datetime
    zone: str

    @property
    def today(self):
        return dates.today(self.now, self.zone)

    def day(self, working_days):
        """Return the date so many working days after today, or before when negative.

        >>> sunday = Calendar(dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC), "Europe/Amsterdam")
        >>> str(sunday.day(-1)), str(sunday.day(2))
        ('2026-11-20', '2026-11-24')
        """
        step, on = (1 if working_days > 0 else -1), self.today
        for _ in range(abs(working_days)):
            on += dt.timedelta(days=step)
            while on.weekday() >= SATURDAY:
                on += dt.timedelta(days=step)
        return on

    def moment(self, working_days, time):
        """Return the instant at "HH:MM" of a working day, where the studio is."""
        local = dt.datetime.combine(self.day(working_days), dt.time.fromisoformat(time))
        return local.replace(tzinfo=ZoneInfo(self.zone))

    def minutes_ago(self, minutes):
        return self.now - dt.timedelta(minutes=minutes)


@dataclass(frozen=True)
class Scene:
    """One thing that happened. `when(calendar)` is its moment, `act(stage)` does it."""

    when: object
    act: object

    def at(self, calendar):
        """Return its moment, with seconds of its own: nobody works on the minute."""
        seconds = zlib.crc32(self.act.__name__.encode()) % 60_000 / 1000
        return self.when(calendar) + dt.timedelta(seconds=seconds)


class Chapter:
    """The scenes of one room, in any order."""

    def __init__(self):
        self.scenes = []

    def scene(self, working_days, time):
        """Register what happened at "HH:MM" of a working day before today (negative)."""
        return partial(self._take, lambda calendar: calendar.moment(working_days, time))

    def today(self, *, minutes_ago):
        """Register what happened a while ago. Four hours at most: it follows yesterday's work."""
        return partial(self._take, lambda calendar: calendar.minutes_ago(minutes_ago))

    def _take(self, when, act):
        self.scenes.append(Scene(when, act))
        return act


class Stage(SimpleNamespace):
    """Who and what is there so far, by name: `stage.mara`, `stage.tidelines`."""

    def __init__(self, calendar):
        super().__init__(calendar=calendar)

    def day(self, working_days):
        return self.calendar.day(working_days)

    def say(self, working_days):
        """Return a day as the people of the story write it: 24 March."""
        return dates.day(self.day(working_days), year=False)

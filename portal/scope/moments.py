"""A moment in a project's history as people name it: a day, or the number of a baseline."""

import datetime as dt
import re
from dataclasses import dataclass

from portal.core import dates, filters

FIRST, LAST = dt.date(1970, 1, 1), dt.date(9999, 12, 31)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"\d{1,9}")


@dataclass(frozen=True)
class Moment:
    """A baseline, and how the reader asked for it."""

    number: int
    on: dt.date | None = None  # The day that was asked for; None: the number was.
    since: dt.date | None = None  # The day its last signature was given; None before the first.

    @property
    def words(self):
        """baseline 2; the end of 12 March 2026"""
        return f"the end of {filters.day(self.on)}" if self.on else f"baseline {self.number}"

    @property
    def text(self):
        """The moment as an address names it."""
        return self.on.isoformat() if self.on else str(self.number)

    @property
    def day(self):
        """The day to write into a form."""
        return self.on or self.since


def parse(text, history, zone):
    """Return the Moment that a text names, or None if it names none.

    A day means its end in the studio's time zone. A day before the first signature is baseline 0.
    """
    if _DAY.fullmatch(text):
        return _on_day(text, history, zone)
    if _NUMBER.fullmatch(text) and int(text) <= history.number:
        return at(int(text), history, zone)
    return None


def at(number, history, zone):
    """Return the moment of this baseline."""
    signed = [one for one in history.signed.values() if one.number == number]
    return Moment(number, since=dates.today(signed[0].signed_at, zone) if signed else None)


def _on_day(text, history, zone):
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    if not FIRST <= day <= LAST:
        return None
    return Moment(history.number_on(day, zone), on=day)

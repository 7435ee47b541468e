"""Jinja filters for money and time, in the reader's zone and locale. One set for pages and mails."""

from contextvars import ContextVar
from dataclasses import dataclass

from portal.core import clock, dates, markdown, money


@dataclass(frozen=True)
class Reader:
    """Where the reader is and how they write numbers."""

    zone: str = "Europe/Amsterdam"
    locale: str = "en"

    @property
    def today(self):
        return dates.today(clock.now(), self.zone)


READER: ContextVar[Reader] = ContextVar("reader", default=Reader())


def amount(minor, currency):
    return money.show(minor, currency, READER.get().locale)


def brief(minor, currency):
    return money.show(minor, currency, READER.get().locale, brief=True)


def signed(minor, currency):
    return money.show_signed(minor, currency, READER.get().locale)


def quantity(thousandths):
    return money.show_thousandths(thousandths, READER.get().locale)


def percent(bp):
    return money.show_bp(bp, READER.get().locale)


def day(on):
    """12 March 2026"""
    return dates.day(on, READER.get().locale)


def short_day(on):
    """12 March in this year, 12 March 2025 in another."""
    reader = READER.get()
    return dates.day(on, reader.locale, year=on.year != reader.today.year)


def weekday(on):
    """Monday 16 March"""
    return dates.weekday(on, READER.get().locale)


def distance(on):
    """in 4 days"""
    return dates.distance(on, READER.get().today)


def instant(at):
    """12 March 2026, 10:47"""
    reader = READER.get()
    return dates.instant(at, reader.zone, reader.locale)


def instant_day(at):
    """The day of an instant, where the reader is."""
    return short_day(dates.today(at, READER.get().zone))


def ago(at):
    """3 h"""
    return dates.ago(at, clock.now())


FILTERS = {
    "money": amount,
    "money_brief": brief,
    "money_signed": signed,
    "quantity": quantity,
    "percent": percent,
    "day": day,
    "short_day": short_day,
    "weekday": weekday,
    "distance": distance,
    "instant": instant,
    "instant_day": instant_day,
    "ago": ago,
    "markdown": markdown.render,
}

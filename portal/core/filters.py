"""Jinja filters for money and time, in the reader's zone and locale. One set for pages and mails."""

import datetime as dt
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from portal.core import clock, dates, markdown, money
from portal.core.fields import capital


@dataclass(frozen=True)
class Reader:
    """Where the reader is and how they write numbers."""

    zone: str = "Europe/Amsterdam"
    locale: str = "en"

    @property
    def today(self) -> dt.date:
        return dates.today(clock.now(), self.zone)


READER: ContextVar[Reader] = ContextVar("reader", default=Reader())


def amount(minor: int, currency: str) -> str:
    return money.show(minor, currency, READER.get().locale)


def brief(minor: int, currency: str) -> str:
    return money.show(minor, currency, READER.get().locale, brief=True)


def signed(minor: int, currency: str) -> str:
    return money.show_signed(minor, currency, READER.get().locale)


def quantity(thousandths: int) -> str:
    return money.show_thousandths(thousandths, READER.get().locale)


def percent(bp: int) -> str:
    return money.show_bp(bp, READER.get().locale)


def day(on: dt.date) -> str:
    """12 March 2026"""
    return dates.day(on, READER.get().locale)


def short_day(on: dt.date) -> str:
    """12 March in this year, 12 March 2025 in another."""
    reader = READER.get()
    return dates.day(on, reader.locale, year=on.year != reader.today.year)


def weekday(on: dt.date) -> str:
    """Monday 16 March"""
    return dates.weekday(on, READER.get().locale)


def weekday_of(at: dt.datetime) -> str:
    """Return the day of an instant where the reader is, with its weekday."""
    return weekday(dates.today(at, READER.get().zone))


def distance(on: dt.date) -> str:
    """in 4 days"""
    return dates.distance(on, READER.get().today)


def instant(at: dt.datetime) -> str:
    """12 March 2026, 10:47"""
    reader = READER.get()
    return dates.instant(at, reader.zone, reader.locale)


def instant_day(at: dt.datetime) -> str:
    """The day of an instant, where the reader is."""
    return short_day(dates.today(at, READER.get().zone))


def ago(at: dt.datetime) -> str:
    """3 h"""
    return dates.ago(at, clock.now())


def file_size(size_bytes: int) -> str:
    """Return a size as people say it, in units of a thousand.

    >>> file_size(420), file_size(104_857_600), file_size(2_400_000_000)
    ('1 kB', '104.9 MB', '2.4 GB')
    """
    if size_bytes < 1_000_000:
        return f"{max(1, round(size_bytes / 1_000))} kB"
    unit, bytes_each = ("GB", 1_000_000_000) if size_bytes >= 1_000_000_000 else ("MB", 1_000_000)
    return f"{size_bytes / bytes_each:.1f} {unit}"


FILTERS: Mapping[str, Callable[..., Any]] = {
    "capital": capital,
    "file_size": file_size,
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

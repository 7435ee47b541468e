"""Working hours: what is promised in them ends within them, and counting agrees with moving."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.clock import UTC
from portal.feedback import hours

ZONES = ("Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "Pacific/Chatham", "UTC")
FIRST, LAST = dt.datetime.fromisoformat("2026-01-01"), dt.datetime.fromisoformat("2028-01-01")
WEEK = hours.Week("Europe/Amsterdam", 9 * 60, 18 * 60)
instants = st.datetimes(FIRST, LAST, timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=0)
)
weeks = st.builds(
    lambda zone, edges: hours.Week(zone, *sorted(edges)),
    st.sampled_from(ZONES),
    st.sets(st.integers(0, 24 * 60), min_size=2, max_size=2),
)
lengths = st.integers(1, 60 * 60)


@given(instants, lengths, weeks)
def test_moving_by_minutes_and_counting_them_agree(at, minutes, week):
    assert hours.between(at, hours.after(at, minutes, week), week) == minutes


@given(instants, lengths, weeks)
def test_what_is_promised_falls_due_while_somebody_works(at, minutes, week):
    there = hours.after(at, minutes, week).astimezone(ZoneInfo(week.zone))
    opens, closes = (
        hours._clock(there.date(), m, week) for m in (week.opens_minutes, week.closes_minutes)
    )

    assert there.weekday() < 5 or there.hour == there.minute == 0
    assert opens <= there <= closes or there.hour == there.minute == 0


@given(instants, lengths, lengths, weeks)
def test_more_is_never_due_sooner(at, less, more, week):
    first, second = sorted((less, more))

    assert hours.after(at, first, week) <= hours.after(at, second, week)


@given(instants, instants, instants, weeks)
def test_two_stretches_count_as_the_whole(one, two, three, week):
    first, middle, last = sorted((one, two, three))
    whole = hours.between(first, last, week)

    parts = hours.between(first, middle, week) + hours.between(middle, last, week)
    assert whole - 1 <= parts <= whole  # Each stretch counts whole minutes.


@pytest.mark.parametrize(
    ("at", "minutes", "due"),
    [
        ("2026-03-12 10:45", 4 * 60, "2026-03-12 14:45"),  # Within a day; 11:45 there.
        ("2026-03-12 16:00", 4 * 60, "2026-03-13 11:00"),  # One hour today, three tomorrow.
        ("2026-03-13 16:30", 60, "2026-03-16 08:30"),  # Over a weekend.
        ("2026-03-14 12:00", 60, "2026-03-16 09:00"),  # Filed on a Saturday.
        ("2026-03-12 03:00", 60, "2026-03-12 09:00"),  # Filed at night.
        ("2026-03-27 16:00", 120, "2026-03-30 08:00"),  # The clocks go forward in between.
        ("2026-10-23 15:00", 120, "2026-10-26 09:00"),  # And back.
    ],
)
def test_so_many_working_hours_after(at, minutes, due):
    filed = dt.datetime.fromisoformat(at).replace(tzinfo=UTC)

    assert hours.after(filed, minutes, WEEK).strftime("%Y-%m-%d %H:%M") == due


def test_nothing_lies_between_an_instant_and_one_before_it():
    at = dt.datetime(2026, 3, 12, 12, tzinfo=UTC)

    assert hours.between(at, at - dt.timedelta(days=3), WEEK) == 0


def test_a_zone_that_this_machine_does_not_know_is_counted_as_utc():
    monday = dt.datetime(2026, 3, 9, 8, tzinfo=UTC)
    nowhere, utc = (hours.Week(zone, 9 * 60, 18 * 60) for zone in ("Europe/Atlantis", "UTC"))

    assert hours.after(monday, 60, nowhere) == hours.after(monday, 60, utc)

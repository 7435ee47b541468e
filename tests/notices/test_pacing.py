"""When a letter that can wait leaves: by the reader's clock, through the night and clock changes."""

import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.clock import UTC
from portal.notices.pacing import Habit, Pace, next_hour, strikes

AMSTERDAM = "Europe/Amsterdam"
ZONES = [AMSTERDAM, "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"]


def utc(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=UTC)


def there(text, zone=AMSTERDAM):
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def studio(**chosen):
    return Habit(**{"zone": AMSTERDAM, "is_contact": False} | chosen)


def contact(**chosen):
    return studio(is_contact=True, **chosen)


@pytest.mark.parametrize(
    ("pace", "leaves"),
    [
        (Pace.AT_ONCE, "2026-03-12 10:45"),
        (Pace.HOURLY, "2026-03-12 11:00"),
        (Pace.DAILY, "2026-03-13 08:00"),
        (Pace.WEEKLY, "2026-03-16 08:00"),  # The next Monday.
    ],
)
def test_each_pace_has_its_hour(pace, leaves):
    assert studio(pace=pace).slot(there("2026-03-12 10:45")) == there(leaves)


def test_never_is_never():
    assert studio(pace=Pace.NEVER).slot(there("2026-03-12 10:45")) is None


def test_the_hour_and_the_day_are_what_was_chosen():
    habit = studio(pace=Pace.WEEKLY, hour=17, weekday=4)
    assert habit.slot(there("2026-03-12 10:45")) == there("2026-03-13 17:00")
    assert habit.slot(there("2026-03-13 17:00")) == there("2026-03-20 17:00")


@pytest.mark.parametrize(
    ("written", "leaves"),
    [
        ("2026-03-12 19:59", "2026-03-12 19:59"),
        ("2026-03-12 20:00", "2026-03-13 07:00"),
        ("2026-03-13 00:30", "2026-03-13 07:00"),
        ("2026-03-13 06:59", "2026-03-13 07:00"),
        ("2026-03-13 07:00", "2026-03-13 07:00"),
    ],
)
def test_quiet_hours_reach_over_midnight(written, leaves):
    habit = studio(quiet_from_hour=20, quiet_until_hour=7)
    assert habit.slot(there(written)) == there(leaves)


def test_quiet_hours_may_lie_within_a_day():
    habit = studio(quiet_from_hour=12, quiet_until_hour=14)
    assert habit.slot(there("2026-03-12 13:10")) == there("2026-03-12 14:00")
    assert habit.slot(there("2026-03-12 11:59")) == there("2026-03-12 11:59")


def test_a_daily_letter_whose_hour_is_quiet_waits_until_that_ends():
    habit = studio(pace=Pace.DAILY, hour=6, quiet_from_hour=22, quiet_until_hour=9)
    assert habit.slot(there("2026-03-12 15:00")) == there("2026-03-13 09:00")


def test_quiet_hours_end_by_the_clock_in_the_night_it_changes():
    habit = studio(quiet_from_hour=22, quiet_until_hour=7)
    assert habit.slot(utc("2026-03-28 23:00")) == utc(
        "2026-03-29 05:00"
    )  # Spring: seven is earlier.
    assert habit.slot(utc("2026-10-24 23:00")) == utc("2026-10-25 06:00")  # Autumn: it is later.


def test_an_hour_that_the_clock_skips_comes_as_it_ends():
    assert strikes(utc("2026-03-28 12:00"), AMSTERDAM, 2) == utc("2026-03-29 01:00")


def test_an_hour_that_comes_twice_counts_once():
    first = strikes(utc("2026-10-24 12:00"), AMSTERDAM, 2)
    assert first == utc("2026-10-25 00:00")
    assert strikes(first, AMSTERDAM, 2) == utc("2026-10-26 01:00")


def test_an_hour_is_full_on_the_readers_clock():
    assert next_hour(utc("2026-03-12 10:45"), "Asia/Kolkata") == utc("2026-03-12 11:30")


def test_a_contact_gets_the_first_after_some_minutes_and_the_next_on_another_day():
    now = there("2026-03-12 10:45")
    assert contact().slot(now) == there("2026-03-12 10:55")
    told = contact(last_batch_at=now)
    assert told.slot(there("2026-03-12 11:00")) == there("2026-03-13 08:00")
    assert told.slot(there("2026-03-13 00:10")) == there("2026-03-13 00:20")


@pytest.mark.parametrize("pace", [Pace.AT_ONCE, Pace.HOURLY])
def test_no_pace_gives_a_contact_a_second_one_that_day(pace):
    told = contact(pace=pace, last_batch_at=there("2026-03-12 08:00"))
    assert told.slot(there("2026-03-12 09:00")) == there("2026-03-13 08:00")


hours = st.integers(0, 23)
habits = st.builds(
    Habit,
    zone=st.sampled_from(ZONES),
    is_contact=st.booleans(),
    pace=st.sampled_from([pace for pace in Pace if pace != Pace.NEVER]),
    hour=hours,
    weekday=st.integers(0, 6),
    quiet_from_hour=st.one_of(st.none(), hours),
    quiet_until_hour=st.one_of(st.none(), hours),
)
YEAR_MINUTES = 365 * 24 * 60


@given(habits, st.integers(0, YEAR_MINUTES), st.integers(0, 3 * 24 * 60))
def test_a_slot_is_never_past_nor_quiet_nor_a_second_one_that_day(habit, minutes, since):
    at = utc("2026-01-01 00:00") + dt.timedelta(minutes=minutes)
    before = at - dt.timedelta(minutes=since)
    habit = dataclasses.replace(habit, last_batch_at=before)

    slot = habit.slot(at)

    assert at <= slot <= at + dt.timedelta(days=10)
    assert not habit.is_quiet(slot)
    assert habit.free(slot) == slot
    if habit.is_contact:
        place = ZoneInfo(habit.zone)
        assert slot.astimezone(place).date() > before.astimezone(place).date()

"""The clock: it tells the time, and stands still only for a demo's past."""

import datetime as dt
import threading

import pytest

from portal.core import clock
from portal.settings import ROOT

PAST = dt.datetime(2026, 1, 14, 9, 12, 30, 123_456, tzinfo=dt.UTC)


def test_it_is_told_in_utc_to_the_millisecond():
    assert clock.now().tzinfo == dt.UTC
    assert clock.now().microsecond % 1000 == 0


def test_a_block_in_the_past_stands_still_and_then_time_goes_on():
    before = clock.now()
    with clock.at(PAST):
        assert clock.now() == clock.now() == PAST.replace(microsecond=123_000)
    assert clock.now() >= before


def test_blocks_nest_and_an_error_sets_the_clock_right_again():
    before = clock.now()
    with pytest.raises(ZeroDivisionError), clock.at(PAST):
        with clock.at(PAST + dt.timedelta(days=1)):
            assert clock.now().day == 15
        assert clock.now().day == 14
        raise ZeroDivisionError
    assert clock.now() >= before


def test_other_threads_keep_their_own_time():
    seen = []
    with clock.at(PAST):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0] > PAST + dt.timedelta(days=1)


def test_an_instant_of_another_zone_is_the_same_instant():
    amsterdam = dt.timezone(dt.timedelta(hours=1))
    with clock.at(PAST.astimezone(amsterdam)):
        assert clock.stamp(clock.now()) == "2026-01-14T09:12:30.123Z"


def test_only_the_demo_tells_another_time():
    users = {
        path.relative_to(ROOT / "portal").parts[0]
        for path in (ROOT / "portal").rglob("*.py")
        if "clock.at(" in path.read_text()
    }
    assert users <= {"demo"}

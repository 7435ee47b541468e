"""The baseline on a day: what was signed until its end, where the studio is."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.scope import baseline, moments
from portal.scope.baseline import History
from tests import make
from tests.scope.histories import histories, rows_of, signed

ZONES = ("Europe/Amsterdam", "America/New_York", "Pacific/Auckland", "UTC")
minutes = st.integers(0, 16 * 24 * 60)  # From 20 March on: over the days of both clock changes.
FIRST = dt.datetime(2026, 3, 20, tzinfo=dt.UTC)
days = st.dates(dt.date(2026, 3, 18), dt.date(2026, 4, 7))


@given(histories(), st.lists(minutes, min_size=5, max_size=5), days, st.sampled_from(ZONES))
def test_a_day_is_the_fold_of_what_was_signed_until_its_end(history, times, day, zone):
    """Also on the days on which the clocks change."""
    times = sorted(FIRST + dt.timedelta(minutes=one) for one in times)
    made = {n: signed(n, edits, at=times[n - 1]) for n, edits in enumerate(history, 1)}
    past = History(made, rows_of(history))
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), ZoneInfo(zone))

    until = [n for n, one in made.items() if one.signed_at < midnight.astimezone(dt.UTC)]

    assert past.number_on(day, zone) == len(until)
    assert past.at(len(until)) == past.at(past.number_on(day, zone))


@pytest.fixture
def past(cast, at):
    """One signature on 10 March, one at half past midnight on 13 March where the studio is."""
    at("2026-03-10 12:00")
    make.amendment(cast.project, make.added("Pages", 100), by=cast.cleo)
    at("2026-03-12 23:30")
    make.amendment(cast.project, make.added("Map", 100), by=cast.cleo)
    return baseline.history(cast.project)


@pytest.mark.parametrize(
    ("text", "number"),
    [("2026-03-09", 0), ("2026-03-10", 1), ("2026-03-12", 1), ("2026-03-13", 2), ("2030-01-01", 2)],
)
def test_a_day_means_its_end_in_the_studios_zone(past, text, number):
    moment = moments.parse(text, past, "Europe/Amsterdam")

    assert (moment.number, moment.text) == (number, text)
    assert past.at(moment.number).number == number


def test_a_number_is_a_baseline_and_knows_its_day(past):
    moment = moments.parse("2", past, "Europe/Amsterdam")

    assert (moment.number, moment.day, moment.words) == (2, dt.date(2026, 3, 13), "baseline 2")


@pytest.mark.parametrize("text", ["", "x", "3", "-1", "2026-02-30", "0001-01-01", "9" * 30])
def test_what_names_no_moment_is_none(past, text):
    assert moments.parse(text, past, "UTC") is None

"""The picture of the budget: figures that a reader can follow."""

import datetime as dt
from types import SimpleNamespace

import pytest

from portal.budget import picture as budget
from portal.home import timeline


@pytest.fixture(autouse=True)
def today(at):
    return at("2026-03-12 10:45")


def project(**fields):
    return SimpleNamespace(
        **{
            "currency": "EUR",
            "starts_on": None,
            "launch_on": None,
            "next_on": None,
            "next_what": "",
            **fields,
        }
    )


def baseline(*signed):
    amendments = [
        SimpleNamespace(
            signed_at=dt.datetime.fromisoformat(f"{day}T23:30+00:00"), amount_minor=minor
        )
        for day, minor in signed
    ]
    return SimpleNamespace(amendments=amendments)


SIGNED = (("2026-01-14", 48_600_00), ("2026-02-11", 3_850_00), ("2026-02-20", -1_200_00))
STATED = [
    SimpleNamespace(as_of_on=dt.date(2026, 2, 16), used_minor=16_480_00, forecast_minor=None),
    SimpleNamespace(as_of_on=dt.date(2026, 3, 9), used_minor=31_470_00, forecast_minor=49_900_00),
]


def test_nothing_signed_is_no_picture():
    assert budget.picture(project(), baseline(), 12_400_00) is None


def test_the_line_is_the_running_total_on_the_reader_s_days():
    seen = budget.picture(project(), baseline(*SIGNED), 0)

    days = [dt.date.fromordinal(day).isoformat() for day, _ in seen.approved]
    assert days == ["2026-01-15", "2026-02-12", "2026-02-21"]  # Half past eleven is tomorrow there.
    assert [amount for _, amount in seen.approved] == [48_600_00, 52_450_00, 51_250_00]


def test_what_waits_is_on_top_and_said():
    seen = budget.picture(project(), baseline(*SIGNED), 12_400_00)

    assert seen.pending == (seen.today, 63_650_00, "12,400 waiting: 63,650")
    assert seen.top > 63_650_00
    assert seen.description == "51,250 EUR approved; 12,400 more wait for approval."


def test_what_would_give_back_is_not_drawn_as_more():
    assert budget.picture(project(), baseline(*SIGNED), -500_00).pending is None


def test_everything_lies_within_the_picture():
    launch = dt.date(2026, 5, 22)
    later = dt.date(2026, 6, 5)
    seen = budget.picture(project(launch_on=launch), baseline(*SIGNED), 1_00, STATED, later)

    first, last = seen.span
    days = [day for day, _ in seen.approved] + [day for day, _ in seen.months]
    days += [day for day, _ in (*seen.used, *seen.ahead)]
    days += [seen.today, later.toordinal()]
    assert all(first <= day <= last for day in days)
    assert all(0 < amount <= seen.top for amount, _ in seen.grid)


def test_what_is_used_grows_from_nothing_to_what_was_stated_last():
    began = dt.date(2026, 1, 5)
    seen = budget.picture(project(starts_on=began), baseline(*SIGNED), 0, STATED)

    days = [dt.date.fromordinal(day).isoformat() for day, _ in seen.used]
    assert days == ["2026-01-05", "2026-02-16", "2026-03-09"]
    assert [amount for _, amount in seen.used] == [0, 16_480_00, 31_470_00]
    assert seen.labels["used"] == "31,470 used"
    assert "31,470 of it used on 9 March 2026; 49,900 forecast for the whole" in seen.description


def test_the_way_ahead_leads_to_the_forecast_at_the_launch():
    launch = dt.date(2026, 5, 22)
    seen = budget.picture(project(launch_on=launch), baseline(*SIGNED), 0, STATED)

    assert seen.ahead == [seen.used[-1], (launch.toordinal(), 49_900_00)]


@pytest.mark.parametrize("launch", [None, dt.date(2026, 3, 9)])
def test_without_a_launch_to_come_no_way_ahead_is_drawn(launch):
    assert budget.picture(project(launch_on=launch), baseline(*SIGNED), 0, STATED).ahead == []


def test_more_used_than_signed_still_lies_within_the_picture():
    stated = [
        SimpleNamespace(as_of_on=dt.date(2026, 3, 9), used_minor=90_000_00, forecast_minor=None)
    ]

    assert budget.picture(project(), baseline(*SIGNED), 0, stated).top > 90_000_00


def test_a_project_of_one_day_still_has_a_width():
    seen = budget.picture(project(), baseline(("2026-03-11", 100_00)), 0)

    assert seen.span[1] - seen.span[0] >= budget.SHORTEST_DAYS


def test_dates_stand_in_order_with_today_among_them():
    dates = project(
        starts_on=dt.date(2026, 1, 5), launch_on=dt.date(2026, 5, 22), next_on=dt.date(2026, 3, 24)
    )

    rows = timeline.rows(dates, baseline(*SIGNED), [dt.date(2026, 6, 5)])

    assert [(name, state) for _, name, _, state in rows] == [
        ("Start", "done"),
        ("Contract", "done"),
        ("Today", "now"),
        ("Next date", "todo"),
        ("Launch", "todo"),
        ("Launch, perhaps", "maybe"),
    ]


def test_a_date_that_is_today_is_today():
    rows = timeline.rows(project(launch_on=dt.date(2026, 3, 12)), baseline(), [])

    assert [(name, words, state) for _, name, words, state in rows] == [("Launch", "today", "now")]


def test_without_any_date_there_is_no_line():
    assert timeline.rows(project(), baseline(), []) == []

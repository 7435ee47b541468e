"""The clock reminds the day before, on the day, then every third working day, five times at most."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.mail.models import Letter
from portal.signoff import jobs
from portal.signoff.asking import reminding
from portal.signoff.models import Rule
from tests import make

DUE = dt.date(2026, 3, 12)  # A Thursday.


def each_day(at, first, last):
    for day in range((last - first).days + 1):
        at(f"{first + dt.timedelta(days=day)} 07:00")
        jobs.remind_due()


def reminded():
    query = Letter.select().where(Letter.template == "sign-off-reminder").order_by(Letter.id)
    return [(letter.name.split()[0], letter.created_at.day) for letter in query]


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)))
def test_there_are_five_days_the_last_of_them_working_days_and_near(due_on):
    days = reminding.days(due_on)

    assert len(days) == len(set(days)) == 5
    assert days == sorted(days)
    assert all(day.weekday() < 5 for day in days[2:])
    assert (days[-1] - due_on).days <= reminding.LONGEST_DAYS


def test_over_two_months_there_are_five_letters(cast, estimate, at):
    at("2026-03-02 09:00")
    estimate(100_00, [cast.cleo], due_on=DUE)

    each_day(at, dt.date(2026, 3, 3), dt.date(2026, 4, 30))

    assert reminded() == [("Cleo", day) for day in (11, 12, 17, 20, 25)]


def test_they_stop_at_the_answer(cast, estimate, at):
    at("2026-03-02 09:00")
    sign_off = estimate(100_00, [cast.cleo], due_on=DUE)
    each_day(at, dt.date(2026, 3, 11), dt.date(2026, 3, 12))

    make.answer(sign_off, by=cast.cleo)
    each_day(at, dt.date(2026, 3, 13), dt.date(2026, 3, 31))

    assert reminded() == [("Cleo", 11), ("Cleo", 12)]


def test_they_follow_who_holds_the_seat_and_leave_out_whose_turn_has_not_come(
    cast, estimate, joris, eva, at
):
    at("2026-03-02 09:00")
    estimate(100_00, [cast.cleo, joris], rule=Rule.IN_ORDER, copies=[cast.vic], due_on=DUE)
    each_day(at, dt.date(2026, 3, 11), dt.date(2026, 3, 11))
    cast.project.remove_member(make.member_of(cast.cleo, cast.project), by=cast.sam)

    each_day(at, dt.date(2026, 3, 12), dt.date(2026, 3, 17))

    assert reminded() == [("Cleo", 11), ("Eva", 12), ("Eva", 17)]


@pytest.mark.parametrize("times", [1, 3])
def test_the_same_hour_twice_reminds_once(cast, estimate, at, times):
    at("2026-03-02 09:00")
    estimate(100_00, [cast.cleo], due_on=DUE)
    at("2026-03-12 07:00")
    for _ in range(times):
        jobs.remind_due()

    assert reminded() == [("Cleo", 12)]


def test_nobody_is_reminded_on_a_closed_project_where_nobody_can_answer(cast, estimate, at):
    at("2026-03-02 09:00")
    estimate(100_00, [cast.cleo], due_on=DUE)
    cast.project.close(by=cast.sam)

    each_day(at, dt.date(2026, 3, 11), dt.date(2026, 3, 12))

    assert reminded() == []

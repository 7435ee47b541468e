"""Working days: counted one by one, and moved by."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from portal.core import workdays

days = st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1))


@given(days, days)
def test_counting_days_and_moving_by_them_agree(first, last):
    counted = workdays.between(first, last)
    one_by_one = (first + dt.timedelta(days=n) for n in range(1, (last - first).days + 1))

    assert counted == sum(day.weekday() < 5 for day in one_by_one)
    if counted:
        assert workdays.between(first, workdays.later(first, counted)) == counted


@given(days, st.integers(0, 400))
def test_a_day_so_much_later_is_one_on_which_people_work(first, working):
    day = workdays.later(first, working)

    assert (day == first) if not working else workdays.is_working(day)

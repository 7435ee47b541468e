"""Each figure says of how many; what is neither done nor late counts for nothing yet."""

import datetime as dt
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from portal.care import figures
from portal.care.figures import Speed, Worked
from portal.core.clock import UTC
from portal.feedback import hours

WEEK = hours.Week("Europe/Amsterdam", 9 * 60, 18 * 60)
FIRST, LAST = dt.datetime(2026, 1, 1, tzinfo=UTC), dt.datetime(2026, 6, 30, tzinfo=UTC)
WORKED = Worked(WEEK, FIRST, LAST)
instants = st.datetimes(
    FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None), timezones=st.just(UTC)
)


@given(instants, instants)
def test_it_counts_as_the_promise_does(one, two):
    start, end = sorted((one, two))

    assert abs(WORKED.between(start, end) - hours.between(start, end, WEEK)) <= 1


def moment(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_late_without_an_answer_counts_against_the_promise_and_not_into_the_median():
    nine, ten, noon = (moment(f"2026-03-10 {hour}:00") for hour in ("09", "10", "12"))
    facts = [(nine, ten, noon), (nine, None, ten), (nine, None, LAST), (nine, noon, None)]
    spans = [figures.span(*one, WORKED, now=noon) for one in facts]

    assert figures.speed(spans) == Speed(measured=2, median_minutes=120, promised=2, kept=1)


def test_nothing_gives_no_figure():
    assert figures.speed([]) == Speed(0, None, 0, 0)


def test_what_was_reopened_is_not_resolved():
    row = SimpleNamespace(status="triaged", resolved_at=LAST)

    assert figures.ended(row) is None


def test_a_month_is_the_studios():
    late = SimpleNamespace(filed_at=moment("2026-02-28 23:30"))  # March in Amsterdam.
    months = figures.months_until(dt.date(2026, 3, 5), 2)

    assert figures.by_month([late], months, WEEK.zone) == [(months[0], []), (months[1], [late])]


def test_groups_stand_in_the_order_of_their_names():
    rows = [SimpleNamespace(client=name, client_id=n) for n, name in ((1, "B"), (2, "A"), (1, "B"))]

    assert [(name, len(mine)) for (_, name), mine in figures.by(rows, "client")] == [
        ("A", 1),
        ("B", 2),
    ]

"""Each figure says of how many; what is neither done nor late counts for nothing yet."""

import datetime as dt
from types import SimpleNamespace

from portal.care import figures
from portal.care.figures import Speed


def cell(**facts):
    """What was filed on one project in one month."""
    nothing = {"response_minutes": [], "response_promised": 0, "response_kept": 0}
    return SimpleNamespace(**nothing | facts)


def test_the_median_is_that_of_all_not_of_medians():
    cells = [
        cell(response_minutes=[1, 2, 90], response_promised=4, response_kept=2),
        cell(response_minutes=[3, 4], response_promised=1, response_kept=1),
    ]

    assert figures.speed(cells, "response") == Speed(5, 3, promised=5, kept=3)


def test_nothing_gives_no_figure():
    assert figures.speed([], "response") == figures.speed([cell()], "response") == Speed()


def test_a_month_without_anything_stands_there_all_the_same():
    january, february = figures.months_until(dt.date(2026, 2, 3), 2)
    one = cell(month_on=february)

    assert figures.by_month([one], [january, february]) == [(january, []), (february, [one])]


def test_groups_stand_in_the_order_of_their_names():
    rows = [SimpleNamespace(client=name, client_id=n) for n, name in ((1, "B"), (2, "A"), (1, "B"))]

    assert [(name, len(mine)) for (_, name), mine in figures.by(rows, "client")] == [
        ("A", 1),
        ("B", 2),
    ]

"""Round amounts and months, few enough to read."""

import datetime as dt

import pytest

from portal.core import axes, money


@pytest.mark.parametrize(
    "top",
    [1, 999, 10_00, 5_000_00, 73_197_50, 1_000_000_00, 10**13],
)
@pytest.mark.parametrize("currency", ["EUR", "JPY", "KWD"])
def test_lines_are_few_round_and_whole(top, currency):
    lines = axes.amounts(top, currency)
    unit = 10 ** money.decimals(currency)

    assert len(lines) <= axes.LINES + 1
    assert all(amount % (10 * unit) == 0 for amount, _ in lines)
    assert not [label for _, label in lines if "." in label]


def test_a_long_project_names_few_months():
    span = dt.date(2024, 1, 1).toordinal(), dt.date(2027, 1, 1).toordinal()

    assert 3 <= len(axes.months(span, "en")) <= axes.MONTHS_MOST
    assert axes.months(span, "fr")[0][1] == "févr."

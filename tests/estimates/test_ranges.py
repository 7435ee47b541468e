"""The spread of the whole: within its bounds, the same every time, as wide as theory says."""

import math
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.estimates import outlook
from portal.estimates.ranges import SCALE_BITS, Effort, add_up

guesses = st.tuples(*[st.integers(0, 20_000)] * 3).map(sorted)
efforts = guesses.map(lambda three: Effort(*three))
wholes = st.lists(efforts, min_size=1, max_size=12).map(tuple)


@given(wholes, st.integers(0, 10**9))
@settings(deadline=None, max_examples=50)
def test_the_whole_stays_between_its_least_and_its_most(whole, fixed):
    spread = add_up(whole, fixed)
    least, most = (sum(getattr(one, end) for one in whole) + fixed for end in ("low", "high"))
    steps = [spread.at(percent) for percent in (0, 10, 50, 90, 100)]
    assert steps == sorted(steps)
    assert least <= steps[0] <= steps[-1] <= most
    assert least <= spread.expected <= most


@given(wholes, st.integers(0, 10**6))
@settings(deadline=None, max_examples=30)
def test_what_does_not_vary_only_moves_the_whole(whole, fixed):
    alone, moved = add_up(whole), add_up(whole, fixed)
    assert moved.expected == alone.expected + fixed
    assert [moved.at(p) for p in (10, 50, 90)] == [alone.at(p) + fixed for p in (10, 50, 90)]
    assert moved.deviation == alone.deviation


@given(wholes)
@settings(deadline=None, max_examples=30)
def test_the_chances_add_up_and_keep_mean_and_deviation(whole):
    spread = add_up(whole)
    total = sum(spread.chances)
    assert math.isclose(total, 2**SCALE_BITS, rel_tol=1e-6)
    mean = spread.least + spread.step * sum(k * c for k, c in enumerate(spread.chances)) / total
    width = spread.most - spread.least
    assert math.isclose(mean, spread.expected, abs_tol=1 + width / 100)
    assert sum(chance for _, chance in spread.bars(22)) == pytest.approx(1000, abs=11)


@given(guesses, st.integers(1, 5_000))
@settings(deadline=None, max_examples=50)
def test_more_of_any_guess_never_expects_less(three, more):
    low, likely, high = three
    before = Effort(low, likely, high).expected
    assert Effort(low, likely, high + more).expected >= before
    assert Effort(min(low + more, likely), likely, high).expected >= before
    assert Effort(low, min(likely + more, high), high).expected >= before


def test_many_lines_are_a_normal_distribution():
    spread = add_up((Effort(600, 1200, 1800),) * 100)
    # Of a symmetric beta-PERT the deviation is the width over the root of 28.
    sigma = 1200 / math.sqrt(28) * 10
    assert (spread.expected, spread.at(50)) == (120_000, pytest.approx(120_000, abs=60))
    assert spread.at(90) == pytest.approx(120_000 + 1.2816 * sigma, rel=0.002)
    assert spread.at(10) == pytest.approx(120_000 - 1.2816 * sigma, rel=0.002)
    assert spread.chance_of(120_000) == pytest.approx(50, abs=2)


def test_one_line_is_its_own_distribution():
    spread = add_up((Effort(0, 1000, 6000),))  # Beta(1.67, 4.33) of 6,000.
    assert (spread.expected, spread.deviation) == (1667, 1000)
    found = [spread.at(percent) for percent in (10, 50, 90)]
    assert found == pytest.approx([456, 1512, 3112], rel=0.01)


def test_the_largest_draft_takes_no_time_and_the_same_money_everywhere():
    whole = tuple(Effort(60 + n, 300 + 7 * n, 900 + 11 * n).times(95_00, 60) for n in range(200))
    first = add_up(whole)
    add_up.cache_clear()
    assert add_up(whole) == first
    assert len(first.chances) < 6_000


def test_guesses_come_in_order():
    with pytest.raises(ValueError, match="low <= likely <= high"):
        Effort(10, 5, 20)


def line(number, *, unit="h", rate=100_00, price=None, effort=(60, 120, 240)):
    low, likely, high = effort or (None,) * 3
    priced = {"role": "Design", "unit": unit, "rate_minor": rate, "is_fixed": price is not None}
    minutes = {"low_minutes": low, "likely_minutes": likely, "high_minutes": high}
    return SimpleNamespace(number=number, price_minor=price or 200_00, **priced, **minutes)


def seen(*lines, left_out=(), total_minor=1_000_00):
    shown = [SimpleNamespace(number=one.number, is_in=one.number not in left_out) for one in lines]
    sheet = SimpleNamespace(lines=shown, total_minor=total_minor, currency="EUR")
    return outlook.of([(SimpleNamespace(title="Find"), list(lines))], sheet)


def test_hours_and_days_are_worth_their_rate_and_other_prices_move_along():
    hours, days, fixed = line(1), line(2, unit="day", rate=800_00), line(3, price=130_00)
    assert outlook.worth(hours, Effort(60, 120, 240)) == Effort(100_00, 200_00, 400_00)
    assert outlook.worth(days, Effort(60, 120, 240)) == Effort(100_00, 200_00, 400_00)
    assert outlook.worth(fixed, Effort(60, 120, 240)) == Effort(60_00, 120_00, 240_00)


def test_what_does_not_count_is_not_in_the_whole_and_a_plain_price_does_not_vary():
    found = seen(line(1), line(2), line(3, price=50_00, effort=None), left_out={2})
    assert found.lines.keys() == {1, 2}
    assert (found.minutes.expected, found.minor.expected) == (130, 216_67 + 50_00)
    assert [(part.title, part.expected, part.spread) for part in found.parts] == [("Find", 130, 30)]
    assert found.covered == 100


def test_without_effort_nothing_is_shown():
    assert seen(line(1, effort=None)) is None
    assert seen(line(1, effort=(60, None, 240))) is None
    assert seen(line(1), left_out={1}) is None


def test_the_expected_hours_become_a_quantity_in_the_lines_unit():
    assert outlook.expected_thousandths(line(1)) == 2_167
    assert outlook.expected_thousandths(line(1, unit="day")) == 271
    assert outlook.expected_thousandths(line(1, price=1_00)) is None

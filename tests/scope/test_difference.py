"""What differs between two baselines, in either direction."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.scope import baseline, difference
from portal.scope.baseline import History
from portal.scope.models import Action, Edit, ScopeItem
from tests import make
from tests.scope.histories import histories, rows_of, signed


def history_of(history):
    """The History of some made-up amendments."""
    numbers = range(1, len(history) + 1)
    return History({n: signed(n, history[n - 1]) for n in numbers}, rows_of(history))


def state(found):
    return {item.number: difference.facts(item) for item in found.items}


def apply(found, moves):
    """Take a baseline's facts from one side of a difference to the other."""
    there = state(found)
    for move in moves:
        there[move.number] = difference.facts(move.after)
    return {number: facts for number, facts in there.items() if facts is not None}


def without_gone(facts):
    """An item that was removed and costs nothing is as good as none."""
    return {n: one for n, one in facts.items() if not one[4] or one[3]}


@given(histories(), st.integers(0, 5), st.integers(0, 5))
def test_a_difference_leads_from_one_baseline_to_the_other(history, first, last):
    past = history_of(history)
    before, after = past.at(first), past.at(last)

    found = difference.between(before, after)

    assert without_gone(apply(before, found.moves)) == without_gone(state(after))
    assert sum(move.change_minor for move in found.moves) == found.change_minor
    assert found.change_minor == after.total_minor - before.total_minor


@given(histories(), st.integers(0, 5))
def test_nothing_differs_from_itself(history, number):
    past = history_of(history)

    assert not difference.between(past.at(number), past.at(number))


@pytest.fixture
def changed(cast):
    """A contract of three items; then one is renamed, one removed, one new, and the launch moves."""
    launch = dt.date(2026, 5, 22)
    items = (make.added(title, 100_00) for title in ("Pages", "Map", "Shop"))
    make.amendment(cast.project, *items, by=cast.cleo, launch_on=launch)
    pages, plan = (ScopeItem.get(project=cast.project, number=n) for n in (1, 2))
    make.amendment(
        cast.project,
        Edit(Action.CHANGED, item=pages, title="All pages", price_minor=20_00),
        Edit(Action.REMOVED, item=plan, title="", price_minor=-100_00),
        make.added("Tickets", 50_00),
        by=cast.cleo,
        kind="change",
        launch_on=dt.date(2026, 6, 5),
    )
    return baseline.history(cast.project)


def test_it_says_what_was_added_changed_and_removed(changed):
    found = difference.between(changed.at(1), changed.now)

    said = [(did, move.item.title, move.change_minor) for did, one in found.groups for move in one]
    assert said == [
        ("added", "Tickets", 50_00),
        ("changed", "All pages", 20_00),
        ("removed", "Map", -100_00),
    ]
    assert found.of(Action.CHANGED)[0].was_called == "Pages"
    assert (found.change_minor, found.has_moved_launch) == (-30_00, True)
    assert [one.number for one in found.signatures] == [2]


def test_backwards_everything_is_the_other_way_round(changed):
    found = difference.between(changed.now, changed.at(1))

    assert [(did, move.item.title) for did, one in found.groups for move in one] == [
        ("added", "Map"),
        ("changed", "Pages"),
        ("removed", "Tickets"),
    ]
    assert (found.change_minor, [one.number for one in found.signatures]) == (30_00, [2])


def test_each_item_names_the_signature_that_did_it(changed):
    found = difference.between(changed.at(1), changed.now)

    assert {touch.by.number for move in found.moves for touch in move.touches} == {2}


def test_a_launch_alone_is_a_difference(cast):
    for day in (22, 29):
        make.amendment(cast.project, by=cast.cleo, launch_on=dt.date(2026, 5, day))
    past = baseline.history(cast.project)

    found = difference.between(past.at(1), past.now)

    assert bool(found)
    assert (found.moves, found.has_moved_launch) == ((), True)

"""Measures are a copy that never lags: whatever people do, the figures are those counted by hand."""

import datetime as dt
import random

import pytest

from portal.access.models import Membership
from portal.care import measuring, queries
from portal.care.board import MONTHS, WAYS, Board
from portal.care.measuring import CareMeasure
from portal.care.models import CareAnswer
from portal.core.errors import DomainError, Forbidden
from portal.feedback.words import Kind
from portal.projects.promises import Promise
from portal.studio.models import Studio
from tests import make
from tests.bench.triage import Triage
from tests.care import plain
from tests.feedback.test_counts_agree import DEEDS

ITEMS, ACTS = 10, 80


def answer(cast, item, dice):
    CareAnswer.give(item, by=dice.choice([cast.cleo, cast.vic]), is_good=dice.random() < 0.5)


@pytest.fixture
def acted(cast, at, seed):
    """Two months in which everybody does what comes to their mind; most of it is refused."""
    dice, now = random.Random(seed), dt.datetime(2026, 1, 29, 9, tzinfo=dt.UTC)
    at(now.isoformat())
    Promise.give(cast.client, by=cast.sam, first_response_minutes=60, resolution_minutes=600)
    items = []
    for _ in range(ACTS):
        now += dt.timedelta(minutes=dice.choice([5, 30, 240, 3000]))
        at(now.isoformat())
        try:
            if len(items) < ITEMS and dice.random() < 0.2:
                items.append(filed(cast, dice))
            elif items:
                dice.choice([*DEEDS, answer])(cast, dice.choice(items), dice)
        except (DomainError, Forbidden):
            continue


def filed(cast, dice):
    kind = dice.choice(list(Kind))
    return make.feedback(cast.project, by=cast.vic, text=f"It is {dice.random()}", kind=kind)


@pytest.mark.parametrize("seed", range(4))
def test_no_act_leaves_a_measure_behind(cast, acted):
    assert measuring.measure_all() == 0
    assert CareMeasure.select().count() == len(plain.counting()) > 0


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("way", WAYS)
def test_the_figures_are_those_counted_by_hand(cast, acted, way):
    items, board = plain.counting(), Board(cast.sam, sees_all=True, way=way)

    assert board.total == plain.figures_of(items)
    assert [figures for _, figures in board.over_time] == [
        plain.figures_of([one for one in items if plain.month(one) == month])
        for month in board.months
    ]
    groups = {plain.whose(one, way) for one in items}
    assert {(n, name): figures for n, name, figures in board.groups} == {
        whom: plain.figures_of([one for one in items if plain.whose(one, way) == whom])
        for whom in groups
    }


def test_the_figures_of_many_are_those_counted_by_hand(cast):
    Triage(projects=3, open_each=20, done_each=10)
    Membership.delete().where(Membership.project == 2).execute()
    assert measuring.measure_all() == len(plain.counting())

    board = Board(cast.sam, sees_all=True, way="producer")
    for n, name, figures in board.groups:
        items = [one for one in plain.counting() if plain.whose(one, "producer") == (n, name)]
        assert figures == plain.figures_of(items)


def test_a_published_batch_of_pins_is_measured(cast):
    prototype = make.prototype(cast.project, by=cast.sam)
    prototype.send(by=cast.sam, deciders=[cast.cleo])
    make.pins(prototype, by=cast.cleo)

    assert measuring.measure_all() == 0
    assert CareMeasure.select().count() == len(plain.counting()) == 1


def test_new_hours_count_from_the_next_morning(cast, resolved, at):
    Studio.establish(zone="Pacific/Auckland")

    measuring.measure_all()

    assert measuring.measure_all() == 0
    assert Board(cast.sam, sees_all=True).total == plain.figures_of([resolved])


def test_what_is_neither_done_nor_late_counts_for_nothing_yet(cast, promised, at):
    at("2026-03-10 09:00")
    make.feedback(cast.project, by=cast.cleo)
    assert Board(cast.sam, sees_all=True).total.response.promised == 0

    at("2026-03-11 09:00")
    late = Board(cast.sam, sees_all=True).total.response
    assert (late.promised, late.kept, late.measured) == (1, 0, 0)


def test_a_month_is_the_studios(cast, at):
    at("2026-02-28 23:30")  # March in Amsterdam.
    make.feedback(cast.project, by=cast.cleo)

    assert CareMeasure.get().month_on == dt.date(2026, 3, 1)


def test_what_is_older_than_the_page_shows_is_left_out(cast, at):
    at("2026-01-05 09:00")
    make.feedback(cast.project, by=cast.cleo)
    at("2026-09-05 09:00")

    assert queries.cells(dt.date(2026, 9, 1)) == Board(cast.sam, sees_all=True).cells == []
    assert len(queries.cells(dt.date(2026, 1, 1))) == 1 < MONTHS

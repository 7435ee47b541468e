"""Whatever people do, in whatever order: each count is the length of its list, and none is lost."""

import datetime as dt
import random

import pytest

from portal.core import clock
from portal.core.errors import DomainError, Forbidden
from portal.feedback.inbox import triage
from portal.feedback.models import Feedback
from portal.feedback.words import Kind, Severity, VerdictKind
from portal.projects.promises import Promise
from portal.threads.models import reply
from tests import make

ITEMS, ACTS, EVERY = 8, 60, 6
SOON = dt.timedelta(days=2)


def judge(cast, item, dice):
    make.verdict(item, by=cast.sam, kind=dice.choice(list(VerdictKind)))


def take_back(cast, item, dice):
    if item.verdict:
        item.take_back(item.verdict.id, by=cast.sam)


def snooze(cast, item, dice):
    item.snooze(dice.choice([None, clock.now() + SOON]), by=cast.sam)


#: Everything that somebody can do to one feedback; most of it is refused most of the time.
DEEDS = (
    judge,
    judge,
    take_back,
    snooze,
    lambda cast, item, dice: item.assign(dice.choice([None, cast.sam, cast.dora]), by=cast.sam),
    lambda cast, item, dice: item.weigh(dice.choice(list(Severity)), by=cast.sam),
    lambda cast, item, dice: item.contest(by=cast.vic, reason="No."),
    lambda cast, item, dice: item.resolve(by=cast.sam),
    lambda cast, item, dice: item.verify(by=cast.vic),
    lambda cast, item, dice: item.reopen(by=cast.vic, reason="Not yet."),
    lambda cast, item, dice: item.merge_into(dice.randint(1, ITEMS), by=cast.sam),
    lambda cast, item, dice: item.split(by=cast.sam),
    lambda cast, item, dice: reply(item, by=cast.vic, text=f"And {dice.random()}"),
    lambda cast, item, dice: reply(item, by=cast.sam, text=f"So {dice.random()}", is_question=True),
)


def check(cast):
    """Compare every count with its list, and each feedback with the one side whose turn it is."""
    for reader in (cast.sam, cast.dora):
        counts = triage.counts(reader)
        lists = {show: {row.id for row in triage.inbox(reader, show)} for show in triage.SHOWS}
        assert {show: len(lists[show]) for show in counts} == counts
        assert triage.ours(reader) == counts["ours"]
        for part in ("new", "mine", "contested"):
            assert lists[part] <= lists["ours"]
        whole = [lists[show] for show in ("ours", "theirs", "snoozed", "done")]
        assert set.union(*whole) == {item.id for item in Feedback.select()}
        assert sum(map(len, whole)) - len(lists["snoozed"] & lists["done"]) == ITEMS


@pytest.mark.parametrize("seed", range(4))
def test_counts_agree_with_their_lists_whatever_is_done(cast, at, seed):
    dice, now = random.Random(seed), dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
    at(now.isoformat())
    Promise.give(cast.client, by=cast.sam, first_response_minutes=60, resolution_minutes=600)
    kinds = list(Kind)
    items = [
        make.feedback(cast.project, by=cast.vic, text=f"Thing {n}", kind=kinds[n % len(kinds)])
        for n in range(ITEMS)
    ]
    for n in range(ACTS):
        now += dt.timedelta(minutes=dice.choice([1, 5, 240, 1440]))
        at(now.isoformat())
        try:
            dice.choice(DEEDS)(cast, Feedback.get_by_id(dice.choice(items).id), dice)
        except (DomainError, Forbidden):
            continue
        finally:
            if n % EVERY == 0:
                check(cast)
    check(cast)

"""Made-up histories of a scope: what hypothesis draws, and what they come to by hand."""

import datetime as dt
from collections import namedtuple

from hypothesis import strategies as st

from portal.scope.baseline import Signed
from portal.scope.models import Action

Row = namedtuple("Row", "item amendment_id action section title detail price_minor")
prices = st.integers(-(10**9), 10**9)
words = st.sampled_from(["", "Pages", "Map", "Tickets"])
BEGAN = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)


@st.composite
def histories(draw):
    """Some amendments; each adds items and touches some that were there, each of them once."""
    history, known = [], 0
    for _ in range(draw(st.integers(1, 5))):
        touched = draw(st.permutations(range(1, known + 1)))[: draw(st.integers(0, 3))]
        later = st.sampled_from([Action.CHANGED, Action.REMOVED, Action.RESTORED])
        actions = [draw(later) for _ in touched]
        new = range(known + 1, known + 1 + draw(st.integers(0, 3)))
        known += len(new)
        pairs = [*zip(touched, actions, strict=True), *((number, Action.ADDED) for number in new)]
        history.append([(*pair, draw(words), draw(words), draw(prices)) for pair in pairs])
    return history


def signed(number, edits=(), at=None):
    """The signature of an amendment, a day after the one before it."""
    at = at or BEGAN + dt.timedelta(days=number - 1)
    amount = sum(price for *_, price in edits)
    return Signed(number, "change", number, "", amount, None, "Cleo", at, "r", number)


def rows_of(history):
    return [
        Row(item, number, action, "", title, detail, price)
        for number, edits in enumerate(history, 1)
        for item, action, title, detail, price in edits
    ]


def replay(history):
    """One amendment after the other, by hand: item -> (title, detail, price, last action)."""
    items = {}
    for edits in history:
        for item, action, title, detail, price in edits:
            old = items.get(item, ("", "", 0, None))
            kept = "" if action == Action.RESTORED else old[1]
            items[item] = (title or old[0], detail or kept, old[2] + price, action)
    return items

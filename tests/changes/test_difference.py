"""What differs between two versions, item by item."""

import datetime as dt

import pytest

from portal.changes import difference
from portal.changes.models import ChangeRequest, ChangeVersion
from portal.scope.models import Action
from tests import make
from tests.changes.test_approval import DEARER_PAGES, DROP_PLAN, LATER


@pytest.fixture
def versions(cast, contract):
    """`versions(first, second)` are the snapshots of a change with these facts, then those."""

    def snapshots(first, second):
        draft = make.change(cast.project, by=cast.sam, **first)
        before = draft.send(by=cast.sam, deciders=[cast.cleo]).shown
        ChangeRequest.find(cast.project, draft.number).make_version(by=cast.sam)
        draft = ChangeVersion.draft(cast.project, draft.number)
        words = {"impacts": [], **second}
        rows = [{**make.change_row(), **row} for row in words.pop("impacts")]
        return before, draft.write(rows, by=cast.sam, edits=0, **words).snapshot()

    return snapshots


def test_each_item_is_compared_with_itself(versions):
    dearer = {**DEARER_PAGES, "price_minor": 700_00}

    found = difference.between(
        *versions({"impacts": [DEARER_PAGES, DROP_PLAN]}, {"impacts": [dearer, make.ADDED]})
    )

    assert [(row.what, row.before_minor, row.after_minor, row.note) for row in found.rows] == [
        ("Visit pages", 500_00, 700_00, ""),
        ("Booking", None, 4_750_00, "Newly in it: added"),
        ("Floor plan", -1_200_00, None, "No longer in it"),
    ]
    assert (found.total.before_minor, found.total.after_minor) == (-700_00, 5_450_00)


def test_another_action_or_wording_is_said(versions):
    removed = {"action": Action.REMOVED, "item": 1, "price_minor": 0}
    reworded = {**make.ADDED, "detail": "By day"}

    found = difference.between(
        *versions({"impacts": [DEARER_PAGES, make.ADDED]}, {"impacts": [removed, reworded]})
    )

    assert [row.note for row in found.rows] == ["Now removed, before changed", "Worded anew"]


def test_dates_and_words_are_facts(versions):
    until = dt.date(2031, 1, 1)

    found = difference.between(
        *versions(
            {"impacts": [DROP_PLAN]},
            {"impacts": [DROP_PLAN], "launch_on": LATER, "valid_until_on": until, "why": "More."},
        )
    )

    assert [(fact.what, fact.before, fact.after) for fact in found.facts] == [
        ("Launch", "unchanged", "12 June 2031"),
        ("Valid until", "no end", "1 January 2031"),
        ("Why", "", "worded anew"),
    ]
    assert (found.rows, found.total) == ((), None)


def test_the_same_twice_is_no_difference(versions):
    assert not difference.between(*versions({"impacts": [DROP_PLAN]}, {"impacts": [DROP_PLAN]}))

"""A contract to change: one estimate that Cleo approved."""

import datetime as dt

import pytest

from portal.signoff.models import Decision
from tests import make
from tests.stories import told

LAUNCH = dt.date(2031, 5, 22)


def agree(cast):
    lines = [("Visit pages", 8_300_00), ("Floor plan", 1_200_00)]
    draft = make.estimate(cast.project, by=cast.sam, lines=lines, launch_on=LAUNCH)
    return make.answer(draft.send(by=cast.sam, deciders=[cast.cleo]), by=cast.cleo)


beginning = told("contract", agree)


@pytest.fixture
def contract(cast):
    """Scope items 1, visit pages for 8,300, and 2, a floor plan for 1,200; launch on 22 May 2031."""
    decision = Decision.get_or_none() or agree(cast)
    cast.project = type(cast.project).get_by_id(cast.project.id)
    return decision


@pytest.fixture
def send(cast, contract):
    """`send(impacts=[…])` sends a change request to Cleo and returns the sign-off."""

    def sent(**facts):
        draft = make.change(cast.project, by=cast.sam, **facts)
        return draft.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])

    return sent

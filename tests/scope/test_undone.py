"""What was disputed or cancelled is marked wherever it stands, and earlier days do not know of it."""

import pytest

from portal.access.permissions import Role
from portal.scope import baseline, difference, trace
from portal.scope.trace import Step
from portal.signoff.models import Objection
from tests import make

HERE = "/projects/harbour/scope"


@pytest.fixture
def contract(cast):
    """An estimate of one line, signed by Cleo; returns the decision."""
    sign_off = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    return make.answer(sign_off, by=cast.cleo)


@pytest.fixture
def cancelled(cast, contract):
    undo = make.cancellation(contract.sign_off, by=cast.sam)
    make.answer(undo.send(by=cast.sam, deciders=[cast.cleo]), by=cast.cleo)
    return baseline.history(cast.project)


def test_a_baseline_before_the_cancellation_does_not_know_of_it(cast, cancelled):
    before, now = cancelled.at(1), cancelled.now

    assert before.amendments[0].cancelled_by is None
    assert (before.contract_minor, before.item(1).is_removed) == (120_00, False)
    assert now.amendments[0].cancelled_by is not None
    assert (now.total_minor, now.item(1).is_removed) == (0, True)


def test_the_difference_says_that_it_was_taken_out(cast, cancelled):
    found = difference.between(cancelled.at(1), cancelled.now)

    assert [(did, len(moves)) for did, moves in found.groups] == [("removed", 1)]
    assert found.change_minor == -120_00


def test_the_pages_mark_a_cancelled_signature(cast, cancelled, as_):
    for address in (HERE, f"{HERE}/1"):
        assert "undone by cancellation 1" in as_(cast.cleo).get(address).text
    states = [link.state for link in signatures(cast)]
    assert states[0] == "cancelled"


def test_the_pages_mark_a_disputed_signature(cast, contract, as_):
    Objection.raise_against(contract, by=cast.cleo, reason="That was not me.")

    for address in (HERE, f"{HERE}/1"):
        page = as_(cast.vic).get(address).text
        assert "<b>disputed</b>" in page
        assert "Disputed" in page
    assert [link.state for link in signatures(cast)] == ["disputed"]


def signatures(cast):
    item = baseline.of(cast.project).item(1)
    return dict(trace.chain(cast.project, item, Role.APPROVER))[Step.SIGNED]

"""A funding request says what is short, and offers more than paying."""

import datetime as dt

import pytest

from portal.changes import difference
from portal.changes.models import ChangeRequest, ChangeVersion, Incomplete
from portal.core import clock
from portal.documents.paper import PARTS
from portal.scope.models import Action
from portal.signoff.models import SignOff
from tests import make

PAY = {"title": "Pay", "summary": "All stays.", "impacts": [make.ADDED]}
DROP = {"title": "Drop", "summary": "No plan.", "impacts": [{"action": Action.REMOVED, "item": 2}]}
FIGURES = {"used_minor": 8_000_00, "forecast_minor": 14_250_00}


@pytest.fixture
def fund(cast, contract):
    """`fund(forecast_minor=…)` is a draft that could be sent."""

    def drafted(ways=(PAY, DROP), **words):
        facts = {**FIGURES, "as_of_on": clock.now().date(), **words}
        return make.change(cast.project, by=cast.sam, cause="budget", alternatives=ways, **facts)

    return drafted


def test_it_is_called_what_it_is(cast, fund):
    sign_off = fund().send(by=cast.sam, deciders=[cast.cleo])

    assert sign_off.label == "funding request 1, version 1"
    assert sign_off.shown["cause"] == "budget"
    assert SignOff.get_by_id(sign_off.id).label == sign_off.label


def test_what_is_short_is_sealed(cast, fund):
    sign_off = fund().send(by=cast.sam, deciders=[cast.cleo])
    ChangeVersion.update(used_minor=0, forecast_minor=0).execute()

    sealed, money = sign_off.shown["funding"], sign_off.offer().sheet.funding
    assert sealed["shortfall"] == {"minor": 4_750_00, "currency": "EUR"}
    assert (money.used_minor, money.approved_minor) == (8_000_00, 9_500_00)
    assert (money.used_bp, money.approved_bp) == (5614, 6666)
    assert "4,750.00" in repr(PARTS["change"](sign_off.shown, None))


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"used_minor": None}, "what is used"),
        ({"forecast_minor": None}, "what you forecast"),
        ({"as_of_on": None}, "as of which day"),
        ({"as_of_on": dt.date(2099, 1, 1)}, "still to come"),
        ({"used_minor": -1}, "not below zero"),
        ({"used_minor": 20_000_00}, "More is used"),
        ({"forecast_minor": 9_500_00}, "covered by what is signed"),
        ({"ways": [PAY]}, "at least one way that costs no more"),
        ({"ways": [PAY, PAY | {"title": "Pay twice"}]}, "at least one way that costs no more"),
        ({"ways": [DROP]}, "what it would cost to go on"),
    ],
)
def test_what_a_funding_request_needs_is_said(cast, fund, facts, sentence):
    draft = fund(**facts)

    with pytest.raises(Incomplete):
        draft.send(by=cast.sam, deciders=[cast.cleo])

    assert any(sentence in missing for missing in draft.missing())


def test_a_later_date_is_a_way_that_costs_no_more(fund):
    later = {"title": "Later", "summary": "Calmly.", "launch_on": dt.date(2031, 8, 1)}

    assert fund(ways=[PAY, later | {"impacts": []}]).missing() == []


def test_a_scope_change_needs_no_alternative_and_has_no_figures(cast, contract):
    draft = make.change(cast.project, by=cast.sam, **FIGURES)

    assert (draft.missing(), draft.snapshot()["funding"]) == ([], None)
    assert draft.noun == "change request"


def test_the_next_version_keeps_the_figures_and_says_what_moved(cast, fund):
    before = fund().send(by=cast.sam, deciders=[cast.cleo]).shown
    ChangeRequest.find(cast.project, 1).make_version(by=cast.sam)
    draft = ChangeVersion.draft(cast.project, 1)
    ways = [one.columns() for one in draft.alternatives]

    after = draft.write_alternatives(ways, by=cast.sam, edits=0, forecast_minor=15_000_00)

    [fact] = difference.between(before, after.snapshot()).facts
    assert (fact.what, fact.before[:9], fact.after[:9]) == ("Shortfall", "4,750 EUR", "5,500 EUR")

"""The scope page: each item with its signature, on any baseline."""

import pytest
from playhouse.test_utils import count_queries

from portal.scope.models import Action, Edit, ScopeItem
from tests import make

HERE = "/projects/harbour/scope"


@pytest.fixture
def signed(cast):
    """An estimate, then a change that removed the plan."""
    items = make.added("Visit pages", 8_300_00), make.added("Floor plan", 1_200_00)
    first = make.amendment(cast.project, *items, by=cast.cleo, title="The site")
    plan = ScopeItem.get(project=cast.project, number=2)
    gone = Edit(Action.REMOVED, item=plan, title="", price_minor=-1_200_00)
    make.amendment(cast.project, gone, by=cast.cleo, kind="change", number=4, title="No plan")
    return first


@pytest.mark.parametrize("who", ["sam", "dora", "cleo", "vic"])
def test_everyone_on_the_project_reads_it(cast, signed, as_, who):
    page = as_(getattr(cast, who)).get(HERE).text

    for text in ("Visit pages", "<del>Floor plan</del>", "−1,200", "change request 4", "8,300"):
        assert text in page
    assert f"/receipts/{signed.decision.receipts.get().public_id}" in page


def test_before_the_first_signature_it_says_so(cast, as_):
    assert "Nothing is signed yet" in as_(cast.cleo).get(HERE).text


def test_an_older_baseline_shows_what_stood_then(cast, signed, as_):
    page = as_(cast.cleo).get(f"{HERE}?baseline=1").text

    assert "This is how it stood after signature 1." in page
    assert "<del>" not in page
    assert "9,500" in page


@pytest.mark.parametrize("number", ["0", "3", "-1", "99999999999999999999"])
def test_a_baseline_that_never_was_is_not_there(cast, signed, as_, number):
    assert as_(cast.cleo).get(f"{HERE}?baseline={number}").status_code == 404


def test_a_stranger_learns_nothing(cast, signed, as_):
    browser = as_(cast.otto)

    answer = browser.get(HERE)

    assert (answer.status_code, answer.data) == (404, browser.get("/projects/nowhere/scope").data)


def test_it_costs_the_same_with_many_items(cast, signed, as_):
    browser = as_(cast.cleo)
    browser.get(HERE)
    few = statements(browser)
    for n in range(10):
        make.amendment(cast.project, make.added(f"Item {n}", 100), by=cast.cleo)

    assert statements(browser) == few <= 8


def statements(browser):
    with count_queries() as counter:
        assert browser.get(f"{HERE}?baseline=1").status_code == 200
    return counter.count

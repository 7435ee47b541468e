"""The scope page: each item with its signature, on any baseline."""

import datetime as dt

import pytest
from playhouse.test_utils import count_queries

from portal.scope.models import Action, Edit, ScopeItem
from tests import make

HERE = "/projects/harbour/scope"
LAUNCH = dt.date(2026, 5, 22)


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


def statements(browser, address=f"{HERE}?baseline=1"):
    with count_queries() as counter:
        assert browser.get(address).status_code == 200
    return counter.count


# Any day -----------------------------------------------------------------------------------------


@pytest.fixture
def dated(cast, at):
    """A contract on 20 January, one more item on 10 February; today is 12 March."""
    at("2026-01-20 09:00")
    make.amendment(cast.project, make.added("Pages", 100_00), by=cast.cleo, launch_on=LAUNCH)
    at("2026-02-10 09:00")
    later = LAUNCH + dt.timedelta(days=14)
    make.amendment(
        cast.project, make.added("Map", 50_00), by=cast.cleo, kind="change", launch_on=later
    )
    at("2026-03-12 10:45")


def test_the_scope_on_a_day_shows_what_stood_at_its_end(cast, dated, as_):
    page = as_(cast.cleo).get(f"{HERE}?on=2026-02-09").text

    assert "This is how it stood at the end of 9 February." in page
    assert "/scope/difference?to=2&amp;from=1" in page
    assert '<a href="/projects/harbour/scope/2">' not in page


def test_before_the_first_signature_a_day_is_empty_and_says_when_it_began(cast, dated, as_):
    page = as_(cast.vic).get(f"{HERE}?on=2026-01-01").text

    assert "The first signature came on 20 January." in page


@pytest.mark.parametrize("address", ["?on=yesterday", "/difference?from=2026-13-01&to=2026-03-01"])
def test_a_day_that_is_none_comes_back_with_a_sentence(cast, dated, as_, address):
    answer = as_(cast.cleo).get(HERE + address)

    assert answer.status_code == 422
    assert "Write a day as it stands in a calendar" in answer.text


def test_two_days_are_compared_whichever_comes_first(cast, dated, as_):
    browser = as_(cast.cleo)

    for address in ("from=2026-01-31&to=2026-03-01", "from=2026-03-01&to=2026-01-31"):
        page = browser.get(f"{HERE}/difference?{address}").text
        assert "From the end of 31 January 2026 to the end of 1 March 2026." in page
        assert "+50" in page
        assert "5 June" in page


def test_where_nothing_differs_it_says_so(cast, dated, as_):
    page = as_(cast.cleo).get(f"{HERE}/difference?from=2026-03-01&to=2026-03-05").text

    assert "Nothing differs" in page
    assert "No signature came between the two." in page


def test_without_days_it_compares_the_contract_with_today(cast, dated, as_):
    page = as_(cast.cleo).get(f"{HERE}/difference").text

    assert "From the end of 20 January 2026 to the end of 12 March 2026." in page


def test_before_anything_is_signed_there_is_nothing_to_compare(cast, as_):
    assert "Nothing differs" in as_(cast.cleo).get(f"{HERE}/difference").text


def test_the_picture_has_its_table(cast, dated, as_):
    page = as_(cast.cleo).get(HERE).text

    assert "The approved total over time" in page
    assert "The agreed launch over time" in page
    assert '<th scope="row">10 February: change request 2</th>' in page


@pytest.mark.parametrize("address", ["/difference?from=0&to=2", "?on=2026-02-10", "/1"])
def test_each_page_costs_the_same_with_a_long_history(cast, dated, as_, address):
    browser, address = as_(cast.cleo), HERE + address
    browser.get(address)
    few = statements(browser, address)
    for n in range(5):
        make.amendment(cast.project, make.added(f"Item {n}", 100), by=cast.cleo)

    assert statements(browser, address) == few <= 8


# One item ----------------------------------------------------------------------------------------


def test_an_item_shows_each_signature_and_what_it_did(cast, signed, as_):
    page = as_(cast.cleo).get(f"{HERE}/2").text

    for text in ("Scope item 2", "Added: Floor plan", "Removed: Floor plan", "−1,200", "Receipt"):
        assert text in page


@pytest.mark.parametrize("number", ["0", "3", "999999999"])
def test_an_item_that_never_was_is_not_there(cast, signed, as_, number):
    assert as_(cast.cleo).get(f"{HERE}/{number}").status_code == 404


def test_an_item_of_another_project_is_not_there(cast, signed, as_):
    assert as_(cast.otto).get(f"{HERE}/1").status_code == 404
    assert as_(cast.otto).get("/projects/otter/scope/1").status_code == 404

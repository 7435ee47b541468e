"""The first page when there is nothing yet, and when there is more than anybody reads."""

import datetime as dt

import pytest

from portal.access.permissions import Role
from portal.core import clock
from portal.home import drift, portfolio
from portal.ledger.models import Head
from portal.projects.models import Project
from portal.studio.models import Studio
from tests import make


def estimate_sent(cast, number, **columns):
    project = make.project(f"p{number}", by=cast.sam, client=cast.client)
    make.member(cast.cleo, project, Role.APPROVER)
    Project.update(**columns).where(Project.id == project.id).execute()
    draft = make.estimate(project, by=cast.sam, title=f"Estimate of {number}")
    return draft.send(by=cast.sam, deciders=[cast.cleo])


@pytest.fixture
def twenty(cast):
    past = clock.now().date() - dt.timedelta(days=9)
    return [estimate_sent(cast, number, launch_on=past) for number in range(20)]


def test_a_studio_that_just_began_is_told_where_to_begin(as_, installation):
    page = as_(make.producer("Nora Berg")).get("/").text

    assert "Welcome, Nora" in page
    assert "New project" in page
    assert "Inbox</h2>" not in page


def test_the_first_admin_is_asked_whose_portal_it_is(as_, installation):
    ada = make.user("Ada Hall", house_role="admin")
    assert "Describe the studio" in as_(ada).get("/").text

    Studio.establish(name="Fathom & Field")
    assert "Describe the studio" not in as_(ada).get("/").text


def test_an_admin_reads_how_many_things_want_a_look(as_, cast):
    """Neither a backup nor a check of the ledger was ever made."""
    assert "Two things want a look" in as_(cast.ada).get("/").text


def test_a_full_desk_shows_what_comes_first_and_leads_to_the_rest(as_, cast, twenty):
    page = as_(cast.sam).get("/").text

    assert page.count("Estimate of ") == 15
    assert "Show all 20" in page
    assert "20 of 22 projects" in page
    assert "All 22 projects" in page
    assert as_(cast.sam).get("/?all=1").text.count("Estimate of ") == 20


def test_a_client_with_much_to_answer_finds_the_rest_behind_one_link(as_, cast, twenty):
    page = as_(cast.cleo).get("/").text

    assert page.count("Read and answer") == 15
    assert "20 things wait for your answer" in page
    assert as_(cast.cleo).get("/?all=1").text.count("Read and answer") == 20


def test_many_people_and_chains_are_counted_not_listed(as_, cast):
    for number in range(20):
        make.user(f"Person {number}", client=cast.client)
        make.project(f"p{number}", by=cast.sam, client=cast.client)

    page = as_(cast.ada).get("/").text

    assert page.count('href="/people/') == 12
    assert f"in {Head.select().count()} chains; where the last 12 to grow end" in page


@pytest.mark.parametrize(("added", "drifts"), [(19_00, False), (20_00, True)])
def test_it_drifts_when_changes_add_a_fifth_to_what_was_agreed(cast, added, drifts):
    make.amendment(cast.project, make.added("Site", 100_00), by=cast.cleo)
    make.amendment(cast.project, make.added("More", added), by=cast.cleo, kind="change")

    open_, _ = portfolio.of(cast.sam)
    why = [sentence for one in drift.of(open_) for sentence in one.why]
    assert why == (["Changes have added 20% to the contract, +20 EUR."] if drifts else [])

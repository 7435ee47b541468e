"""Opening projects: who may, for whom, under which name."""

import datetime as dt

import pytest

from portal.access.models import Membership
from portal.access.permissions import Role
from portal.core import clock
from portal.core.errors import DomainError
from portal.core.paging import PAGE_ROWS
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.projects import queries
from portal.projects.models import Client, Project
from tests import make

NEW = {"name": "Ships & tides", "client": "0", "new_client": "Tide Trust", "currency": "CHF"}


def test_whoever_opens_a_project_runs_it(cast):
    project = Project.start(by=cast.sam, client=cast.client, name="Ships", currency="EUR")

    assert Membership.of(cast.sam, project.slug).role == Role.PRODUCER
    event = Event.select().where(Event.project_id == project.id).get()
    assert (event.verb, event.chain) == (Verb.PROJECT_CREATED, "ships")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ships & tides: the “new” site", "ships-tides-the-new-site"),
        ("Łódź", "odz"),
        ("東京", "project"),
        ("New", "new-2"),
        ("harbour", "harbour-2"),
        ("x" * 120, "x" * 50),
    ],
)
def test_the_address_is_made_of_the_name_and_is_free(cast, name, slug):
    assert Project.start(by=cast.sam, client=cast.client, name=name, currency="EUR").slug == slug


@pytest.mark.parametrize(("name", "currency"), [("", "EUR"), ("  ", "EUR"), ("Ships", "ZZZ")])
def test_a_project_has_a_name_and_a_currency(cast, name, currency):
    with pytest.raises(DomainError):
        Project.start(by=cast.sam, client=cast.client, name=name, currency=currency)


def test_a_new_client_and_its_project_are_made_together_or_not_at_all(cast):
    with pytest.raises(DomainError):
        Project.start_with_client("Tide Trust", by=cast.sam, name="", currency="EUR")

    assert not Client.select().where(Client.name == "Tide Trust").exists()


def test_a_producer_opens_a_project_for_a_new_client(as_, cast):
    answer = as_(cast.sam).post("/projects", data=NEW | {"launch_on": "2027-05-22"})

    assert (answer.status_code, answer.location) == (303, "/projects/ships-tides")
    project = Project.get(slug="ships-tides")
    assert (project.client.name, project.currency) == ("Tide Trust", "CHF")
    assert project.launch_on == dt.date(2027, 5, 22)


def test_a_producer_opens_a_project_for_a_client_there_is(as_, cast):
    as_(cast.sam).post("/projects", data=NEW | {"client": cast.rival.id, "new_client": ""})

    assert Project.get(slug="ships-tides").client == cast.rival


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", " "), ("new_client", " "), ("client", "999"), ("currency", "ZZZ")],
)
def test_a_form_that_lacks_something_comes_back_with_what_was_typed(as_, cast, field, value):
    answer = as_(cast.sam).post("/projects", data=NEW | {field: value})

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert NEW["name"] in answer.text.replace("&amp;", "&") or field == "name"
    assert Project.select().count() == 2


def test_the_list_holds_one_s_own_projects_and_closed_ones_apart(as_, cast):
    old = make.project("annual", by=cast.sam, client=cast.client, name="Annual report")
    Project.update(closed_at=old.created_at).where(Project.id == old.id).execute()

    page = as_(cast.sam).get("/projects").text
    assert page.index("Harbour") < page.index("Closed") < page.index("Annual report")
    theirs = as_(cast.cleo).get("/projects").text
    assert ("Harbour" in theirs, "Otter" in theirs, "New project" in theirs) == (True, False, False)


def test_a_new_person_s_list_says_what_comes(as_, cast):
    assert (
        "A producer adds you"
        in as_(make.user("Nell Faber", client=cast.client)).get("/projects").text
    )
    assert "Open the first one" in as_(make.producer("Tess Rowan")).get("/projects").text


@pytest.fixture
def many(cast):
    """Ninety more projects of Sam's for another client; every third has a date, every ninth is closed."""
    client, day = make.client("Lantern House"), dt.date(2026, 5, 1)
    rows = [
        {
            "client": client,
            "slug": f"p{n}",
            "name": f"Room {n}",
            "currency": "EUR",
            "next_on": None if n % 3 else day + dt.timedelta(days=n % 5),
            "closed_at": None if n % 9 else clock.now(),
        }
        for n in range(90)
    ]
    Project.insert_many(rows).execute()
    for project in Project.select().where(Project.client == client):
        Membership.create(user=cast.sam, project=project, role=Role.PRODUCER)


def test_a_long_list_has_pages_and_each_project_stands_on_one(cast, many):
    found, after = [], 0
    while after is not None:
        page = queries.projects_of(cast.sam, after=after)
        found += page.rows
        after = page.next_key

    assert len(found) == len({one.id for one in found}) == 92
    assert [bool(one.closed_at) for one in found] == [False] * 82 + [True] * 10
    dates = [one.next_on for one in found if not one.closed_at]
    assert dates == sorted(dates, key=lambda day: day or dt.date.max)


def test_a_long_list_is_found_through_by_name_or_client(as_, cast, many):
    sam = as_(cast.sam)

    assert "Next" in sam.get("/projects").text
    assert "Room 1" not in (found := sam.get("/projects?q=HARB").text)
    assert 'value="HARB"' in found
    assert len(queries.projects_of(cast.sam, words="lantern")) == PAGE_ROWS
    assert "No project of yours is called that" in sam.get("/projects?q=zq").text


def test_a_short_list_asks_for_nothing(as_, cast):
    page = as_(cast.sam).get("/projects").text

    assert 'id="q"' not in page
    assert "Pages" not in page


def test_nobody_pages_into_what_is_not_theirs(as_, cast, many):
    other = Project.get(slug="p1")

    assert not queries.projects_of(cast.cleo, after=other.id)
    assert as_(cast.cleo).get(f"/projects?after={other.id}").status_code == 200
    for odd in ("x", "-1", "9" * 40, "²"):
        assert "Harbour" in as_(cast.cleo).get(f"/projects?after={odd}").text


def test_a_list_costs_the_same_with_one_project_and_with_ninety(as_, cast, count_queries, request):
    browser = as_(cast.sam)
    browser.get("/projects")
    with count_queries() as few:
        browser.get("/projects")
    request.getfixturevalue("many")

    with count_queries() as more:
        page = browser.get("/projects")
    assert len(more) == len(few) <= 4
    assert len(page.data) < 50_000

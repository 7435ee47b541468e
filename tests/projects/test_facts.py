"""What is said of a project, and closing it."""

import datetime as dt

import pytest

from portal.core.errors import Conflict, DomainError
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.projects.models import Health, Project

FACTS = {
    "name": "Harbour, the site",
    "phase": "Build",
    "health": "risk",
    "health_note": "Waiting for texts.",
    "next_on": "2027-03-24",
    "next_what": "recording day",
    "starts_on": "",
    "launch_on": "2027-05-22",
}
PAGE = "/projects/harbour/facts"


def events(verb):
    return list(Event.select().where(Event.verb == verb))


def test_a_producer_says_how_it_goes_and_the_client_reads_it(as_, cast):
    answer = as_(cast.sam).post(PAGE, data=FACTS)

    assert (answer.status_code, answer.location) == (303, "/projects/harbour")
    kept = Project.get_by_id(cast.project.id)
    assert (kept.name, kept.health, kept.next_on) == (
        "Harbour, the site",
        Health.AT_RISK,
        dt.date(2027, 3, 24),
    )
    page = as_(cast.cleo).get("/").text
    for words in ("Harbour, the site", "At risk", "Waiting for texts.", "recording day"):
        assert words in page


def test_the_record_says_what_changed_and_none_of_the_words(cast):
    cast.project.describe(by=cast.sam, health=Health.LATE, health_note="A secret of ours.")

    (event,) = events(Verb.PROJECT_DESCRIBED)
    assert event.body == {"changed": ["health", "health_note"], "health": "late"}


def test_saving_what_is_there_already_is_no_fact(cast):
    cast.project.describe(by=cast.sam, name=cast.project.name, health=Health.ON_TRACK)

    assert events(Verb.PROJECT_DESCRIBED) == []


def test_a_launch_is_set_once_and_then_moves_by_signature_only(as_, cast):
    browser = as_(cast.sam)
    browser.post(PAGE, data=FACTS)

    browser.post(PAGE, data=FACTS | {"launch_on": "2028-01-01"})

    assert Project.get_by_id(cast.project.id).launch_on == dt.date(2027, 5, 22)
    assert "launch_on" not in browser.get(PAGE).text
    with pytest.raises(DomainError, match="change request"):
        cast.project.describe(by=cast.sam, launch_on=dt.date(2028, 1, 1))


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", " "), ("health", "fine"), ("next_on", "soon"), ("phase", "x" * 81)],
)
def test_what_cannot_be_is_said_beside_its_field(as_, cast, field, value):
    answer = as_(cast.sam).post(PAGE, data=FACTS | {field: value})

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert events(Verb.PROJECT_DESCRIBED) == []


def test_a_project_has_a_name_by_any_way(cast):
    with pytest.raises(DomainError, match="name"):
        cast.project.describe(by=cast.sam, name=" ")


def test_a_closed_project_leaves_the_first_page_and_can_be_read_and_reopened(as_, cast):
    browser, theirs = as_(cast.sam), as_(cast.cleo)
    browser.post("/projects/harbour/closure")

    assert "Closed: " in theirs.get("/").text
    assert theirs.get("/projects/harbour").status_code == 200
    browser.post("/projects/harbour/reopening")
    assert "Closed: " not in theirs.get("/").text
    assert [len(events(verb)) for verb in (Verb.PROJECT_CLOSED, Verb.PROJECT_REOPENED)] == [1, 1]


def test_the_second_of_two_who_close_it_is_told(cast):
    cast.project.close(by=cast.sam)

    with pytest.raises(Conflict):
        cast.project.close(by=cast.sam)


@pytest.mark.parametrize("who", ["dora", "cleo", "vic"])
def test_only_whoever_runs_it_says_how_it_goes(as_, cast, who):
    assert as_(getattr(cast, who)).get(PAGE).status_code == 403

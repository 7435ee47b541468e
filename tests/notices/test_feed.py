"""The ledger in words: as much of it as the reader may know."""

import re

import pytest

from portal.access.models import User
from portal.access.permissions import Role
from portal.core.paging import PAGE_ROWS
from portal.ledger.models import SYSTEM, Event, Identity, record
from portal.ledger.verbs import Verb
from portal.notices import feed
from portal.notices.registry import SENTENCES
from tests import make

ACTIVITY = "/projects/harbour/activity"


@pytest.fixture(autouse=True)
def early(at):
    """Time never goes back in a chain, so the cast is made before what a test does."""
    return at("2026-03-10 08:00")


@pytest.fixture
def said(app):
    """`said(project, reader)` are the newest entries as they are drawn, newest first."""

    def lines(project, reader):
        part = app.jinja_env.get_template("notices/_entry.html")
        pages = [part.render(entry=entry) for entry in feed.latest(project, reader, 50)]
        texts = [
            re.sub(r"<[^>]+>", " ", re.search(r"<p><b>.*</p>", page, re.DOTALL)[0])
            for page in pages
        ]
        return [" ".join(text.split()).removesuffix(".").removesuffix(" ") for text in texts]

    return lines


@pytest.mark.parametrize("verb", Verb)
def test_every_fact_has_a_sentence(app, verb):
    assert verb in SENTENCES


def test_a_fact_without_a_sentence_breaks_no_page(cast, monkeypatch, said):
    monkeypatch.delitem(SENTENCES, Verb.PROJECT_CREATED)

    assert said(cast.project, cast.cleo)[-1] == "Sam Moreau recorded “project created”"


def test_facts_about_people_name_who_and_whom(cast, said):
    nell = make.user("Nell Faber", client=cast.client)
    member = cast.project.add_member(nell, Role.APPROVER, by=cast.sam)
    cast.project.remove_member(member, by=cast.sam)

    assert said(cast.project, cast.dora)[:3] == [
        "Sam Moreau took Nell Faber off the project",
        "Sam Moreau invited Nell Faber by mail",
        "Sam Moreau added Nell Faber as approver",
    ]


def test_the_reader_is_you(cast, said):
    cast.project.add_member(cast.ada, Role.TEAM, by=cast.sam)

    assert said(cast.project, cast.sam)[1] == "You added Ada Brandt as team"
    assert said(cast.project, cast.ada)[1] == "Sam Moreau added you as team"


def test_what_a_clock_did_is_said_of_the_portal(cast, said):
    make.member(cast.ada, cast.project, Role.TEAM, by=SYSTEM)

    assert said(cast.project, cast.cleo)[0].startswith("The portal added")


def test_an_erased_person_is_someone(cast, said):
    Identity.delete().where(Identity.commitment == cast.vic.identity).execute()
    Identity.delete().where(Identity.commitment == cast.sam.identity).execute()

    lines = said(cast.project, cast.cleo)

    assert lines[-1] == "Someone opened the project"
    assert "The portal added Someone as reviewer" in lines


def test_a_client_sees_nothing_internal(as_, cast, said):
    make.estimate(cast.project, by=cast.sam, title="Secret plans")
    cast.project.invite_again(cast.vic, by=cast.sam)

    ours, theirs = as_(cast.sam).get(ACTIVITY).text, as_(cast.cleo).get(ACTIVITY).text

    assert ours.count("Internal") == 2
    for words in ("Internal", "internal", "invited", "estimate"):
        assert words not in theirs
    assert len(said(cast.project, cast.sam)) == len(said(cast.project, cast.cleo)) + 2


def test_a_client_s_pages_do_not_count_what_is_internal(cast):
    """The key of a page is the client's own count: it would tell how much was hidden."""
    keys = [entry.key for entry in feed.latest(cast.project, cast.cleo, 50)]
    make.estimate(cast.project, by=cast.sam)
    make.member(cast.ada, cast.project, Role.TEAM)

    assert [e.key for e in feed.latest(cast.project, cast.cleo, 50)] == [keys[0] + 1, *keys]


def test_nothing_of_another_project_is_told(cast, said):
    make.member(cast.ada, cast.elsewhere, Role.TEAM)

    assert not [line for line in said(cast.project, cast.sam) if "Ada" in line]


def test_a_long_history_is_read_page_by_page_without_gap_or_double(as_, cast):
    for _ in range(PAGE_ROWS + 5):
        with cast.project.change():
            record(Verb.PROJECT_CREATED, cast.project, by=cast.sam)
    whole = Event.select().where(Event.chain == "harbour").count()
    browser = as_(cast.cleo)

    first = browser.get(ACTIVITY).text
    older = re.search(r'href="(/projects/harbour/activity\?before=\d+)"', first)[1]
    second = browser.get(older).text

    assert first.count("<li>") == PAGE_ROWS
    assert first.count("<li>") + second.count("<li>") == whole
    assert 'rel="next"' not in second
    assert 'rel="prev"' in second


@pytest.mark.parametrize("before", ["x", "-1", "1.5", "٣", "9" * 30])
def test_a_mistyped_key_leads_nowhere(as_, cast, before):
    assert as_(cast.cleo).get(ACTIVITY, query_string={"before": before}).status_code == 404


def test_entries_stand_under_the_reader_s_days(as_, cast, at):
    at("2026-03-11 23:30")
    make.member(cast.ada, cast.project, Role.TEAM)
    at("2026-03-12 10:45")
    make.member(make.producer("Tess Rowan"), cast.project, Role.TEAM)

    page = as_(cast.cleo).get(ACTIVITY).text
    assert page.count(">Today ") == 1
    assert "00:30" in page  # Amsterdam had midnight before.
    User.update(zone="America/New_York").where(User.id == cast.cleo.id).execute()
    page = as_(cast.cleo).get(ACTIVITY).text
    assert page.count(">Yesterday ") == 1
    assert "19:30" in page


def test_the_page_costs_the_same_with_ten_entries_and_with_forty(as_, cast, count_queries):
    browser = as_(cast.cleo)
    browser.get(ACTIVITY)
    with count_queries() as few:
        browser.get(ACTIVITY)
    for number in range(30):
        make.member(make.user(f"P {number}", client=cast.client), cast.project, Role.REVIEWER)

    with count_queries() as many:
        browser.get(ACTIVITY)
    assert len(many) == len(few) <= 6

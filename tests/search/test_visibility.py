"""Whoever finds something may open it, and whoever may open it finds it."""

import re
from html import unescape

import pytest

from portal.access.models import Membership
from portal.access.permissions import Role
from portal.search import queries
from portal.search.filters import KINDS
from portal.search.models import Entry
from portal.search.typed import parse
from tests import make

TITLE = re.compile(r'class="hit-title" href="([^"]+)"')


def found(reader):
    """Return the places of everything that a reader finds, kind by kind."""
    places = set()
    for kind in KINDS:
        rows, _ = queries.search(reader, parse(f"kind:{kind}"), rows=200)
        places |= {row.place for row in rows}
    return places


def opens(browser, url):
    """Return the status of a page; a place on a page leads to the page first."""
    return browser.get(url, follow_redirects=True).status_code


@pytest.mark.parametrize("who", ["sam", "dora", "cleo", "vic"])
def test_everything_that_is_found_opens(as_, story, who):
    browser = as_(getattr(story, who))
    links = set()
    for kind in KINDS:
        links |= set(TITLE.findall(browser.get(f"/search?q=kind:{kind}").text))

    closed = {url for url in links if opens(browser, unescape(url)) != 200}
    assert len(links) > 5
    assert not closed


def test_an_admin_opens_what_they_find_on_a_project_of_theirs(as_, story):
    make.member(story.ada, story.project, Role.TEAM)
    browser = as_(story.ada)
    links = TITLE.findall(browser.get("/search?q=tide").text)

    assert links
    assert {opens(browser, unescape(url)) for url in links} == {200}


@pytest.mark.parametrize("who", ["sam", "dora", "cleo", "vic", "otto", "ada"])
def test_what_is_found_is_what_the_membership_allows(story, who):
    reader = getattr(story, who)
    own = Membership.select(Membership.project).where(Membership.user == reader)
    allowed = Entry.select().where(Entry.project.in_(own))
    if not reader.is_studio:
        allowed = allowed.where(~Entry.is_internal)
    if who == "dora":  # Taking back what was signed is the producer's until it is sent.
        allowed = allowed.where(~Entry.is_internal | (Entry.kind != "cancellation"))

    assert found(reader) == {entry.place for entry in allowed}


@pytest.mark.parametrize("who", ["otto", "ada"])
def test_nobody_opens_what_they_do_not_find(as_, story, who):
    browser = as_(story.sam)
    page = browser.get("/search?q=kind:estimate").text
    links = [unescape(url) for url in TITLE.findall(page)]

    assert links
    assert {opens(as_(getattr(story, who)), url) for url in links} == {404}


@pytest.mark.parametrize(
    ("typed", "finders"),
    [
        ("doorway", {"sam", "dora", "cleo", "vic"}),
        ("low-water", {"sam", "dora", "cleo", "vic"}),
        ("rota", {"sam", "dora"}),
        ("has:file", {"sam", "dora", "cleo", "vic"}),
    ],
)
def test_a_file_is_found_by_its_name_by_whoever_may_open_it(story, typed, finders):
    readers = ("sam", "dora", "cleo", "vic", "otto", "ada")
    found = {who for who in readers if len(queries.search(getattr(story, who), parse(typed))[0])}
    assert found == finders


def test_a_client_counts_no_file_of_a_note(story):
    def kinds(reader):
        return {row.kind for row in queries.search(reader, parse("has:file"))[0]}

    assert kinds(story.sam) == {"feedback", "message", "note"}
    assert kinds(story.cleo) == {"feedback", "message"}

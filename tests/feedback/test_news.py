"""New things are announced, and move nothing that somebody reads."""

import re

import pytest

from portal.access.models import Session
from portal.core.clock import stamp
from portal.core.paging import PAGE_ROWS
from portal.feedback.words import Kind
from tests import make

DRAWN = "2026-03-12 10:45"


@pytest.fixture
def ask(cast, as_, at):
    """`ask(show)` as the page asks that Sam has had open since `DRAWN`."""
    drawn = at(DRAWN)
    browser = as_(cast.sam)

    def asked(show="ours", known="0", since=None):
        at("2026-03-12 10:50")
        query = {"show": show, "since": since or stamp(drawn)}
        return browser.get("/inbox/news", query_string=query, headers={"HX-PTag": known})

    return asked


def test_nothing_new_is_an_empty_answer(ask, cast):
    make.feedback(cast.project, by=cast.vic)  # In the instant in which the list was drawn.

    assert (ask().status_code, ask().data) == (304, b"")


def test_what_came_since_is_counted_and_leads_to_the_list(ask, cast, at):
    at("2026-03-12 10:46")
    make.feedback(cast.project, by=cast.vic)
    make.feedback(cast.elsewhere, by=cast.otto)

    answer = ask()

    assert ">2 new items</a>" in answer.text
    assert 'href="/inbox?came=2026-03-12T10:45:00%2B00:00"' in answer.text
    assert ask(known="2").status_code == 304
    assert ">2 new items</a>" in ask("new").text


def test_they_stand_in_the_list_behind_a_line_that_says_so(cast, as_, ask, at):
    at("2026-03-12 10:00")
    make.feedback(cast.project, by=cast.vic, text="Old")
    at("2026-03-12 10:46")
    make.feedback(cast.project, by=cast.vic, text="Young")
    way = re.search(r'href="([^"]+)"', ask().text)[1]

    page = as_(cast.sam).get(way).text

    assert page.index(">Old<") < page.index("New since 11:45") < page.index(">Young<")
    assert page.count('id="came"') == 1


def test_where_they_stand_beyond_the_first_page_they_have_one_of_their_own(cast, as_, ask, at):
    at("2026-03-12 10:00")
    for n in range(PAGE_ROWS):
        make.feedback(cast.project, by=cast.vic, text=f"Old {n}")
    at("2026-03-12 10:46")
    make.feedback(cast.project, by=cast.vic, text="Young")
    way = re.search(r'href="([^"]+)"', ask().text)[1]

    page = as_(cast.sam).get(way).text

    assert re.findall(r'class="t">([^<]+)<', page) == ["Young"]


def test_it_speaks_of_the_list_that_is_open(ask, cast, at):
    at("2026-03-12 10:46")
    item = make.feedback(cast.project, by=cast.vic)
    assert ask("mine").status_code == ask("done").status_code == ask("snoozed").status_code == 304

    item.assign(cast.sam, by=cast.dora)

    assert ">1 new item</a>" in ask("mine").text


def test_what_is_no_instant_is_not_there(ask):
    assert ask(since="yesterday").status_code == 404
    assert ask(since="2026-03-12").status_code == 404


def test_the_page_knows_since_when_it_is_open(cast, as_, at):
    at(DRAWN)
    make.feedback(cast.project, by=cast.vic, kind=Kind.PRAISE)

    page = as_(cast.sam).get("/inbox").text

    found = re.search(r'hx-get="(/inbox/news\?[^"]+)"', page)[1]
    assert "since=2026-03-12T10:45:00%2B00:00" in found
    assert Session.select().count()


def test_a_client_cannot_ask(cast, as_):
    assert as_(cast.vic).get("/inbox/news?since=2026-03-12T10:45:00Z").status_code == 403

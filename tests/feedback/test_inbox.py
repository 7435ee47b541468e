"""The inbox: what stands in it, in which order, and what it costs however much there is."""

import re

import pytest
from playhouse.test_utils import count_queries

from portal.access.models import Membership
from portal.access.permissions import HouseRole, Role
from portal.core.paging import PAGE_ROWS
from portal.feedback.inbox import triage
from portal.feedback.models import Feedback
from portal.feedback.words import Kind, Turn, VerdictKind
from portal.threads.models import reply
from tests import make

PAGE_QUERIES = 6  # With what is unread on each of a project.
OPEN_QUERIES = 10  # Session, place, item, words, people, handling, notes, replies, scope in two.
PANE = {"HX-Request": "true", "HX-Request-Type": "partial"}
PANE_QUERIES = 13  # The pane is the list, one feedback, its thread, notes, scope, saved replies.


def every_kind(cast):
    """Make one of each: ours, new, contested, theirs, done."""
    judged = make.feedback(cast.project, by=cast.vic, text="Judged")
    make.verdict(judged, by=cast.sam)
    make.feedback(cast.project, by=cast.vic, text="New")
    contested = make.feedback(cast.project, by=cast.vic, text="Contested")
    make.verdict(contested, by=cast.sam, kind=VerdictKind.OUT_OF_SCOPE)
    contested.contest(by=cast.vic, reason="It was in the contract.")
    asked = make.feedback(cast.project, by=cast.vic, text="Asked")
    reply(asked, by=cast.sam, text="Where?", is_question=True)
    done = make.feedback(cast.elsewhere, by=cast.otto, kind=Kind.PRAISE, text="Done")
    done.resolve(by=cast.sam)
    done.verify(by=cast.otto)


def many(project, by, count):
    for n in range(count):
        make.feedback(project, by=by, text=f"Thing {n}")


@pytest.mark.parametrize(
    ("show", "titles"),
    [
        ("ours", {"Judged", "New", "Contested"}),
        ("new", {"New"}),
        ("contested", {"Contested"}),
        ("theirs", {"Asked"}),
        ("done", {"Done"}),
    ],
)
def test_each_way_to_look_holds_what_its_name_says_and_counts_it(cast, show, titles):
    every_kind(cast)

    rows = triage.inbox(cast.sam, show)

    assert {row.text for row in rows} == titles
    assert triage.counts(cast.sam).get(show, len(titles)) == len(titles)


def test_the_figure_in_the_head_is_what_waits_for_us(cast, as_):
    every_kind(cast)

    page = as_(cast.sam).get("/projects").text

    assert re.search(r'href="/inbox"[^>]*>Inbox\s*<span class="count">3<', page)
    assert triage.ours(cast.sam) == triage.counts(cast.sam)["ours"] == 3


def test_a_client_has_no_inbox_and_no_figure(cast, as_):
    every_kind(cast)

    assert as_(cast.vic).get("/inbox").status_code == 403
    assert "/inbox" not in as_(cast.vic).get("/projects/harbour/feedback").text


def test_a_colleague_sees_only_the_projects_they_are_on(cast):
    every_kind(cast)

    assert {row.slug for row in triage.inbox(cast.dora, "done")} == set()
    assert triage.counts(cast.dora)["ours"] == 3


def test_whoever_leaves_a_project_leaves_its_feedback_behind(cast):
    every_kind(cast)

    cast.project.remove_member(Membership.get(user=cast.dora, project=cast.project), by=cast.sam)

    assert triage.ours(cast.dora) == 0


def test_who_waits_longest_stands_first_and_what_is_done_newest_first(cast, at):
    for hour, text in ((10, "First"), (11, "Second"), (12, "Third")):
        at(f"2026-03-12 {hour}:00")
        item = make.feedback(cast.project, by=cast.vic, text=text, kind=Kind.PRAISE)
        if text != "Third":
            item.resolve(by=cast.sam)
            item.verify(by=cast.vic)
    make.feedback(cast.project, by=cast.cleo, text="Fourth")

    assert [row.text for row in triage.inbox(cast.sam, "done")] == ["Second", "First"]
    assert [row.text for row in triage.inbox(cast.sam, "ours")] == ["Third", "Fourth"]


def test_pages_follow_each_other_without_a_gap_or_a_repeat(cast, as_):
    many(cast.project, cast.vic, PAGE_ROWS + 3)
    browser = as_(cast.sam)
    first = browser.get("/inbox").text
    older = re.search(r'href="([^"]+)" rel="next"', first)[1].replace("&amp;", "&")

    second = browser.get(older).text

    shown = [set(re.findall(r'class="t">(Thing \d+)<', page)) for page in (first, second)]
    assert [len(one) for one in shown] == [PAGE_ROWS, 3]
    assert not shown[0] & shown[1]


@pytest.mark.parametrize("after", ["x", "2026-13-01,1", "2026-03-12 10:00:00+00:00,-1", "1,2,3"])
def test_a_page_that_nobody_gave_out_is_not_there(cast, as_, after):
    assert as_(cast.sam).get("/inbox", query_string={"after": after}).status_code == 404


def test_an_unknown_way_to_look_is_not_there(cast, as_):
    assert as_(cast.sam).get("/inbox?show=everything").status_code == 404


@pytest.mark.parametrize("url", ["/inbox", "/inbox/harbour/1", "/projects/harbour/feedback"])
def test_sixty_cost_as_many_queries_as_five(cast, as_, url):
    def costs():
        browser = as_(cast.sam)
        browser.get(url)
        with count_queries() as counted:
            assert browser.get(url, headers={"If-None-Match": ""}).status_code == 200
        return counted.count

    many(cast.project, cast.vic, 5)
    few = costs()
    many(cast.project, cast.cleo, 55)

    assert costs() == few
    assert few <= (PANE_QUERIES if url.endswith("/1") else PAGE_QUERIES)


def test_opening_one_from_the_list_reads_that_one_only(cast, as_):
    item = make.feedback(cast.project, by=cast.vic)
    reply(item, by=cast.vic, text="The left one.")
    browser = as_(cast.sam)
    browser.get("/inbox/harbour/1", headers=PANE)

    with count_queries() as counted:
        assert "The left one." in browser.get("/inbox/harbour/1", headers=PANE).text
    assert counted.count <= OPEN_QUERIES


def test_an_empty_inbox_says_so_in_words(cast, as_):
    page = as_(cast.sam).get("/inbox?show=contested").text

    assert "No verdict is contested" in page


def test_an_admin_without_a_place_on_a_project_has_no_inbox(cast, as_):
    assert as_(cast.ada).get("/inbox").status_code == 403


def test_a_page_of_a_project_is_new_when_the_figure_in_its_head_is(cast, as_):
    browser = as_(cast.sam)
    tag = browser.get("/projects/harbour/feedback").headers["ETag"]
    make.feedback(cast.elsewhere, by=cast.otto)

    again = browser.get("/projects/harbour/feedback", headers={"If-None-Match": tag})

    assert again.status_code == 200


def test_an_unchanged_page_costs_the_studio_three_queries(cast, as_):
    browser = as_(cast.sam)
    tag = browser.get("/projects/harbour/feedback").headers["ETag"]

    with count_queries() as counted:
        again = browser.get("/projects/harbour/feedback", headers={"If-None-Match": tag})

    assert again.status_code == 304
    assert counted.count <= 3


def test_the_pane_of_the_inbox_is_never_taken_from_a_projects_cache(cast, as_):
    make.feedback(cast.project, by=cast.vic)
    browser = as_(cast.sam)

    assert "ETag" not in browser.get("/inbox/harbour/1").headers


def test_the_second_producer_sees_the_same(cast):
    other = make.user("Bea Okafor", house_role=HouseRole.PRODUCER)
    make.member(other, cast.project, Role.PRODUCER)
    make.feedback(cast.project, by=cast.vic)

    assert triage.ours(other) == 1
    assert Feedback.get().turn == Turn.STUDIO

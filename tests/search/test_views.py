"""The page: what is typed, what is found, what is kept. No client meets anything internal on it."""

import re

import pytest

from portal.search.models import FULL, SAVED_MOST, SavedSearch
from portal.threads import models as threads
from tests import make

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
CANARY = "canary-4711"


@pytest.fixture
def world(cast):
    """A feedback with markup in it, a note about it, and a draft."""
    item = make.feedback(cast.project, by=cast.vic, text="The <b>tide</b> & its times")
    threads.note(item, by=cast.sam, text=f"Tide {CANARY}")
    make.change(cast.project, by=cast.sam, title=f"Tide {CANARY} draft")
    return cast


def test_what_was_found_stands_there_with_its_words_marked(as_, world):
    page = as_(world.sam).get("/search?q=tide").text

    assert "The &lt;b&gt;<mark>tide</mark>&lt;/b&gt; &amp; its times" in page
    assert "/inbox/harbour/1" in page
    assert page.count('class="internal-tag"') == 2


def test_a_client_reads_it_on_its_own_page(as_, world):
    page = as_(world.cleo).get("/search?q=tide").text

    assert 'href="/projects/harbour/feedback/1"' in page
    assert "internal" not in page.lower().replace('class="internal', "")


@pytest.mark.parametrize("who", ["cleo", "vic", "otto", "ada"])
def test_nothing_internal_comes_to_whoever_may_not_see_it(as_, world, who):
    browser = as_(getattr(world, who))
    for typed in (CANARY, "canary", "tide", "kind:note", "is:open", "kind:change", "-nothing"):
        for headers in ({}, HTMX):
            page = browser.get("/search", query_string={"q": typed}, headers=headers).text
            assert CANARY not in page.replace(f'value="{CANARY}"', "").replace(typed, ""), typed


def test_a_note_changes_no_byte_of_a_clients_search(as_, world):
    def pages():
        browser = as_(world.cleo)
        found = (
            browser.get("/search", query_string={"q": q}) for q in ("tide", "is:open", "by:me")
        )
        return [re.sub(r'(content|value)="[^"]{60,}"', "", page.text) for page in found]

    before = pages()
    threads.note(world.project.feedback.get(), by=world.sam, text="Tide again")
    assert pages() == before


def test_only_what_was_found_is_sent_while_typing(as_, world):
    part = as_(world.sam).get("/search?q=tid", headers=HTMX).text

    assert part.lstrip().startswith('<div class="doc" id="found">')
    assert "<mark>tide</mark>" in part


def test_what_nobody_knows_is_said_in_words(as_, world):
    page = as_(world.sam).get("/search?q=colour:red+tide").text
    assert "There is no filter “colour:”." in page
    assert "<mark>tide</mark>" in page


def test_an_empty_page_shows_what_can_be_typed(as_, world):
    assert "kind:complaint is:open" in as_(world.sam).get("/search").text
    assert "kind:complaint" not in as_(world.cleo).get("/search").text


@pytest.mark.parametrize(
    "before",
    [
        "x",
        "1,2,3",
        "2,2026-01-01T00:00:00+00:00,a",
        "0,2026-01-01,a",
        "0,2026-01-01T00:00:00+00:00,\0",
        "0,0001-01-01T00:00:00+23:00,a",
        "1,2026-01-01T00:00:00,a",
    ],
)
def test_a_key_that_is_none_of_ours_leads_to_the_first_page(as_, world, before):
    answer = as_(world.sam).get("/search", query_string={"q": "tide", "before": before})
    assert "<mark>tide</mark>" in answer.text


def test_the_next_page_is_a_link(as_, world):
    for n in range(41):
        make.feedback(world.project, by=world.vic, text=f"Flood {n}")
    browser = as_(world.sam)
    page = browser.get("/search?q=flood").text
    older = re.search(r'href="([^"]+)" rel="next"', page)[1].replace("&amp;", "&")

    assert page.count('class="hit"') == 40
    assert browser.get(older).text.count('class="hit"') == 1


def test_it_costs_the_same_however_much_is_found(as_, world, count_queries):
    def cost():
        with count_queries() as seen:
            browser.get("/search?q=flood+is:open+client:harbour")
        return len(seen)

    browser = as_(world.sam)
    browser.get("/search")
    few = cost()
    for n in range(30):
        make.feedback(world.project, by=world.vic, text=f"Flood {n}")
    assert cost() == few <= 8


# Saved searches ----------------------------------------------------------------------------------


def test_a_search_is_kept_and_found_again(as_, world):
    browser = as_(world.sam)
    answer = browser.post("/search/saved", data={"name": "Late", "q": "is:overdue"})
    assert answer.status_code == 303

    page = browser.get("/search").text
    assert 'href="/search?q=is:overdue">Late</a>' in page
    assert "Late" not in as_(world.dora).get("/search").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"name": "", "q": "tide"}, "Give it a name."), ({"name": "x" * 61, "q": "tide"}, "60")],
)
def test_a_name_that_is_none_comes_back(as_, world, typed, said):
    answer = as_(world.sam).post("/search/saved", data=typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="tide"' in answer.text


def test_it_stands_beside_the_inbox_of_whoever_kept_it(as_, world):
    SavedSearch.keep(world.sam, name="Late at the harbour", text="is:overdue client:harbour")

    assert "Late at the harbour" in as_(world.sam).get("/inbox").text
    assert "Late at the harbour" not in as_(world.dora).get("/inbox").text


def test_the_same_name_again_replaces_what_it_stood_for(world):
    SavedSearch.keep(world.sam, name="Late", text="is:overdue")
    SavedSearch.keep(world.sam, name="late", text="is:overdue client:harbour")

    assert [one.text for one in SavedSearch.of(world.sam)] == ["is:overdue client:harbour"]


def test_there_is_an_end_to_what_is_kept(as_, world):
    for n in range(SAVED_MOST):
        SavedSearch.keep(world.sam, name=f"Search {n}", text="tide")
    answer = as_(world.sam).post("/search/saved", data={"name": "One more", "q": "tide"})
    assert (answer.status_code, FULL in answer.text) == (422, True)


def test_only_its_owner_removes_it(as_, world):
    saved = SavedSearch.keep(world.sam, name="Late", text="is:overdue")
    path = f"/search/saved/{saved.number}/removal"

    assert as_(world.dora).post(path).status_code == 404
    assert as_(world.sam).post(path).status_code == 303
    assert as_(world.sam).post(path).status_code == 404
    assert SavedSearch.of(world.sam) == []

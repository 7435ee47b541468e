"""The inbox of somebody who runs much: its cost in queries does not grow, its counts agree."""

import pytest

from portal.feedback.inbox import triage
from portal.feedback.models import Feedback
from tests.bench.triage import Triage

INBOX_QUERIES = 5  # The session, the counts, the list, colleagues to assign to, saved searches.


@pytest.mark.parametrize("show", triage.SHOWS)
def test_every_count_agrees_with_its_list_page_after_page(cast, show):
    tess = Triage(projects=3, open_each=50, done_each=30).tess
    found, after = [], None
    while True:
        page = triage.inbox(tess, show, after)
        found += [row.id for row in page]
        after = page.next_key
        if after is None:
            break

    assert len(found) == len(set(found))
    assert triage.counts(tess).get(show, len(found)) == len(found) > 0
    if show == "ours":
        assert triage.ours(tess) == len(found)


def test_nobody_else_sees_any_of_it(cast):
    Triage(projects=1, open_each=5, done_each=5)

    assert set(triage.counts(cast.sam).values()) == {0}


@pytest.mark.parametrize("show", ["ours", "overdue", "done"])
def test_ten_projects_cost_as_many_queries_as_one(cast, as_, count_queries, show):
    def costs(projects, prefix):
        world = Triage(projects=projects, open_each=50, done_each=50, prefix=prefix)
        browser = as_(world.tess)
        browser.get(f"/inbox?show={show}")
        with count_queries() as seen:
            assert browser.get(f"/inbox?show={show}").status_code == 200
        return len(seen)

    assert costs(1, "small") == costs(10, "large") <= INBOX_QUERIES
    assert Feedback.select().count() == 1_100

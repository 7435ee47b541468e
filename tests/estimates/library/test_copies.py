"""A new estimate copies an earlier one of a project that its writer is on, and of no other."""

import pytest

from portal.access.permissions import HouseRole, Role
from portal.core.errors import DomainError
from portal.estimates.library import origins, outline
from portal.estimates.models import Estimate
from tests import make

NEW = "/projects/harbour/estimates/new"
COPIES = "/projects/harbour/estimates/copies"


@pytest.fixture
def tess(cast):
    """A producer of the same studio, with a client of her own."""
    tess = make.user("Tess Rowan", house_role=HouseRole.PRODUCER)
    mine = make.project("quarry", by=tess, client=cast.rival, name="Quarry")
    make.estimate(mine, by=tess, title="A secret quarry")
    return tess


def source(project):
    return f"estimate:{project.estimates.first().id}"


def test_only_projects_one_is_on_are_offered(cast, full, tess, as_):
    assert [one.title for one in origins.earlier(cast.sam, cast.project)] == [
        "A site for Harbour Museum"
    ]
    assert "secret quarry" not in as_(cast.sam).get(NEW).text
    assert [one.title for one in origins.earlier(tess, tess.memberships.get().project)] == [
        "A secret quarry"
    ]


def test_what_one_may_not_read_is_not_there_to_copy(cast, full, tess, as_):
    theirs = source(tess.memberships.get().project)
    for wrong in (theirs, "estimate:99", "template:99", "estimate:", "x", ""):
        with pytest.raises(DomainError, match="not there any more"):
            origins.outline_of(wrong, cast.project, by=cast.sam)
    answer = as_(cast.sam).post(COPIES, data={"source": theirs})
    assert (answer.status_code, "quarry" in answer.text) == (422, False)
    assert Estimate.select().where(Estimate.project == cast.project).count() == 1


def test_who_left_a_project_copies_nothing_of_it(cast, full):
    cast.project.remove_member(cast.dora.memberships.get(), by=cast.sam)
    make.member(cast.dora, cast.elsewhere, Role.TEAM)
    with pytest.raises(DomainError):
        origins.outline_of(source(cast.project), cast.elsewhere, by=cast.dora)


def test_within_a_client_all_words_come_along(cast, full, as_):
    sam = as_(cast.sam)
    answer = sam.post(COPIES, data={"source": source(cast.project)})
    assert answer.location == "/projects/harbour/estimates/2"
    copied = Estimate.get(number=2).draft
    assert outline.of(copied) == outline.of(full)
    assert "Read it before you send it" in sam.get(answer.location).text


def test_to_another_client_title_summary_and_own_terms_stay_behind(cast, full):
    found = origins.outline_of(source(cast.project), cast.elsewhere, by=cast.sam).outline
    assert (found["title"], found["summary"], found["terms"]) == ("", "", "")
    assert len(outline.lines_of(found)) == 3


def test_to_another_client_no_tax_comes_along(cast, full):
    found = origins.outline_of(source(cast.project), cast.elsewhere, by=cast.sam).outline
    assert found["taxes"] == []
    assert {line["taxes"] for line in outline.lines_of(found)} == {None}


def test_another_currency_is_said_before_and_after(cast, full, as_):
    make.project("tokyo", by=cast.sam, client=cast.client, currency="JPY")
    sam = as_(cast.sam)
    assert "prices do not come along" in sam.get("/projects/tokyo/estimates/new").text
    copied = sam.post("/projects/tokyo/estimates/copies", data={"source": source(cast.project)})
    page = sam.get(copied.location).text
    assert "Its prices were in EUR and did not come along." in page
    assert "3 lines still need one." in page


def test_a_client_begins_nothing(cast, full, as_):
    cleo = as_(cast.cleo)
    assert cleo.get(NEW).status_code == 403
    assert cleo.post(COPIES, data={"source": source(cast.project)}).status_code == 403


def test_with_nothing_to_begin_with_the_page_says_how_to_get_there(cast, as_):
    page = as_(cast.sam).get(NEW).text
    assert "There is none yet." in page
    assert "Blank estimate" in page

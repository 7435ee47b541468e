"""The index of the search: made where there is none, made again, watched by the doctor."""

import pytest

from portal.search import indexing
from portal.search.models import Entry
from tests import make


@pytest.fixture
def portal_with_a_draft(environment, portal):
    sam = make.producer()
    make.estimate(make.project(by=sam, client=make.client()), by=sam)
    return portal


def doctor_says(portal):
    lines = portal("doctor").out.splitlines()
    return next(line for line in lines if line.split("\t")[1:2] == ["search"])


def empty():
    for entry in Entry.select():
        indexing.forget(entry.id)


def test_the_doctor_says_if_it_is_behind_and_a_rebuild_mends_it(portal_with_a_draft):
    portal = portal_with_a_draft
    assert doctor_says(portal).startswith("ok\tsearch\t3 entries")
    empty()
    assert doctor_says(portal).startswith("BAD\tsearch\t3 entries of the search are behind.")

    assert portal("search", "rebuild").out == "3 entries\n"

    assert doctor_says(portal).startswith("ok")


def test_a_migration_makes_it_where_there_is_none(portal_with_a_draft):
    empty()
    assert "indexed\t3 entries for the search" in portal_with_a_draft("migrate").out
    assert portal_with_a_draft("migrate").out == ""

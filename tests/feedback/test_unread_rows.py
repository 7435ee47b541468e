"""A row of the inbox says how much was said since its reader looked."""

from portal.access.permissions import Role
from portal.feedback.inbox import triage
from portal.threads import unread
from portal.threads.models import has_read, note, reply
from tests import make


def new(reader, show="ours"):
    """Return what is new in each row, by its number."""
    return {row.number: row.new for row in triage.inbox(reader, show)}


def test_words_of_others_are_new_until_one_has_looked(cast):
    item = make.feedback(cast.project, by=cast.vic)
    make.feedback(cast.project, by=cast.vic, text="Another")
    reply(item, by=cast.vic, text="It is the left one.")
    note(item, by=cast.dora, text="I know why.")

    assert new(cast.sam) == {1: 2, 2: 0}
    has_read(item, by=cast.sam, message=1)
    assert new(cast.sam) == {1: 1, 2: 0}
    assert new(cast.dora) == {1: 1, 2: 0}


def test_it_agrees_with_what_the_project_counts(cast, at):
    for hour in range(10, 14):
        at(f"2026-03-12 {hour}:00")
        item = make.feedback(cast.project, by=cast.vic, text=f"Thing {hour}")
        for n in range(hour - 10):
            reply(item, by=cast.vic, text=f"And {n}")
        reply(item, by=cast.sam, text="I see.")
    has_read(item, by=cast.sam, message=2)

    found = {one.number: one.count for one in unread.on_project(cast.project, cast.sam)}
    assert {number: count for number, count in new(cast.sam).items() if count} == found


def test_what_was_said_before_one_came_is_not_new(cast, at):
    at("2026-03-12 10:00")
    reply(make.feedback(cast.project, by=cast.vic), by=cast.vic, text="The left one.")
    at("2026-03-12 11:00")
    bea = make.producer("Bea")
    make.member(bea, cast.project, Role.PRODUCER)

    assert new(bea) == {1: 0}


def test_the_row_says_it_in_words(cast, as_):
    reply(make.feedback(cast.project, by=cast.vic), by=cast.vic, text="The left one.")

    assert ">1 new</b>" in as_(cast.sam).get("/inbox").text

"""The index follows every change, in its transaction, and can be made again."""

import pytest

from portal.access.permissions import Role
from portal.core import db
from portal.core.errors import Conflict
from portal.prototypes.models import Pin
from portal.search import indexing
from portal.search.models import Entry
from portal.threads import models as threads
from tests import make


def found(**columns):
    return {one.place for one in Entry.select().filter(**columns)}


def test_everything_that_was_said_and_sent_is_in_it(story):
    kinds = {(one.kind, one.is_internal) for one in Entry.select()}

    assert kinds == indexing.SOURCES.keys() - {("change", True), ("prototype", True)} - {
        ("cancellation", False)
    }


def test_whatever_happens_it_is_never_behind(story):
    assert indexing.behind() == 0

    story.project.remove_member(make.member_of(story.vic, story.project), by=story.sam)
    story.cleo.describe(name="Cleo de Vries")
    story.client.describe(name="Harbour House")
    story.asked.withdraw(by=story.sam, reason="Too early.")
    Pin.published(story.shown, 1).address("It is blue now.", by=story.sam)

    assert indexing.behind() == 0


def test_a_draft_is_found_as_it_was_last_saved(cast):
    draft = make.change(cast.project, by=cast.sam, title="School groups")
    draft.write([make.change_row() | make.ADDED], by=cast.sam, edits=1, title="School classes")

    (entry,) = Entry.select().where(Entry.kind == "change")
    assert (entry.title, entry.is_internal) == ("School classes", True)
    assert "Booking" in entry.text


def test_once_it_is_sent_a_draft_is_the_clients_too(cast):
    draft = make.estimate(cast.project, by=cast.sam)
    assert found(kind="estimate") == {"harbour/estimate/estimate/1/1"}
    assert found(is_internal=False, kind="estimate") == set()

    draft.send(by=cast.sam, deciders=[cast.cleo])

    assert found(kind="estimate") == {"harbour/estimate/estimate/1/0"}


def test_what_is_undone_was_never_in_it(cast):
    with pytest.raises(Conflict), db.change():
        make.feedback(cast.project, by=cast.vic)
        raise Conflict("Somebody was faster.")

    assert found(kind="feedback") == set()


def test_whoever_leaves_a_project_is_not_found_on_it(cast):
    assert len(found(kind="person", project=cast.project)) == 4

    cast.project.remove_member(make.member_of(cast.vic, cast.project), by=cast.sam)

    assert len(found(kind="person", project=cast.project)) == 3


def test_it_can_be_made_again_of_what_is_there(story):
    before = found()
    for entry in Entry.select():
        indexing.forget(entry.id)
    assert indexing.behind() == len(before)

    assert indexing.fill_if_empty() == len(before)

    assert found() == before
    assert indexing.behind() == 0
    assert indexing.fill_if_empty() == 0


def test_a_rebuild_mends_what_was_altered(story):
    Entry.update(title="Altered").where(Entry.kind == "line_question").execute()
    assert indexing.behind() == 1

    indexing.rebuild()

    assert indexing.behind() == 0


def test_a_new_message_writes_its_own_entry_only(story):
    ids = {one.place: one.id for one in Entry.select()}

    threads.reply(story.item, by=story.vic, text="The ones at night.")

    after = {one.place: one.id for one in Entry.select()}
    assert after.keys() - ids.keys() == {f"harbour/message/feedback/{story.item.number}/2"}
    assert after.items() >= ids.items()


def test_a_member_of_another_project_moves_nothing_here(cast):
    make.member(cast.dora, cast.elsewhere, Role.TEAM)
    assert len(found(kind="person", project=cast.project)) == 4

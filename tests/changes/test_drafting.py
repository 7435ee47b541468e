"""A draft can change; whoever saves it saw what was there."""

import pytest

from portal.changes.models import ChangeRequest, ChangeVersion, StaleDraft
from portal.core.errors import Conflict, DomainError
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.scope.models import Action
from tests import make


def test_the_studio_starts_one_and_no_client_learns_of_it(cast):
    change = ChangeRequest.draft(cast.project, by=cast.sam)

    event = Event.get(verb=Verb.CHANGE_DRAFTED)
    assert (change.number, change.current.version, change.is_asked) == (1, 1, False)
    assert event.is_internal
    assert event.body == {"version": 1, "cause": "scope"}


def test_a_client_asks_and_both_sides_know(cast):
    ChangeRequest.ask(cast.project, by=cast.cleo, title="In Frisian", why="The council asks.")

    change = ChangeRequest.find(cast.project, 1)
    event = Event.get(verb=Verb.CHANGE_REQUESTED)
    assert (change.is_asked, change.asked_title, change.raised_by) == (
        True,
        "In Frisian",
        cast.cleo,
    )
    assert (change.current.title, change.current.why) == ("In Frisian", "The council asks.")
    assert not event.is_internal
    assert event.body == {}


@pytest.mark.parametrize(("title", "why"), [("", "Why"), ("What", "  ")])
def test_asking_says_what_and_why(cast, title, why):
    with pytest.raises(DomainError, match="what should change, and why"):
        ChangeRequest.ask(cast.project, by=cast.cleo, title=title, why=why)

    assert not ChangeRequest.select().exists()


def test_a_save_replaces_the_rows_and_counts(cast, contract):
    draft = make.change(cast.project, by=cast.sam)

    gone = {**make.change_row(), "action": Action.REMOVED, "item": 2}
    saved = draft.write([gone], by=cast.dora, edits=1, title="No plan")

    assert [(one.action, one.item_number) for one in saved.recommended.impacts] == [
        (Action.REMOVED, 2)
    ]
    assert (saved.title, saved.edits, saved.edited_by) == ("No plan", 2, cast.dora)


def test_a_save_tells_the_studio_only(cast):
    draft = make.change(cast.project, by=cast.sam)
    before = type(cast.project).get_by_id(cast.project.id)

    draft.write([], by=cast.sam, edits=1, title="No plan")

    after = type(cast.project).get_by_id(cast.project.id)
    assert after.internal_revision == before.internal_revision + 1
    assert after.client_revision == before.client_revision


def test_the_second_of_two_who_opened_it_is_told(cast):
    draft = make.change(cast.project, by=cast.sam)
    draft.write([], by=cast.dora, edits=1, title="Dora's")

    with pytest.raises(StaleDraft, match="Dora Lindqvist saved this draft after you opened it"):
        draft.write([], by=cast.sam, edits=1, title="Sam's")

    assert ChangeVersion.get().title == "Dora's"


def test_what_was_sent_is_not_written_again(cast, send):
    sign_off = send()

    with pytest.raises(Conflict, match="sent change request cannot change"):
        sign_off.subject.write([], by=cast.sam, edits=1, title="Other")


def test_a_new_version_starts_with_the_words_and_rows_of_the_last(cast, send):
    sign_off = send(impacts=[{"action": Action.REMOVED, "item": 2}], silence="It stays.")

    version = ChangeRequest.find(cast.project, 1).make_version(by=cast.sam)

    found = ChangeVersion.draft(cast.project, 1)
    assert (found, found.version, found.silence) == (version, 2, "It stays.")
    assert [(one.action, one.item_number) for one in found.recommended.impacts] == [
        (Action.REMOVED, 2)
    ]
    assert sign_off.subject.status == "sent"


def test_there_is_one_draft_at_a_time(cast):
    draft = make.change(cast.project, by=cast.sam)

    with pytest.raises(Conflict, match="draft already"):
        draft.change.make_version(by=cast.sam)


def test_an_approved_one_is_final(cast, send):
    sign_off = send()
    make.answer(sign_off, by=cast.cleo)

    with pytest.raises(Conflict, match="final"):
        ChangeRequest.find(cast.project, 1).make_version(by=cast.sam)


def test_no_other_project_finds_it(cast):
    make.change(cast.project, by=cast.sam)

    assert ChangeRequest.find(cast.elsewhere, 1) is None
    assert ChangeVersion.draft(cast.elsewhere, 1) is None

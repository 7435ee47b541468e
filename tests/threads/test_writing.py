"""What both sides read and what only the studio reads are written, kept and recorded apart."""

import io

import pytest
from werkzeug.datastructures import FileStorage

from portal.core.errors import DomainError
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.projects.models import Project
from portal.threads import files
from portal.threads.models import AGAIN_SECONDS, Message, Note, note, reply
from tests import make


@pytest.fixture
def item(cast):
    return make.feedback(cast.project, by=cast.vic)


def newest():
    return Event.select().order_by(Event.id.desc()).first()


def test_a_message_is_for_both_sides_and_on_the_clients_chain(cast, item):
    message = reply(item, by=cast.sam, text="Yes, with its date.\r\n")

    assert (message.author, message.text, message.number) == (cast.sam, "Yes, with its date.", 1)
    assert (newest().verb, newest().chain) == (Verb.MESSAGE_POSTED, "harbour")
    assert Note.select().count() == 0


def test_a_note_is_the_studios_alone_and_on_its_own_chain(cast, item):
    before = Project.get_by_id(cast.project.id)

    note(item, by=cast.dora, text="Half a day of work.")

    after = Project.get_by_id(cast.project.id)
    assert (newest().verb, newest().chain) == (Verb.NOTE_WRITTEN, "harbour/internal")
    assert Message.select().count() == 0
    assert after.client_revision == before.client_revision
    assert after.internal_revision == before.internal_revision + 1


def test_a_note_leaves_no_gap_between_the_numbers_of_messages(cast, item):
    reply(item, by=cast.sam, text="Which one?")
    note(item, by=cast.dora, text="The second, I think.")

    assert reply(item, by=cast.vic, text="The second.").number == 2


def test_a_client_cannot_write_a_note_even_by_mistake(cast, item):
    with pytest.raises(ValueError, match="studio"):
        note(item, by=cast.vic, text="Hello")


@pytest.mark.parametrize("write", [reply, note])
def test_what_was_written_stays_out_of_the_ledger(cast, item, write):
    write(item, by=cast.sam, text="A word that nobody else uses: quagga.")

    assert "quagga" not in newest().line
    assert (newest().subject_kind, newest().subject_number) == ("feedback", item.number)


@pytest.mark.parametrize("write", [reply, note])
@pytest.mark.parametrize("text", ["", "  \n ", "\u202e\x00"])
def test_without_words_nothing_is_written(cast, item, write, text):
    events = Event.select().count()

    with pytest.raises(DomainError):
        write(item, by=cast.sam, text=text)

    assert Event.select().count() == events


def test_the_same_words_pressed_twice_are_one_message(cast, item, at):
    at("2026-03-12 10:45")
    first = reply(item, by=cast.vic, text="Which one?")

    assert reply(item, by=cast.vic, text="Which one? ") == first
    assert reply(item, by=cast.cleo, text="Which one?") != first
    assert Event.select().where(Event.verb == Verb.MESSAGE_POSTED).count() == 2


@pytest.mark.parametrize("write", [reply, note])
def test_the_same_words_with_another_file_are_another_message(cast, item, write):
    first, second = files.keep(FileStorage(io.BytesIO(b), "it.txt") for b in (b"one", b"two"))
    written = write(item, by=cast.sam, text="Here it is.", files=[first])

    assert write(item, by=cast.sam, text="Here it is.", files=[first]) == written
    assert write(item, by=cast.sam, text="Here it is.", files=[second]) != written
    assert write(item, by=cast.sam, text="Here it is.").files.count() == 0


def test_the_same_words_later_are_another_message(cast, item, at):
    at("2026-03-12 10:45:00")
    first = reply(item, by=cast.vic, text="Any news?")
    at(f"2026-03-12 10:46:{AGAIN_SECONDS - 59:02}")

    assert reply(item, by=cast.vic, text="Any news?") != first


def test_messages_count_from_one_in_each_thread_so_that_no_gap_tells_of_another(cast, item):
    other = make.feedback(cast.project, by=cast.cleo, text="Something else")
    numbers = [
        reply(about, by=cast.sam, text=f"{n}").number for n, about in enumerate([item, other, item])
    ]

    assert numbers == [1, 1, 2]


def test_only_the_studio_can_pass_the_turn_on_with_a_question(cast, item):
    assert reply(item, by=cast.sam, text="Which day?", is_question=True).is_question
    assert not reply(item, by=cast.vic, text="Monday?", is_question=True).is_question

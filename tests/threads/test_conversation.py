"""The conversation on a project: who reads what, who is told, and what stays as it was."""

import io

import pytest

from portal.core.errors import Conflict, Forbidden
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.mail.models import Letter
from portal.threads.conversation import Conversation
from portal.threads.models import Message, Note, earlier, edit, note, reply
from tests import make
from tests.make_files import image

PAGE = "/projects/harbour/conversation"
POST = "/projects/harbour/threads/conversation/1"


@pytest.fixture
def talk(cast):
    return Conversation(cast.project)


def test_both_sides_write_to_each_other_on_the_project_itself(cast, as_):
    as_(cast.cleo).post(f"{POST}/messages", data={"message": "When do we meet?"})
    as_(cast.sam).post(f"{POST}/messages", data={"message": "On **Monday**."})

    page = as_(cast.vic).get(PAGE).text

    assert "When do we meet?" in page
    assert "<strong>Monday</strong>" in page
    assert "Goes to <b>Sam Moreau</b>" in page
    assert [one.subject_kind for one in Message.select()] == ["conversation"] * 2


def test_whoever_is_named_beside_the_button_is_mailed(cast, talk, as_):
    page = as_(cast.sam).get(PAGE).text

    reply(talk, by=cast.sam, text="Welcome.")

    assert "Goes to <b>Cleo Janssen and Vic Aalto</b>" in page
    told = {letter.name for letter in Letter.select().where(Letter.template == "message-posted")}
    assert told == {"Cleo Janssen", "Vic Aalto"}


def test_a_note_on_the_project_is_there_for_the_studio_alone(cast, as_):
    as_(cast.dora).post(f"{POST}/notes", data={"note": "They pay late: quagga."})

    assert "quagga" in as_(cast.sam).get(PAGE).text
    assert "quagga" not in as_(cast.cleo).get(PAGE).text
    assert as_(cast.cleo).post(f"{POST}/notes", data={"note": "x"}).status_code == 403
    assert as_(cast.cleo).get(f"{POST}/notes/1").status_code == 403
    assert as_(cast.otto).get(PAGE).status_code == 404


def test_the_activity_says_where_it_was_written(cast, talk, as_):
    reply(talk, by=cast.cleo, text="Hello")

    page = as_(cast.sam).get("/projects/harbour/activity").text

    assert f'replied on <a href="{PAGE}">the project</a>' in page


def test_without_words_the_page_comes_back_with_its_error(cast, as_):
    answer = as_(cast.cleo).post(f"{POST}/messages", data={"message": " "})

    assert answer.status_code == 422
    assert "Write a message first." in answer.text


@pytest.mark.parametrize("path", ["threads/conversation/2", "threads/project/1", "threads/pin/9"])
def test_a_thread_that_is_not_there_takes_nothing(cast, as_, path):
    answer = as_(cast.sam).post(f"/projects/harbour/{path}/messages", data={"message": "x"})

    assert answer.status_code == 404


def test_a_long_conversation_is_read_in_pages_at_the_same_cost(cast, talk, as_, count_queries):
    reply(talk, by=cast.cleo, text="Word 0.")
    browser = as_(cast.sam)
    browser.get(PAGE)
    with count_queries() as few:
        browser.get(PAGE)
    for number in range(1, 60):
        reply(talk, by=cast.cleo, text=f"Word {number}.")
    with count_queries() as many:
        newest = browser.get(PAGE).text

    assert "Word 59." in newest
    assert "Word 9." not in newest
    assert "Word 9." in browser.get(f"{PAGE}?before=11").text
    assert len(many) <= len(few) + 1


# Files -------------------------------------------------------------------------------------------


def send(browser, place, field, *files):
    data = {field: "Look.", "files": [(io.BytesIO(content), name) for content, name in files]}
    return browser.post(f"{POST}/{place}", data=data)


def test_files_come_with_a_message_and_are_served_from_the_content_origin(cast, as_):
    send(
        as_(cast.cleo),
        "messages",
        "message",
        (image(40, 30), "pier.png"),
        (b"plain words", "list.txt"),
    )

    page = as_(cast.vic).get(PAGE).text

    assert "pier.png" in page
    assert "list.txt" in page
    assert 'href="http://localhost:8000/' in page
    assert len(Event.select().order_by(Event.id.desc()).first().body["files_sha256"]) == 2


def test_files_of_a_note_are_no_byte_of_a_clients_page(cast, as_):
    send(as_(cast.sam), "notes", "note", (b"margins", "margins-quagga.csv"))

    assert "margins-quagga.csv" in as_(cast.dora).get(PAGE).text
    assert "quagga" not in as_(cast.cleo).get(PAGE).text


def test_too_many_files_are_refused_in_words(cast, as_):
    answer = send(as_(cast.cleo), "messages", "message", *[(b"x", f"{n}.txt") for n in range(6)])

    assert answer.status_code == 422
    assert "5 files are the most" in answer.text
    assert not Message.select().exists()


# Putting one's words otherwise -------------------------------------------------------------------


def test_within_a_quarter_of_an_hour_words_can_be_put_otherwise_and_the_first_stay(cast, talk, at):
    at("2026-03-12 10:45")
    message = reply(talk, by=cast.sam, text="On Monday.")
    letters = Letter.select().count()
    at("2026-03-12 11:00")

    after = edit(talk, message, by=cast.sam, text="On Tuesday.")

    assert (after.text, [one.text for one in earlier(after)]) == ("On Tuesday.", ["On Monday."])
    newest = Event.select().order_by(Event.id.desc()).first()
    assert (newest.verb, newest.chain) == (Verb.MESSAGE_EDITED, "harbour")
    assert "Tuesday" not in newest.line
    assert Letter.select().count() == letters


def test_after_it_they_stay_and_a_sentence_says_why(cast, talk, at):
    at("2026-03-12 10:45")
    message = reply(talk, by=cast.sam, text="On Monday.")
    at("2026-03-12 11:00:01")

    with pytest.raises(Conflict, match="more than 15 minutes ago"):
        edit(talk, message, by=cast.sam, text="On Tuesday.")


def test_nobody_puts_anothers_words_otherwise(cast, talk):
    message = reply(talk, by=cast.cleo, text="Yes.")

    with pytest.raises(Forbidden):
        edit(talk, message, by=cast.sam, text="No.")


def test_the_same_words_again_are_no_edit(cast, talk):
    message = reply(talk, by=cast.cleo, text="Yes.")
    events = Event.select().count()

    assert edit(talk, message, by=cast.cleo, text="Yes. ").edited_at is None
    assert Event.select().count() == events


def test_an_edited_note_is_recorded_for_the_studio_alone(cast, talk):
    edit(talk, note(talk, by=cast.dora, text="Half a day."), by=cast.dora, text="A day.")

    newest = Event.select().order_by(Event.id.desc()).first()
    assert (newest.verb, newest.chain) == (Verb.NOTE_EDITED, "harbour/internal")


def test_what_became_part_of_a_record_stays(cast):
    estimate = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    question = make.question(estimate, by=cast.cleo)
    message = reply(question, by=cast.sam, text="It is in.")

    with pytest.raises(Conflict, match="on record"):
        edit(question, message, by=cast.sam, text="It is out.")


def test_both_sides_read_what_it_said_before(cast, talk, as_):
    message = reply(talk, by=cast.sam, text="On Monday.")
    answer = as_(cast.sam).post(f"{POST}/messages/1/edits", data={"text": "On Tuesday."})

    assert answer.location == f"{PAGE}#message-1"
    assert ">Edited<" in as_(cast.cleo).get(PAGE).text
    page = as_(cast.cleo).get(f"{POST}/messages/{message.number}").text
    assert "On Monday." in page
    assert 'name="text"' not in page
    assert Note.select().count() == 0


# Preview -----------------------------------------------------------------------------------------


def test_a_preview_shows_the_words_safely_and_keeps_nothing(cast, as_):
    data = {"message": "**Bold** <script>", "to": f"{POST}/messages"}
    browser = as_(cast.cleo)

    page = browser.post(f"{PAGE}/preview", data=data).text
    part = browser.post(f"{PAGE}/preview", data=data, headers={"HX-Request-Type": "partial"}).text

    assert "<strong>Bold</strong> &lt;script&gt;" in part
    assert part in page
    assert f'action="{POST}/messages"' in page
    assert Message.select().count() == 0


def test_a_preview_shows_what_would_be_kept(cast, as_):
    data = {"message": "exe\u202egpj.", "to": f"{POST}/messages"}

    assert "exegpj." in as_(cast.cleo).post(f"{PAGE}/preview", data=data).text


def test_a_preview_draws_no_more_than_can_be_sent(cast, as_):
    answer = as_(cast.cleo).post(f"{PAGE}/preview", data={"message": "*a " * 7000})

    assert answer.status_code == 422
    assert "at most 20,000 characters" in answer.text


def test_a_preview_leads_nowhere_else(cast, as_):
    data = {"message": "Hi", "to": "https://elsewhere.test/"}

    assert "elsewhere" not in as_(cast.cleo).post(f"{PAGE}/preview", data=data).text

"""Who is mailed a message or a note, and who is not. The page names the same people."""

import pytest

from portal.access.models import Membership
from portal.access.permissions import HouseRole, Role
from portal.mail.models import Letter
from portal.threads.models import note, reply
from tests import make

NOTES = "note-written"


@pytest.fixture
def item(cast):
    return make.feedback(cast.project, by=cast.vic)


def told(template):
    return {letter.name for letter in Letter.select().where(Letter.template == template)}


def test_a_reply_of_the_studio_goes_to_who_filed_it_and_nobody_else(cast, item):
    reply(item, by=cast.sam, text="We look at it.")

    assert told("message-posted") == {"Vic Aalto"}


def test_it_goes_to_whoever_of_the_client_wrote_there_too(cast, item):
    reply(item, by=cast.cleo, text="I saw that too.")
    Letter.delete().execute()

    reply(item, by=cast.dora, text="On which phone?")

    assert told("message-posted") == {"Vic Aalto", "Cleo Janssen"}


def test_a_reply_of_the_client_goes_to_the_producers(cast, item):
    reply(item, by=cast.cleo, text="I saw that too.")

    assert told("message-posted") == {"Sam Moreau"}


def test_and_to_whoever_of_the_studio_wrote_to_them(cast, item):
    reply(item, by=cast.dora, text="On which phone?")
    Letter.delete().execute()

    reply(item, by=cast.vic, text="On mine.")

    assert told("message-posted") == {"Sam Moreau", "Dora Lindqvist"}


def test_a_note_goes_to_who_has_it_in_hand_or_wrote_there_and_never_to_a_client(cast, item):
    reply(item, by=cast.cleo, text="I saw that too.")
    item.assign(cast.dora, by=cast.sam)

    note(item, by=cast.sam, text="Still round 2?")

    assert told(NOTES) == {"Dora Lindqvist"}


def test_a_note_in_a_thread_of_nobody_is_mailed_to_nobody(cast, item):
    note(item, by=cast.dora, text="Half a day.")
    assert told(NOTES) == set()

    note(item, by=cast.sam, text="Then we do it.")
    assert told(NOTES) == {"Dora Lindqvist"}


def test_nobody_is_mailed_who_has_left_the_project(cast, item):
    reply(item, by=cast.cleo, text="I saw that too.")
    leave(cast, cast.cleo)

    reply(item, by=cast.sam, text="We look at it.")

    assert told("message-posted") == {"Sam Moreau", "Vic Aalto"}


def test_when_all_who_were_in_it_have_left_everybody_of_the_client_is_told(cast, item):
    leave(cast, cast.vic)

    reply(item, by=cast.sam, text="We look at it.")

    assert told("message-posted") == {"Cleo Janssen"}


def test_the_page_names_whom_the_letters_go_to(cast, item, as_):
    second = make.user("Bea Okafor", house_role=HouseRole.PRODUCER)
    make.member(second, cast.project, Role.PRODUCER)
    reply(item, by=cast.cleo, text="I saw that too.")
    note(item, by=cast.dora, text="Half a day.")

    page = as_(cast.sam).get("/inbox/harbour/1").text

    assert "Goes to <b>Cleo Janssen and Vic Aalto</b>" in page
    assert "Note to Dora." in page
    client = as_(cast.vic).get("/projects/harbour/feedback/1").text
    assert "Goes to <b>Sam Moreau and Bea Okafor</b>" in client


def test_a_letter_holds_the_words_and_leads_each_side_to_its_place(cast, item, letters):
    reply(item, by=cast.sam, text="Which *day*?", is_question=True)
    reply(item, by=cast.vic, text="Monday.")
    note(item, by=cast.dora, text="Half a day.")
    note(item, by=cast.sam, text="Do it.")

    to = {letter["Subject"]: letter for letter in letters()}

    asked = to["Sam Moreau wrote on feedback 1: Show only the tides while we are open"]
    assert "/projects/harbour/feedback/1" in text_of(asked)
    assert "They wait for your answer." in text_of(asked)
    assert "<em>day</em>" in html_of(asked)
    answered = to["Vic Aalto wrote on feedback 1: Show only the tides while we are open"]
    assert "/inbox/harbour/1" in text_of(answered)
    noted = to["Internal note by Sam Moreau on feedback 1: Show only the tides while we are open"]
    assert "the client never sees this" in text_of(noted)
    assert noted["To"].addresses[0].username == "dora.lindqvist"


def leave(cast, user):
    cast.project.remove_member(Membership.get(user=user, project=cast.project), by=cast.sam)


def text_of(letter):
    return letter.get_body(("plain",)).get_content()


def html_of(letter):
    return letter.get_body(("html",)).get_content()

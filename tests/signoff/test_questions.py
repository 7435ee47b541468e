"""A client asks at a line of what they are to sign; the studio answers there."""

import pytest

from portal.access.permissions import Role
from portal.core.errors import Conflict, DomainError, Forbidden
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.mail.models import Letter
from portal.signoff.models import Addressee, LineQuestion
from portal.threads.models import reply
from tests import make


def ask(sign_off, by, *, place="line-1", text="Does this include the tower?"):
    return LineQuestion.ask(sign_off, by=by, place=place, text=text)


def told(template):
    return {letter.name for letter in Letter.select().where(Letter.template == template)}


def is_open(question):
    return LineQuestion.get_by_id(question.id).is_open


def test_a_question_keeps_what_stood_at_its_line(cast, sent):
    question = ask(sent, cast.cleo)

    assert (question.number, question.title, question.version) == (1, "Design", 1)
    event = Event.get(verb=Verb.QUESTION_ASKED)
    assert event.chain == "harbour"
    assert event.body["place"] == "line-1"
    assert event.body["digest"] == sent.digest
    assert "tower" not in event.line


def test_it_can_be_about_all_of_it(cast, sent):
    assert ask(sent, cast.vic, place="").title == sent.title


def test_the_producers_are_told_and_whoever_is_named(cast, sent):
    ask(sent, cast.vic, text="@Dora, is that the blue of the logo?")

    assert told("question-asked") == {"Sam Moreau", "Dora Lindqvist"}


def test_the_studio_cannot_ask(cast, sent):
    for person in (cast.sam, cast.dora):
        with pytest.raises(Forbidden):
            ask(sent, person)


def test_who_left_the_project_or_never_was_on_it_cannot_ask(cast, sent):
    for person in (cast.otto, cast.ada):
        with pytest.raises(Forbidden):
            ask(sent, person)


@pytest.mark.parametrize("place", ["line-99", "line-", "item-1", "nowhere"])
def test_nobody_asks_at_a_line_that_is_not_there(cast, sent, place):
    with pytest.raises(DomainError, match="no such line"):
        ask(sent, cast.cleo, place=place)


def test_a_question_without_words_is_none(cast, sent):
    with pytest.raises(DomainError, match="Write your question"):
        ask(sent, cast.cleo, text=" \n")


def test_a_second_press_asks_once(cast, sent):
    assert ask(sent, cast.cleo) == ask(sent, cast.cleo)
    assert LineQuestion.select().count() == 1
    assert Event.select().where(Event.verb == Verb.QUESTION_ASKED).count() == 1


def test_nobody_asks_once_there_is_an_outcome(cast, sent, answer):
    answer(sent, by=cast.cleo)

    with pytest.raises(Conflict, match="outcome already"):
        ask(sent, cast.vic)


def test_nobody_asks_on_a_closed_project(cast, sent):
    cast.project.close(by=cast.sam)

    with pytest.raises(Conflict, match="project is closed"):
        ask(sent, cast.cleo)


def test_a_word_of_the_studio_answers_it_and_one_of_the_client_opens_it_again(cast, sent):
    question = ask(sent, cast.cleo)
    assert is_open(question)

    reply(question, by=cast.dora, text="Yes, the tower is in.")
    assert not is_open(question)
    reply(question, by=cast.sam, text="And the stairs.")
    assert not is_open(question)

    reply(question, by=cast.vic, text="The bridge too?")
    assert is_open(question)


def test_an_answer_goes_to_whoever_asked_and_to_whoever_still_decides(cast, sent):
    question = ask(sent, cast.vic)

    reply(question, by=cast.sam, text="Yes.")

    assert told("message-posted") == {"Vic Aalto", "Cleo Janssen"}


def test_it_goes_to_no_decider_who_has_decided(cast, sent, answer):
    question = ask(sent, cast.vic)
    answer(sent, by=cast.cleo)

    reply(question, by=cast.sam, text="Yes.")

    assert told("message-posted") == {"Vic Aalto"}


def test_it_goes_to_no_decider_of_another_thing(cast, sent):
    nora = make.user("Nora Smit", client=cast.client)
    make.member(nora, cast.project, Role.APPROVER)
    make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[nora])

    reply(ask(sent, cast.vic), by=cast.sam, text="Yes.")

    assert "Nora Smit" not in told("message-posted")
    assert Addressee.select().count() == 2


def test_who_gets_a_copy_reads_and_does_not_ask(cast, as_):
    draft = make.estimate(cast.project, by=cast.sam)
    sent = draft.send(by=cast.sam, deciders=[cast.cleo], copies=[cast.vic])

    with pytest.raises(Forbidden):
        ask(sent, cast.vic)
    page = as_(cast.vic).get(sent.path).text
    assert 'id="ask-all"' not in page
    assert "Ask for a new version" not in page

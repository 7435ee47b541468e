"""Questions, wishes and the standing of a page, over HTTP."""

import re

import pytest

from portal.estimates.models import Estimate
from portal.signoff.models import LineQuestion, SignOff, VersionRequest
from portal.threads.models import note, reply
from tests import make

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
TEXT = "Does this include the tower?"


@pytest.fixture
def asked(cast, sent):
    return LineQuestion.ask(sent, by=cast.vic, place="line-1", text=TEXT)


def newer(cast):
    return Estimate.get().revise(by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])


def test_a_reviewer_asks_at_a_line_and_is_led_back_to_it(cast, sent, as_):
    vic = as_(cast.vic)
    assert "Ask<span" in vic.get(sent.path).text

    answer = vic.post(f"{sent.path}/questions", data={"place": "line-1", "ask-line-1": TEXT})

    assert (answer.status_code, answer.location) == (303, f"{sent.path}#talk-line-1")
    page = vic.get(sent.path).text
    assert TEXT in page.split('id="talk-line-1"')[1].split('id="talk-')[0]


def test_the_choices_one_read_with_are_kept(cast, sent, as_):
    typed = {"place": "all", "ask-all": TEXT}
    answer = as_(cast.cleo).post(f"{sent.path}/questions?choose=1&option=2", data=typed)

    assert answer.location == f"{sent.path}?choose=1&option=2#talk-all"


def test_htmx_gets_only_the_place_where_it_was_asked(cast, sent, as_):
    typed = {"place": "line-1", "ask-line-1": TEXT}
    answer = as_(cast.cleo).post(f"{sent.path}/questions", data=typed, headers=PARTIAL)

    assert answer.status_code == 200
    assert re.findall(r'hx-target="([^"]+)"', answer.text) == ["#talk-line-1"]
    assert TEXT in answer.text


def test_an_empty_box_comes_back_with_a_sentence(cast, sent, as_):
    for headers in (PARTIAL, {}):
        typed = {"place": "line-1", "ask-line-1": " "}
        answer = as_(cast.cleo).post(f"{sent.path}/questions", data=typed, headers=headers)
        assert answer.status_code == 422
        assert "Write your question." in answer.text
    assert not LineQuestion.select().exists()


def test_a_box_that_is_too_full_keeps_what_was_typed(cast, sent, as_):
    typed = {"place": "line-1", "ask-line-1": "long " * 401}
    answer = as_(cast.cleo).post(f"{sent.path}/questions", data=typed)

    assert answer.status_code == 422
    assert "long long" in answer.text
    assert 'name="ask-line-1"' in answer.text


def test_the_studio_answers_at_the_line_and_asks_nothing(cast, sent, asked, as_):
    sam = as_(cast.sam)
    page = sam.get(sent.path).text
    assert "Waits for you" in page
    assert "ask-line-1" not in page
    assert "Vic Aalto and Cleo Janssen" in page or "Cleo Janssen and Vic Aalto" in page

    answer = sam.post(f"{sent.path}/replies", data={"question": 1, "reply-1": "It does."})

    assert answer.status_code == 303
    assert "It does." in as_(cast.vic).get(sent.path).text
    refused = sam.post(f"{sent.path}/questions", data={"place": "all", "ask-all": "?"})
    assert refused.status_code == 403


def test_a_reply_to_a_question_that_is_not_there_is_not_found(cast, sent, asked, as_):
    for number in ("", "x", "2"):
        data = {"question": number, "reply-2": "Hello?"}
        assert as_(cast.cleo).post(f"{sent.path}/replies", data=data).status_code == 404


def test_the_link_in_a_letter_leads_to_where_it_stands_now(cast, sent, asked, as_):
    assert as_(cast.sam).get(asked.path).location == f"{sent.path}#question-1"
    second = newer(cast)

    assert as_(cast.sam).get(asked.path).location == f"{second.path}#question-1"
    assert as_(cast.otto).get(asked.path).status_code == 404


def test_a_question_about_an_earlier_version_stays_at_its_line(cast, sent, asked, as_):
    second = newer(cast)
    page = as_(cast.vic).get(second.path).text

    place = page.split('id="talk-line-1"')[1].split('id="talk-')[0]
    assert TEXT in place
    assert "on version 1" in place


def test_one_about_a_line_that_is_gone_stands_with_the_whole(cast, sent, asked, as_):
    draft = Estimate.get().revise(by=cast.sam)
    draft.remove_line(1, by=cast.sam)
    second = draft.send(by=cast.sam, deciders=[cast.cleo])

    place = as_(cast.vic).get(second.path).text.split('id="talk-all"')[1]
    assert TEXT in place
    assert "about “Design”" in place


def test_a_later_question_is_not_on_the_page_of_an_earlier_version(cast, sent, as_):
    LineQuestion.ask(newer(cast), by=cast.cleo, text=TEXT)

    assert TEXT not in as_(cast.cleo).get(sent.path).text


def test_no_internal_note_shows_where_the_client_asks(cast, sent, asked, as_):
    note(asked, by=cast.sam, text="Canary: they will pay double.")

    for person in (cast.cleo, cast.vic):
        assert "Canary" not in as_(person).get(sent.path).text
        assert "Canary" not in as_(person).get("/projects/harbour/activity").text


def test_a_page_costs_the_same_with_one_question_and_with_many(
    cast, sent, asked, as_, count_queries
):
    cleo = as_(cast.cleo)
    cleo.get(sent.path)
    with count_queries() as few:
        cleo.get(sent.path)
    for number in range(5):
        question = LineQuestion.ask(sent, by=cast.vic, place="line-2", text=f"And {number}?")
        reply(question, by=cast.sam, text="Yes.")
    with count_queries() as many:
        cleo.get(sent.path)

    assert len(many) == len(few)


def test_a_client_asks_for_a_new_version_and_the_studio_reads_it(cast, sent, as_):
    vic = as_(cast.vic)
    empty = vic.post(f"{sent.path}/version-requests", data={"words": ""})
    assert empty.status_code == 422

    made = vic.post(f"{sent.path}/version-requests", data={"words": "Without the film."})

    assert made.status_code == 303
    assert VersionRequest.get().text == "Without the film."
    assert "Without the film." in as_(cast.sam).get(sent.path).text
    again = as_(cast.cleo).post(f"{sent.path}/version-requests", data={"words": "Now!"})
    assert again.status_code == 409
    assert "has asked for a new version already" in again.text


def test_a_page_that_counts_hears_nothing(cast, sent, as_):
    page = as_(cast.cleo).get(sent.path).text
    tag = re.search(r'hx-ptag="([^"]+)"', page)[1]

    answer = as_(cast.cleo).get(f"{sent.path}/standing", headers=PARTIAL | {"HX-PTag": tag})

    assert (answer.status_code, answer.data) == (304, b"")


def test_one_that_was_replaced_hears_of_the_new_version(cast, sent, as_):
    second = newer(cast)
    answer = as_(cast.cleo).get(f"{sent.path}/standing", headers=PARTIAL | {"HX-PTag": "open-1"})

    assert answer.status_code == 200
    assert answer.text.count(f'href="{second.path}"') == 2
    assert "still-open" not in answer.text


def test_one_that_was_taken_back_hears_why(cast, sent, as_):
    sent.withdraw(by=cast.sam, reason="A mistake in line 1.")
    answer = as_(cast.cleo).get(f"{sent.path}/standing", headers=PARTIAL | {"HX-PTag": "open-1"})

    assert "A mistake in line 1." in answer.text


def test_one_that_a_colleague_answered_hears_who_and_leads_to_the_receipt(cast, sent, as_):
    decision = make.answer(SignOff.get(), by=cast.cleo)
    answer = as_(cast.vic).get(f"{sent.path}/standing", headers=PARTIAL | {"HX-PTag": "open-1"})

    assert "Cleo Janssen approved it already." in answer.text
    assert decision.receipts.get().path in answer.text


def test_who_is_on_another_project_hears_of_nothing(cast, sent, as_):
    assert as_(cast.otto).get(f"{sent.path}/standing").status_code == 404


def test_who_gets_a_copy_reads_the_answers_and_adds_none(cast, as_):
    draft = make.estimate(cast.project, by=cast.sam)
    sent = draft.send(by=cast.sam, deciders=[cast.cleo], copies=[cast.vic])
    asked = LineQuestion.ask(sent, by=cast.cleo, text=TEXT)
    vic, typed = as_(cast.vic), {"question": asked.number, f"reply-{asked.number}": "Me too."}

    assert f'name="reply-{asked.number}"' not in vic.get(sent.path).text
    assert vic.post(f"{sent.path}/replies", data=typed).status_code == 403
    assert "Me too." not in as_(cast.cleo).get(sent.path).text


def test_nothing_is_added_once_the_project_is_closed(cast, sent, asked, as_):
    cast.project.close(by=cast.sam)
    typed = {"question": asked.number, f"reply-{asked.number}": "Too late."}

    assert as_(cast.cleo).post(f"{sent.path}/replies", data=typed).status_code == 409

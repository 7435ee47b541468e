"""What is new to whom: counted until it was before their eyes, and for nobody else."""

import pytest

from portal.access.permissions import Role
from portal.threads import unread
from portal.threads.conversation import Conversation
from portal.threads.models import ReadMark, has_read, note, reply
from portal.threads.unread import RECENT_DAYS
from tests import make

PAGE = "/projects/harbour/conversation"
READ = "/projects/harbour/threads/conversation/1/readings"


@pytest.fixture
def talk(cast):
    return Conversation(cast.project)


def new(cast, who):
    return {one.label: one.count for one in unread.on_project(cast.project, who)}


def test_words_of_others_are_new_until_they_were_read_and_ones_own_never(cast, talk):
    reply(talk, by=cast.cleo, text="Hello")
    reply(talk, by=cast.vic, text="Hello from me, too")

    assert new(cast, cast.sam) == {"the project": 2}
    assert new(cast, cast.cleo) == {"the project": 1}
    has_read(talk, by=cast.sam, message=2)
    assert new(cast, cast.sam) == {}
    assert new(cast, cast.cleo) == {"the project": 1}


def test_notes_are_new_to_the_studio_and_nothing_to_a_client(cast, talk):
    note(talk, by=cast.dora, text="They pay late.")

    assert new(cast, cast.sam) == {"the project": 1}
    assert new(cast, cast.cleo) == {}
    assert unread.by_project(cast.cleo) == {}


def test_a_client_never_marks_a_note(cast, talk):
    reply(talk, by=cast.sam, text="Hello")
    note(talk, by=cast.dora, text="They pay late.")

    has_read(talk, by=cast.cleo, message=1, note=1)

    assert ReadMark.get().note_number == 0


def test_each_project_and_each_thread_is_counted_by_itself(cast, talk):
    reply(talk, by=cast.cleo, text="Hello")
    reply(make.feedback(cast.project, by=cast.vic), by=cast.vic, text="And this")
    reply(Conversation(cast.elsewhere), by=cast.otto, text="Otters")

    assert new(cast, cast.sam) == {"the project": 1, "feedback 1": 1}
    assert unread.by_project(cast.sam) == {"harbour": 2, "otter": 1}
    assert unread.by_project(cast.ada) == {}


def test_whoever_comes_later_begins_with_nothing_new(cast, talk, at):
    at("2026-03-12 10:45")
    reply(talk, by=cast.cleo, text="Hello")
    at("2026-03-13 10:45")
    bea = make.user("Bea Okafor", client=cast.client)
    make.member(bea, cast.project, Role.REVIEWER)

    assert new(cast, bea) == {}


def test_what_is_old_is_no_news(cast, talk, at):
    at("2026-01-01 10:45")
    reply(talk, by=cast.cleo, text="Hello")
    at("2026-03-02 10:45")
    assert RECENT_DAYS == 60
    assert new(cast, cast.sam) == {"the project": 1}
    at("2026-03-02 10:46")

    assert new(cast, cast.sam) == {}


def test_reading_is_told_by_a_post_and_never_goes_back(cast, talk, as_):
    for number in range(3):
        reply(talk, by=cast.cleo, text=f"Word {number}")
    browser = as_(cast.sam)
    browser.get(PAGE)
    assert not ReadMark.select().exists()

    assert browser.post(f"{READ}?message=2").status_code == 204
    browser.post(f"{READ}?message=1")

    assert ReadMark.get().message_number == 2


def test_nobody_has_read_what_is_not_there_yet(cast, talk, as_):
    reply(talk, by=cast.cleo, text="Hello")

    as_(cast.sam).post(f"{READ}?message=99&note=99")

    assert (ReadMark.get().message_number, ReadMark.get().note_number) == (1, 0)


def test_a_line_stands_before_the_first_new_message_and_goes(cast, talk, as_):
    reply(talk, by=cast.cleo, text="Known already")
    browser = as_(cast.sam)
    browser.post(f"{READ}?message=1")
    reply(talk, by=cast.cleo, text="Not known yet")

    page = browser.get(PAGE).text
    assert page.index("Known already") < page.index("New since you were here")
    assert page.index("New since you were here") < page.index("Not known yet")
    browser.post(f"{READ}?message=2")
    assert "New since you were here" not in browser.get(PAGE).text


def test_a_page_kept_by_the_browser_is_asked_for_anew_once_something_was_read(cast, talk, as_):
    reply(talk, by=cast.cleo, text="Hello")
    browser = as_(cast.sam)
    kept = {"If-None-Match": browser.get("/projects/harbour").headers["ETag"]}
    assert browser.get("/projects/harbour", headers=kept).status_code == 304

    browser.post(f"{READ}?message=1")

    assert browser.get("/projects/harbour", headers=kept).status_code == 200
    assert "New to you" not in browser.get("/projects/harbour").text


def test_counts_stand_on_the_first_page_and_in_the_list_of_feedback(cast, as_):
    reply(make.feedback(cast.project, by=cast.vic), by=cast.sam, text="We look at it.")

    assert "1 new to you" in as_(cast.vic).get("/").text
    assert "1 new" in as_(cast.vic).get("/projects/harbour/feedback").text
    assert "1 new" not in as_(cast.sam).get("/projects/harbour/feedback").text


def test_the_answer_to_a_question_counts_as_read_where_it_stands(cast, as_):
    sent = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    reply(make.question(sent, by=cast.cleo), by=cast.sam, text="It is in.")
    assert new(cast, cast.cleo) == {"question 1": 1}
    path = "/projects/harbour/threads/line_question/1/readings?message=1"
    browser = as_(cast.cleo)
    assert f'data-path="{path}"' in browser.get(sent.path).text

    browser.post(path)

    assert new(cast, cast.cleo) == {}

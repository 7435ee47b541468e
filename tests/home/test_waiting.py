"""The first page: what waits for this person, and nothing that waits for somebody else."""

import datetime as dt
import re

import pytest

from portal.access.models import Membership
from portal.access.permissions import Role
from portal.feedback.models import Feedback
from portal.home.waiting import count
from portal.projects.models import Project
from portal.signoff.models import Answer, Opinion, Rule, View
from tests import make

TODAY = "2026-03-12 10:45"


@pytest.fixture(autouse=True)
def today(at):
    return at(TODAY)


@pytest.fixture
def send(cast):
    """`send("Title", due_on=…)` sends an estimate to Cleo, with Vic's opinion."""

    def sent(title="The soundwalk", *, project=None, people=(), due="", rule=Rule.ANY, **fields):
        draft = make.estimate(
            project or cast.project, by=cast.sam, title=title, lines=[("All", 12_400_00)], **fields
        )
        due_on = dt.date.fromisoformat(due) if due else None
        return draft.send(
            by=cast.sam,
            deciders=people or [cast.cleo],
            reviewers=[cast.vic],
            due_on=due_on,
            rule=rule,
        )

    return sent


def titles(page):
    return re.findall(r'<h3><a href="/projects/\w+/sign-offs/\d+">([^<]+)</a>', page)


def test_what_is_due_first_comes_first_and_only_it_is_filled(as_, cast, send, at):
    at("2026-03-09 10:45")
    send("Without a date")
    send("Later", due="2026-03-19")
    send("Today", due="2026-03-12")
    send("Late", due="2026-03-10")
    at(TODAY)

    page = as_(cast.cleo).get("/").text

    assert titles(page) == ["Late", "Today", "Later", "Without a date"]
    assert "Cleo, four things wait for your answer" in page
    assert page.count("button big go") == 1
    assert page.index("button big go") < page.index("Today")


def test_it_says_what_it_is_what_it_costs_and_what_silence_does(as_, cast, send):
    Project.update(launch_on=dt.date(2026, 5, 22)).where(Project.id == cast.project.id).execute()
    send(due="2026-03-16", silence="we let the day go.", launch_on=dt.date(2026, 6, 5))

    page = as_(cast.cleo).get("/").text

    for words in (
        "Thursday 12 March 2026",
        "Estimate 1, version 1 · Harbour",
        "12,400 EUR",
        "Monday, in 4 days",
        "<b>Without an answer</b> we let the day go.",
        "Read and answer",
    ):
        assert words in page, words
    assert re.search(r"launch <time[^>]*>5 June</time>, was <time[^>]*>22 May</time>", page)


def test_it_is_gone_once_it_is_answered(as_, cast, send):
    sent = send()
    make.answer(sent, by=cast.cleo)

    page = as_(cast.cleo).get("/").text

    assert titles(page) == []
    assert "Nothing waits for you" in page
    assert "The soundwalk" in page
    assert f"/receipts/{sent.decisions.get().receipts.get().public_id}" in page


@pytest.mark.parametrize("how", ["withdrawn", "superseded", "removed"])
def test_it_is_gone_when_there_is_nothing_left_to_answer(as_, cast, send, how):
    sent = send()
    if how == "withdrawn":
        sent.withdraw(by=cast.sam, reason="A mistake.")
    elif how == "superseded":
        type(sent).update(status="superseded").where(type(sent).id == sent.id).execute()
    else:
        cast.project.remove_member(Membership.of(cast.cleo, "harbour"), by=cast.sam)

    assert titles(as_(cast.cleo).get("/").text) == []


def test_a_reviewer_is_asked_what_they_think_until_they_say_so(as_, cast, send):
    sent = send()
    assert "Say what you think" in as_(cast.vic).get("/").text

    Opinion.give(sent, by=cast.vic, view=View.LOOKS_GOOD)

    assert "Nothing waits for you" in as_(cast.vic).get("/").text


def test_a_prototype_is_reviewed_before_it_is_answered(as_, cast):
    shown = make.prototype(cast.project, by=cast.sam, title="Plan your visit")
    shown.send(by=cast.sam, deciders=[cast.cleo])

    page = as_(cast.cleo).get("/").text

    assert 'href="/projects/harbour/prototypes/1/versions/1"' in page
    assert "Review prototype" in page
    picture = re.search(r'<img src="(http://localhost:8000/[^"]+)"[^>]*alt="The first screen', page)
    assert as_(cast.cleo).get(picture[1], base_url="http://localhost:8000").status_code == 200


def test_a_project_shows_its_latest_prototype_and_never_a_draft(as_, cast):
    make.prototype(cast.project, by=cast.sam, title="Plan your visit").send(
        by=cast.sam, deciders=[cast.cleo]
    )
    make.prototype(cast.project, by=cast.sam, title="Secret screens")

    for who in (cast.cleo, cast.sam):
        assert "Latest prototype: Plan your visit, version&nbsp;1" in as_(who).get("/").text
    assert "Secret screens" not in as_(cast.cleo).get("/").text
    assert "Secret screens" in as_(cast.sam).get("/").text


def test_feedback_waits_for_the_client_once_the_studio_has_done_its_part(as_, cast):
    item = make.feedback(cast.project, by=cast.vic, text="The tides are wrong\non Sundays")
    browser = as_(cast.cleo)
    assert "Nothing waits for you" in browser.get("/").text
    make.verdict(item, by=cast.sam)
    Feedback.get().resolve(by=cast.sam)

    page = browser.get("/").text

    assert "one thing waits for your answer" in page
    assert 'href="/projects/harbour/feedback/1"' in page
    assert "The tides are wrong</a>" in page
    assert "Is it?" in page
    assert page.count("button big go") == 1
    assert "The tides are wrong" not in as_(cast.otto).get("/").text


def test_nothing_of_another_client_is_ever_there(as_, cast, send):
    send("The soundwalk", due="2026-03-16")

    page = as_(cast.otto).get("/").text

    assert "Nothing waits for you" in page
    for words in ("soundwalk", "Harbour", "12,400", "Cleo"):
        assert words not in page


def test_it_says_who_else_answers_and_what_they_said(as_, cast, send):
    gus = make.user("Gus Okafor", client=cast.client)
    make.member(gus, cast.project, Role.SPONSOR)
    send("Any of two", people=[cast.cleo, gus])
    every = send("Both of two", people=[cast.cleo, gus], rule=Rule.ALL)
    browser = as_(cast.cleo)

    page = browser.get("/").text
    assert "Gus Okafor can answer too; the first answer counts." in page
    assert "Gus Okafor still has to answer." in page

    make.answer(every, by=gus)
    page = browser.get("/").text
    assert "Gus Okafor approved it on 12 March. Yours is the last answer." in page


def test_an_opinion_is_told_to_whoever_decides(as_, cast, send):
    Opinion.give(send(), by=cast.vic, view=View.NEEDS_CHANGES)

    assert "Vic Aalto thinks it needs changes on 12 March." in as_(cast.cleo).get("/").text


def test_a_quiet_page_says_the_next_date(as_, cast):
    Project.update(next_on=dt.date(2026, 4, 17), next_what="ticket pages").where(
        Project.id == cast.project.id
    ).execute()

    page = as_(cast.cleo).get("/").text

    assert "Nothing waits for you" in page
    assert "The next date is 17 April, ticket pages." in page


def test_a_person_on_no_project_is_told_what_comes(as_, cast):
    nell = make.user("Nell Faber", client=cast.client)

    assert "You are on no project now" in as_(nell).get("/").text


def test_one_s_projects_say_health_dates_producer_and_what_is_signed(as_, cast, send):
    cast.sam.describe(name="Sam Moreau", phone="010 555 0142")
    make.answer(send(), by=cast.cleo)

    page = as_(cast.cleo).get("/").text

    assert "On track" in page
    assert "Sam Moreau" in page
    assert "010 555 0142" in page
    assert "<b>12,400</b>" in page


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "one thing waits"), (9, "nine things wait"), (10, "10 things wait")],
)
def test_a_count_is_said_in_words(number, words):
    assert count(number, "thing waits", "things wait") == words


# The studio --------------------------------------------------------------------------------------


def test_the_studio_sees_what_waits_for_clients(as_, cast, send, at):
    at("2026-03-09 10:45")
    send(due="2026-03-10")
    at(TODAY)

    page = as_(cast.sam).get("/").text

    assert "One thing waits for clients" in page
    for words in ("The soundwalk", "Cleo Janssen", "not opened", "sent 9 March", "12,400 EUR"):
        assert words in page, words
    assert 'class="due late"' in page


def test_the_studio_sees_that_it_was_opened(as_, cast, send):
    for asked in send().addressees:
        asked.open()

    assert "opened 12 March" in as_(cast.sam).get("/").text


def test_the_studio_sees_drafts_and_no_client_does(as_, cast):
    make.estimate(cast.project, by=cast.sam, title="Secret plans")

    assert "Secret plans" in as_(cast.sam).get("/").text
    assert "Secret plans" in as_(cast.dora).get("/").text
    for other in (cast.cleo, cast.vic, cast.otto, cast.ada):
        assert "Secret plans" not in as_(other).get("/").text


def test_a_producer_sees_only_projects_they_are_on(as_, cast, send):
    send()
    tess = make.producer("Tess Rowan")

    page = as_(tess).get("/").text

    assert "Welcome, Tess" in page
    assert "soundwalk" not in page


def test_an_answer_clears_the_list(as_, cast, send):
    make.answer(send(), by=cast.cleo, answer=Answer.REQUEST_CHANGES)

    assert "Nothing waits" in as_(cast.sam).get("/").text


def test_the_admin_sees_people_letters_that_failed_and_where_the_chains_end(as_, cast, letters):
    from portal.mail.models import Letter

    cast.project.invite_again(cast.cleo, by=cast.sam)
    Letter.update(status="failed", error="No such mailbox.").execute()

    page = as_(cast.ada).get("/").text

    for words in ("Otto Rivers", "never", "No such mailbox.", "harbour/internal", "instance"):
        assert words in page, words
    assert "No such mailbox." not in as_(cast.sam).get("/").text


@pytest.mark.parametrize("reader", [("cleo", 8), ("sam", 10), ("ada", 10)], ids=str)
def test_the_page_costs_the_same_with_one_thing_and_with_twenty(
    as_, cast, send, count_queries, reader
):
    who, most = reader
    browser = as_(getattr(cast, who))
    send("One")
    browser.get("/")
    with count_queries() as few:
        browser.get("/")
    for number in range(8):
        project = make.project(f"p{number}", by=cast.sam, client=cast.client)
        make.member(cast.cleo, project, Role.APPROVER)
        make.member(cast.vic, project, Role.REVIEWER)
        send(f"Estimate {number}", project=project)
        make.estimate(project, by=cast.sam, title=f"Draft {number}")
        make.prototype(project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])

    with count_queries() as many:
        browser.get("/")

    assert len(many) == len(few) <= most


def test_one_s_last_answer_is_gone_with_one_s_place_on_the_project(as_, cast, send):
    make.answer(send("The soundwalk"), by=cast.cleo)
    cleo = as_(cast.cleo)
    assert "The soundwalk" in cleo.get("/").text

    cast.project.remove_member(Membership.get(user=cast.cleo), by=cast.sam)
    assert "The soundwalk" not in cleo.get("/").text

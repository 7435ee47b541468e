"""Feedback over HTTP: the plain path, the part, what is invalid, and who may not."""

import re

import pytest

from portal.feedback.models import Feedback, Verdict
from portal.feedback.words import VerdictKind
from portal.threads.models import Message, Note
from tests import make

HERE = "/projects/harbour/feedback/1"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
VERDICT = {"kind": "included_revision", "reason": "Part of the strip.", "seen": "0"}


@pytest.fixture(autouse=True)
def item(cast):
    return make.feedback(cast.project, by=cast.vic)


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("messages", {"sam", "dora", "vic", "cleo"}),
        ("notes", {"sam", "dora"}),
        ("verdicts", {"sam"}),
        ("resolution", {"sam"}),
        ("assignment", {"sam"}),
        ("change-request", {"sam", "dora"}),
        ("verification", {"vic", "cleo"}),
        ("reopening", {"vic", "cleo"}),
        ("contest", {"vic", "cleo"}),
    ],
)
@pytest.mark.parametrize("name", ["sam", "dora", "vic", "cleo", "otto"])
def test_each_answer_is_open_to_some_and_hidden_from_strangers(cast, as_, path, who, name):
    response = as_(getattr(cast, name)).post(f"{HERE}/{path}")

    if name == "otto":
        assert response.status_code == 404
    else:
        assert (response.status_code == 403) == (name not in who)


@pytest.mark.parametrize("url", [HERE, "/projects/harbour/feedback", "/inbox/harbour/1"])
def test_a_rival_finds_nothing(cast, as_, url):
    assert as_(cast.otto).get(url).status_code == 404


def test_a_number_that_nobody_filed_is_not_there(cast, as_):
    assert as_(cast.vic).get("/projects/harbour/feedback/2").status_code == 404
    assert as_(cast.sam).get("/inbox/otter/1").status_code == 404


def test_a_client_who_opens_the_inbox_of_an_item_is_refused(cast, as_):
    assert as_(cast.vic).get("/inbox/harbour/1").status_code == 403


def test_which_of_the_two_is_written_is_decided_by_the_address_alone(cast, as_):
    forged = {"message": "Hello", "note": "Hello", "audience": "internal", "is_internal": "1"}

    as_(cast.vic).post(f"{HERE}/messages", data=forged)

    assert (Message.select().count(), Note.select().count()) == (1, 0)


def test_an_answer_from_the_page_leads_back_to_the_page(cast, as_):
    response = as_(cast.sam).post(f"{HERE}/verdicts", data=VERDICT)

    assert (response.status_code, response.location) == (303, HERE)
    assert Feedback.get().status == "triaged"


def test_an_answer_from_the_inbox_leads_back_to_the_inbox_as_it_was(cast, as_):
    browser = as_(cast.sam)
    page = browser.get("/inbox/harbour/1?show=new").text
    address = re.search(r'post" action="([^"]+/verdicts[^"]*)"', page)[1].replace("&amp;", "&")

    response = browser.post(address, data=VERDICT)

    assert (response.status_code, response.location) == (303, "/inbox/harbour/1?show=new")
    assert "The verdict is given" in browser.get(response.location).text


def test_with_htmx_the_pane_and_the_list_come_back_at_once(cast, as_):
    response = as_(cast.sam).post(f"{HERE}/verdicts?from=inbox", data=VERDICT, headers=PART)

    assert response.text.lstrip().startswith('<article class="pane open" id="pane"')
    assert '<hx-partial hx-target="#list"' in response.text
    assert "<title>" not in response.text


def test_a_client_cannot_be_sent_into_the_inbox(cast, as_):
    response = as_(cast.vic).post(f"{HERE}/messages?from=inbox", data={"message": "Hello"})

    assert response.location == HERE


@pytest.mark.parametrize(
    ("path", "form", "sentence"),
    [
        ("verdicts", VERDICT | {"reason": " "}, "Say why: the client reads it."),
        ("verdicts", VERDICT | {"kind": "maybe"}, "Not a valid choice."),
        ("messages", {"message": ""}, "Write a reply first."),
        ("notes?from=inbox", {"note": "\n"}, "Write a note first."),
    ],
)
def test_what_is_missing_is_said_beside_its_field(cast, as_, path, form, sentence):
    response = as_(cast.sam).post(f"{HERE}/{path}", data=form)

    assert response.status_code == 422
    assert sentence in response.text
    assert 'class="error"' in response.text


def test_what_was_typed_stays_when_something_else_is_missing(cast, as_):
    data = {"reason": "Part of the today strip.", "seen": "0"}

    response = as_(cast.sam).post(f"{HERE}/verdicts", data=data)

    assert response.status_code == 422
    assert "Part of the today strip.</textarea>" in response.text


def test_the_loser_of_two_verdicts_gets_a_page_that_says_so(cast, as_, item):
    make.verdict(item, by=cast.sam)

    response = as_(cast.sam).post(f"{HERE}/verdicts", data=VERDICT)

    assert response.status_code == 409
    assert "The verdict has changed meanwhile" in response.text
    assert Verdict.select().count() == 1


def test_a_second_contest_finds_a_page_that_says_it_is_final(cast, as_, item):
    make.verdict(item, by=cast.sam)
    item.contest(by=cast.vic, reason="The minutes say otherwise.")
    assert "Vic Aalto contested this on" in as_(cast.cleo).get(HERE).text
    make.verdict(item, by=cast.sam, kind=VerdictKind.NEW_SCOPE)

    response = as_(cast.vic).post(f"{HERE}/contest", data={"reason": "No.", "seen": "2"})

    assert response.status_code == 409
    assert "contested once" in response.text
    page = as_(cast.vic).get(HERE).text
    assert "it answers what you contested on" in page
    assert "You see it otherwise?" not in page
    assert "Give verdict" not in as_(cast.sam).get(HERE).text


def test_the_client_reads_the_verdict_its_reason_and_what_they_signed(cast, as_, item):
    made = make.added("Today strip", 6_400_00, detail="Hours and tides")
    make.amendment(cast.project, made, by=cast.cleo)
    make.verdict(item, by=cast.sam, reason="Part of it: *the tides*.", scope_item=1)

    page = as_(cast.vic).get(HERE).text

    for words in ("Included revision", "<em>the tides</em>", "Today strip: Hours and tides"):
        assert words in page
    assert "signed by Cleo Janssen" in page
    assert '<a href="/projects/harbour/scope/1">Scope item 1</a>' in page
    traced = as_(cast.vic).get("/projects/harbour/scope/1").text
    assert '<a href="/projects/harbour/feedback/1">Feedback 1</a>' in re.sub(r"\s+", " ", traced)


def test_the_list_shows_each_state_with_the_verdict_that_counts_and_its_reason(cast, as_, item):
    make.verdict(item, by=cast.sam, reason="No, after all.")
    item.contest(by=cast.vic, reason="The minutes say otherwise.")
    make.verdict(item, by=cast.sam, kind=VerdictKind.DEFECT, reason="It is *ours*.\nMore.")

    page = as_(cast.cleo).get("/projects/harbour/feedback").text

    line = " ".join(re.sub("<[^>]+>", "", page[page.index("feedback-list") :]).split())
    assert "Triaged Defect: It is *ours*. 1. Change by Vic Aalto" in line
    assert "No, after all." not in line


def test_the_list_tells_apart_what_is_open_whose_turn_it_is_and_what_is_done(cast, as_, item):
    make.verdict(item, by=cast.sam, kind=VerdictKind.OUT_OF_SCOPE)
    make.feedback(cast.project, by=cast.vic, text="And the map.")
    client = as_(cast.vic)

    shown = [
        client.get(f"/projects/harbour/feedback?show={show}").text
        for show in ("", "yours", "done", "nonsense")
    ]

    assert ["Show only the tides" in page for page in shown] == [True, True, False, True]
    assert ["And the map." in page for page in shown] == [True, False, False, True]
    assert 'Your turn <span class="count">1</span>' in shown[0]
    assert shown[0].count("</svg>Your turn</span>") == 1


def test_the_whole_path_from_filing_to_verified_works_without_script(cast, as_, item):
    producer, client = as_(cast.sam), as_(cast.vic)
    producer.post(f"{HERE}/verdicts", data=VERDICT)
    producer.post(f"{HERE}/resolution", data={"words": "In version 4."})
    asked = client.get(HERE).text
    assert asked.index("resolved it on") < asked.index("In version 4.") < asked.index("Verify")

    client.post(f"{HERE}/reopening", data={"reason": "Not on my phone."})
    producer.post(f"{HERE}/resolution", data={"words": "Now."})
    client.post(f"{HERE}/verification")

    page = client.get(HERE).text
    told = re.findall(r"</b> (filed|gave|resolved|reopened|verified) ", page)
    assert told == ["filed", "gave", "resolved", "reopened", "resolved", "verified"]


def test_a_sent_change_request_shows_to_the_client_and_a_draft_does_not(cast, as_, item):
    item.turn_into_change(by=cast.sam)
    assert "change request 1" in as_(cast.sam).get(HERE).text.lower()

    assert "change request" not in as_(cast.vic).get(HERE).text.lower()


def test_the_client_sees_how_the_change_request_stands_that_it_became(cast, as_, item):
    contract = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    make.answer(contract, by=cast.cleo)
    make.verdict(item, by=cast.sam, kind=VerdictKind.NEW_SCOPE)
    draft = item.turn_into_change(by=cast.sam).current
    words = {"title": "Only the tides", "summary": "Tides.", "why": "Asked."}
    draft.write([make.change_row() | make.ADDED], by=cast.sam, edits=1, **words)

    draft.send(by=cast.sam, deciders=[cast.cleo])

    page = re.sub("<[^>]+>", "", as_(cast.vic).get(HERE).text)
    assert "It became Change request 1: Only the tides (waiting)." in page


def test_turning_it_into_a_change_request_leads_there(cast, as_):
    response = as_(cast.sam).post(f"{HERE}/change-request")

    assert response.location.endswith("/projects/harbour/changes/1")


def test_markdown_of_a_client_runs_nothing(cast, as_):
    text = "<script>alert(1)</script> [x](javascript:alert(1))"
    as_(cast.vic).post(f"{HERE}/messages", data={"message": text})

    page = as_(cast.sam).get("/inbox/harbour/1").text

    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_an_assignment_of_nonsense_is_nobody(cast, as_):
    response = as_(cast.sam).post(f"{HERE}/assignment", data={"person": "sam"})

    assert response.status_code == 303


@pytest.mark.csrf
@pytest.mark.parametrize("path", ["messages", "verification", "contest", "notes", "assignment"])
def test_nothing_is_answered_without_the_token(cast, as_, path):
    who = cast.sam if path in {"notes", "assignment"} else cast.vic

    assert as_(who).post(f"{HERE}/{path}", data={"message": "Hello"}).status_code == 400


def test_the_activity_tells_each_side_what_it_may_know_in_sentences(cast, as_, item):
    item.assign(cast.dora, by=cast.sam)
    make.verdict(item, by=cast.sam)
    item.resolve(by=cast.sam)
    item.verify(by=cast.vic)

    studio, client = (
        as_(who).get("/projects/harbour/activity").text for who in (cast.sam, cast.vic)
    )

    for page in (studio, client):
        plain = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", page))
        assert "filed feedback 1 as a change." in plain
        assert "gave the verdict “included revision” on feedback 1." in plain
        assert "resolved feedback 1." in plain
        assert "verified feedback 1." in plain
        assert ("assigned feedback 1 to Dora Lindqvist." in plain) == (page is studio)

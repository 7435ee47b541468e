"""What is done to several feedback at once, and undone."""

import re

import pytest
import time_machine

from portal.access.permissions import HouseRole, Role
from portal.core import clock
from portal.feedback.inbox.undoing import SECONDS
from portal.feedback.models import Feedback, Handling, Verdict
from portal.feedback.words import FeedbackStatus, Kind, Severity
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from tests import make

DAY = "2031-03-12"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def items(cast):
    """Two of one project, one of another."""
    mine = [make.feedback(cast.project, by=cast.vic, text=text) for text in ("One", "Two")]
    return [*mine, make.feedback(cast.elsewhere, by=cast.otto, text="Three")]


@pytest.fixture
def do(cast, as_, items):
    """`do("assignments", person=…)` as Sam's browser posts it with all of them ticked."""
    browser = as_(cast.sam)

    def post(what, **fields):
        ticks = [f"{item.id}.{item.verdicts}" for item in items]
        usual = {"item": ticks, "person": "", "until": "", "kind": "defect", "reason": ""}
        return browser.post(f"/inbox/{what}", data=usual | fields, follow_redirects=True)

    post.browser = browser
    return post


def undo(do, page):
    deed = re.search(r'name="deed" value="([^"]+)"', page.text)[1]
    return do.browser.post("/inbox/undos", data={"deed": deed}, follow_redirects=True)


def hands():
    return [one.assignee and one.assignee.name for one in Handling.select().order_by(Handling.id)]


def test_each_is_given_and_each_is_a_fact_of_its_own(cast, do):
    page = do("assignments", person=str(cast.sam.id))

    assert "3 in the hands of Sam Moreau." in page.text
    assert hands() == ["Sam Moreau"] * 3
    facts = Event.select().where(Event.verb == Verb.FEEDBACK_ASSIGNED)
    assert sorted(one.chain for one in facts) == ["harbour/internal"] * 2 + ["otter/internal"]


def test_one_refusal_does_not_undo_the_others(cast, do):
    page = do("assignments", person=str(cast.dora.id))  # She is not on the other project.

    assert "2 in the hands of Dora Lindqvist. 1 not: Only people of the studio" in page.text
    assert hands() == ["Dora Lindqvist", "Dora Lindqvist", None]


def test_undo_gives_each_back_to_whoever_had_it(cast, do, items):
    items[1].assign(cast.dora, by=cast.sam)
    page = do("assignments", person=str(cast.sam.id))

    assert "3 put back." in undo(do, page).text

    assert hands() == [None, "Dora Lindqvist", None]
    assert Event.select().where(Event.verb == Verb.FEEDBACK_ASSIGNED).count() == 7


def test_undo_leaves_alone_what_somebody_did_since(cast, do, items):
    page = do("assignments", person=str(cast.sam.id))
    items[0].assign(cast.dora, by=cast.dora)

    assert "2 put back. 1 not: Feedback 1 has moved on since." in undo(do, page).text

    assert hands() == ["Dora Lindqvist", None, None]


def test_undo_is_good_for_ten_minutes_and_for_whoever_did_it(cast, do, as_):
    page = do("assignments", person=str(cast.sam.id))
    deed = re.search(r'name="deed" value="([^"]+)"', page.text)[1]
    other = make.user("Bea Okafor", house_role=HouseRole.PRODUCER)
    make.member(other, cast.project, Role.PRODUCER)

    assert as_(other).post("/inbox/undos", data={"deed": deed}).status_code == 422
    later = clock.now().timestamp() + SECONDS + 2
    with time_machine.travel(later, tick=False):
        assert do.browser.post("/inbox/undos", data={"deed": deed}).status_code == 422
    assert do.browser.post("/inbox/undos", data={"deed": "x"}).status_code == 422
    assert hands() == ["Sam Moreau"] * 3


def test_several_are_snoozed_until_the_morning_of_a_day_and_undone(cast, do):
    page = do("snoozes", until=DAY)

    woken = {one.wakes_at.isoformat() for one in Handling.select()}
    assert woken == {"2031-03-12T08:00:00+00:00"}  # 09:00 where the studio is.
    undo(do, page)
    assert {one.wakes_at for one in Handling.select()} == {None}


def test_a_verdict_is_given_to_each_and_needs_words(cast, do):
    assert "0 judged as defect" in do("verdicts", reason=" ").text
    assert "3 judged as defect" in do("verdicts", reason="We mend it.").text

    assert {one.status for one in Feedback.select()} == {FeedbackStatus.TRIAGED}


def test_what_was_judged_meanwhile_is_left_alone(cast, do, items):
    items[0] = Feedback.get_by_id(items[0].id)
    make.verdict(Feedback.get_by_id(items[0].id), by=cast.sam)

    page = do("verdicts", reason="We mend it.")

    assert "2 judged as defect; the clients can read it. 1 not: The verdict has" in page.text
    assert Verdict.select().count() == 3


def test_what_can_be_resolved_is_and_the_rest_says_why_not(cast, do, items):
    make.verdict(items[0], by=cast.sam)

    page = do("resolutions")

    assert "1 resolved; the clients are asked to look again. 2 not: Give a verdict" in page.text


@pytest.mark.parametrize("what", ["assignments", "snoozes", "verdicts", "resolutions"])
def test_nothing_is_done_to_what_somebody_may_not_triage(cast, as_, what):
    """Bea runs one project and works on the other; what she ticks of a third is not there."""
    bea = make.user("Bea Okafor", house_role=HouseRole.PRODUCER)
    make.member(bea, cast.project, Role.TEAM)
    theirs = make.feedback(cast.project, by=cast.vic, kind=Kind.PRAISE)
    strange = make.feedback(cast.elsewhere, by=cast.otto, kind=Kind.PRAISE)
    ticks = {"item": [f"{theirs.id}.0", f"{strange.id}.0"], "reason": "No.", "until": DAY}

    answer = as_(bea).post(f"/inbox/{what}", data=ticks | {"kind": "defect"})

    assert (answer.status_code, "Tick what you mean first." in answer.text) == (422, True)
    assert {one.status for one in Feedback.select()} == {FeedbackStatus.NEW}


def test_with_nothing_ticked_it_says_so(do, items):
    items.clear()

    assert "Tick what you mean first." in do("assignments").text


@pytest.mark.parametrize(
    ("path", "form", "before"),
    [
        ("assignment", {"person": "sam"}, lambda one: one.assignee),
        ("severity", {"severity": "critical"}, lambda one: one.severity),
        ("snooze", {"until": DAY}, lambda one: one.wakes_at),
    ],
)
def test_what_is_done_to_one_is_undone_by_the_notice_about_it(cast, do, path, form, before):
    form = {name: str(cast.sam.id) if word == "sam" else word for name, word in form.items()}
    was = before(Handling.get(feedback=1))
    here = f"/projects/harbour/feedback/1/{path}?from=inbox"
    page = do.browser.post(here, data=form, follow_redirects=True)
    assert before(Handling.get(feedback=1)) != was

    undo(do, page)

    assert before(Handling.get(feedback=1)) == was


def test_a_merge_is_undone_too_and_htmx_brings_the_button(cast, do, items):
    here = "/projects/harbour/feedback/2/merge?from=inbox"
    page = do.browser.post(here, data={"into": "1"}, headers=PART)
    assert items[1].merge.into == items[0]

    undo(do, page)

    assert items[1].merge is None


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("severity", {"severity": "awful"}),
        ("snooze", {"until": "soon"}),
        ("merge", {"into": "the first"}),
    ],
)
def test_what_cannot_be_read_comes_back(do, path, form):
    answer = do.browser.post(f"/projects/harbour/feedback/1/{path}", data=form)

    assert answer.status_code == 422
    assert Handling.get(feedback=1).severity == Severity.NORMAL

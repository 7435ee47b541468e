"""A producer sees what one contact sees, to read only: no byte more, and nothing passes."""

import re

import pytest

from portal.access.models import Membership
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.threads.conversation import Conversation
from portal.threads.models import ReadMark, note, reply
from tests import make

CANARY = "quagga-88-internal"
PAGES = (
    "",
    "/activity",
    "/conversation",
    "/estimates/1",
    "/feedback",
    "/feedback/1",
    "/people",
    "/prototypes/1",
    "/scope",
    "/sign-offs/1",
)
MASKS = (
    (re.compile(r'<aside class="notices" id="viewing".*?</aside>\n?', re.DOTALL), ""),
    (re.compile(r'(name="csrf[-_]token" (?:value|content)=")[^"]*'), r"\1"),
    (re.compile(r'(name="key" value=")[^"]*'), r"\1"),
    (re.compile(r"http://localhost:8000/[^/]+/"), "content/"),
)


@pytest.fixture
def story(cast):
    """One of everything, and something internal about each."""
    make.estimate(cast.project, by=cast.sam).send(
        by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic]
    )
    make.estimate(cast.project, by=cast.sam, title=f"Draft {CANARY}")
    make.prototype(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    item = make.feedback(cast.project, by=cast.vic)
    item.assign(cast.dora, by=cast.sam)
    for thread in (item, Conversation(cast.project)):
        reply(thread, by=cast.sam, text="For both of us.")
        note(thread, by=cast.dora, text=f"They pay late: {CANARY}")
    return cast


def opened(browser, person):
    return browser.post(f"/projects/harbour/people/{member(person)}/view")


def member(person):
    return next(one.id for one in Membership.select().where(Membership.user == person))


def bare(text):
    for pattern, kept in MASKS:
        text = pattern.sub(kept, text)
    return text


@pytest.mark.parametrize("who", ["cleo", "vic"])
def test_every_page_is_byte_for_byte_the_contacts_own(story, as_, at, who):
    at("2027-03-12 10:45")
    contact = getattr(story, who)
    own, looking = as_(contact), as_(story.sam)
    opened(looking, contact)

    for path in PAGES:
        mine = own.get(f"/projects/harbour{path}", follow_redirects=True)
        seen = looking.get(f"/projects/harbour{path}", follow_redirects=True)
        assert seen.status_code == mine.status_code, path
        assert bare(seen.text).splitlines() == bare(mine.text).splitlines(), path
        assert f"as <b>{contact.name}</b> does" in seen.text
        assert CANARY not in seen.text


def test_the_canary_is_there_without_the_view(story, as_):
    assert CANARY in as_(story.sam).get("/projects/harbour/conversation").text


def test_what_only_the_studio_may_read_is_refused(story, as_):
    browser = as_(story.sam)
    opened(browser, story.cleo)

    assert browser.get("/projects/harbour/estimates/2").status_code == 404
    assert browser.get("/projects/harbour/facts").status_code == 403
    assert browser.get("/projects/harbour/threads/conversation/1/notes/1").status_code == 403


@pytest.mark.parametrize("path", ["/", "/inbox", "/projects", "/account", "/search"])
def test_the_view_is_of_one_project_alone(story, as_, path):
    browser = as_(story.sam)
    opened(browser, story.cleo)

    answer = browser.get(path)

    assert answer.status_code in (403, 404)
    assert browser.get("/projects/otter").status_code == 404


def test_another_project_of_the_contact_is_not_in_it(story, as_):
    other = make.project("pier", by=story.dora, client=story.client)
    make.member(story.cleo, other, member_role(story.cleo))
    browser = as_(story.sam)
    opened(browser, story.cleo)

    assert browser.get("/projects/pier").status_code == 404


def member_role(person):
    return Membership.get(user=person).role


def test_nothing_passes_and_nothing_counts_as_read(story, as_):
    browser = as_(story.sam)
    opened(browser, story.cleo)
    events = Event.select().count()
    posts = (
        "threads/conversation/1/messages",
        "threads/conversation/1/readings?message=1",
        "sign-offs/1/openings",
        "sign-offs/1/decisions",
        "feedback/1/messages",
        "conversation/preview",
    )

    answers = [browser.post(f"/projects/harbour/{path}", data={"message": "x"}) for path in posts]

    assert {one.status_code for one in answers} == {403}
    assert "End the view first" in answers[0].text
    assert Event.select().count() == events
    assert not ReadMark.select().exists()


def test_it_is_on_the_studios_own_record_and_not_on_the_clients(story, as_):
    opened(as_(story.sam), story.cleo)

    newest = Event.select().order_by(Event.id.desc()).first()
    assert (newest.verb, newest.chain) == (Verb.CLIENT_VIEW_OPENED, "harbour/internal")
    assert newest.body == {"person": story.cleo.identity}
    assert "looked at the project as" in as_(story.sam).get("/projects/harbour/activity").text
    assert "looked at" not in as_(story.cleo).get("/projects/harbour/activity").text


def test_a_button_ends_it(story, as_):
    browser = as_(story.sam)
    opened(browser, story.cleo)

    answer = browser.post("/client-view/end")

    assert answer.location == "/projects/harbour/people"
    assert CANARY in browser.get("/projects/harbour/conversation").text
    assert browser.post("/client-view/end").location == "/"


def test_it_ends_by_itself_after_half_an_hour(story, as_, at):
    at("2026-03-12 10:45")
    browser = as_(story.sam)
    opened(browser, story.cleo)
    at("2026-03-12 11:15")
    assert CANARY not in browser.get("/projects/harbour/conversation").text
    at("2026-03-12 11:15:01")

    assert CANARY in browser.get("/projects/harbour/conversation").text


def test_it_is_of_one_session(story, as_):
    opened(as_(story.sam), story.cleo)

    assert CANARY in as_(story.sam).get("/projects/harbour/conversation").text


def test_whoever_signs_out_meanwhile_is_out(story, as_):
    browser = as_(story.sam)
    opened(browser, story.cleo)

    browser.post("/sign-out")

    assert browser.get("/projects/harbour").status_code == 303


def test_when_the_contact_leaves_the_view_is_over(story, as_):
    browser = as_(story.sam)
    opened(browser, story.cleo)
    story.project.remove_member(Membership.get_by_id(member(story.cleo)), by=story.sam)

    assert 'id="viewing"' not in browser.get("/projects/harbour/people").text


@pytest.mark.parametrize("who", ["dora", "cleo", "vic"])
def test_only_who_runs_the_project_may_open_one(story, as_, who):
    assert opened(as_(getattr(story, who)), story.vic).status_code == 403


def test_a_colleague_cannot_be_looked_through(story, as_):
    answer = opened(as_(story.sam), story.dora)

    assert answer.status_code == 422
    assert not Event.select().where(Event.verb == Verb.CLIENT_VIEW_OPENED).exists()

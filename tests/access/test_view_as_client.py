"""A producer sees what one contact sees, to read only: no byte more, and nothing passes."""

import re

import pytest

from portal.access.guard import WAYS_OUT
from portal.access.models import Membership
from portal.access.permissions import Role
from portal.changes.models import ChangeRequest
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.prototypes.models import Pin
from portal.scope.models import ScopeItem
from portal.signoff.models import Receipt
from portal.threads.conversation import Conversation
from portal.threads.models import ReadMark, note, reply
from tests import make
from tests.stories import told

CANARY = "quagga-88-internal"
HERE = "/projects/harbour"
PAGES = (
    HERE,
    f"{HERE}/activity",
    f"{HERE}/changes",
    f"{HERE}/changes/1",
    f"{HERE}/changes/new",
    f"{HERE}/conversation",
    f"{HERE}/estimates",
    f"{HERE}/estimates/1",
    f"{HERE}/estimates/1/versions/1/sheet.csv",
    f"{HERE}/feedback",
    f"{HERE}/feedback/1",
    f"{HERE}/feedback/1/care",
    f"{HERE}/feedback/2",
    f"{HERE}/feedback/new",
    f"{HERE}/people",
    f"{HERE}/prototypes",
    f"{HERE}/prototypes/1",
    f"{HERE}/prototypes/pins/1",
    f"{HERE}/questions/1",
    f"{HERE}/scope",
    f"{HERE}/scope/1",
    f"{HERE}/scope/difference",
    f"{HERE}/sign-offs/1",
    f"{HERE}/sign-offs/2",
    f"{HERE}/sign-offs/2/pdf",
    f"{HERE}/threads/estimate/1",
    f"{HERE}/threads/feedback/2/messages/1",
    f"{HERE}/threads/scope_item/1",
    "/help/changes-after-sending",
    "/verify",
)
PARTS = (
    f"{HERE}/prototypes/pins/1",
    f"{HERE}/sign-offs/2/standing",
    f"{HERE}/threads/estimate/1?panel=1",
    f"{HERE}/threads/scope_item/1?panel=1",
)
#: Where the studio alone may go: for the contact as for whoever looks.
CLOSED = (
    f"{HERE}/estimates/2",
    f"{HERE}/estimates/2/versions/1/sheet.csv",
    f"{HERE}/facts",
    f"{HERE}/prototypes/new",
    f"{HERE}/previews/estimate/2",
    f"{HERE}/previews/estimate/2/pdf",
    f"{HERE}/threads/conversation/1/notes/1",
    f"{HERE}/threads/estimate/2",
    f"{HERE}/threads/estimate/2?panel=1",
    "/inbox/harbour/1",
)
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
MASKS = (
    (re.compile(r'<aside class="notices" id="viewing".*?</aside>\n?', re.DOTALL), ""),
    (re.compile(r'(name="csrf[-_]token" (?:value|content)=")[^"]*'), r"\1"),
    (re.compile(r'(name="key" value=")[^"]*'), r"\1"),
    (re.compile(r"http://localhost:8000/[^/]+/"), "content/"),
)


def tell(cast):
    signed = make.estimate(cast.project, by=cast.sam)
    make.answer(signed.send(by=cast.sam, deciders=[cast.cleo]), by=cast.cleo)
    draft = make.estimate(cast.project, by=cast.sam, title=f"Draft {CANARY}")
    note(draft.estimate, by=cast.dora, text=CANARY)
    talked(cast, Conversation(cast.project), signed.estimate)


def tell_all(cast):
    tell(cast)
    version = make.prototype(cast.project, by=cast.sam)
    sent = version.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])
    make.question(sent, by=cast.cleo)
    make.pins(version, by=cast.vic)
    ChangeRequest.ask(cast.project, by=cast.cleo, title="More boats", why="Fun.")
    item = make.feedback(cast.project, by=cast.vic)
    item.assign(cast.dora, by=cast.sam)
    talked(cast, ScopeItem.get(), Pin.get(), item)


beginning = told("whole", tell_all)


@pytest.fixture
def story(cast):
    """What was signed, what is drafted, and a note on each."""
    if not ScopeItem.select().exists():
        tell(cast)
    return cast


@pytest.fixture
def whole(cast):
    """One of everything besides, and something internal about each."""
    return cast


def talked(cast, *threads):
    for thread in threads:
        reply(thread, by=cast.sam, text="For both of us.")
        note(thread, by=cast.dora, text=f"They pay late: {CANARY}")


def opened(browser, person):
    return browser.post(f"/projects/harbour/people/{member(person)}/view")


def member(person):
    return next(one.id for one in Membership.select().where(Membership.user == person))


def bare(text):
    for pattern, kept in MASKS:
        text = pattern.sub(kept, text)
    return text


@pytest.mark.parametrize("who", ["cleo", "vic"])
def test_every_page_is_byte_for_byte_the_contacts_own(whole, as_, at, who):
    at("2027-03-12 10:45")
    contact = getattr(whole, who)
    own, looking = as_(contact), as_(whole.sam)
    opened(looking, contact)

    for path in (*PAGES, Receipt.get().path):
        mine, seen = (one.get(path, follow_redirects=True) for one in (own, looking))
        assert (seen.status_code, mine.status_code) == (200, 200), path
        if seen.mimetype == "text/html":
            assert bare(seen.text).splitlines() == bare(mine.text).splitlines(), path
            assert f"as <b>{contact.name}</b> does" in seen.text
        else:
            assert seen.data == mine.data, path
        assert CANARY.encode() not in seen.data


@pytest.mark.parametrize("who", ["cleo", "vic"])
def test_parts_of_pages_and_what_is_closed_are_the_contacts_own_too(whole, as_, at, who):
    at("2027-03-12 10:45")
    contact = getattr(whole, who)
    own, looking = as_(contact), as_(whole.sam)
    opened(looking, contact)

    for path in PARTS:
        mine, seen = (one.get(path, headers=HTMX) for one in (own, looking))
        assert (seen.status_code, bare(seen.text)) == (mine.status_code, bare(mine.text)), path
        assert CANARY not in seen.text
    for path in CLOSED:
        mine, seen = (one.get(path) for one in (own, looking))
        assert (seen.status_code, mine.status_code) in {(403, 403), (404, 404)}, path
        assert CANARY not in seen.text


def test_a_receipt_of_another_project_is_not_in_it(story, as_):
    other = make.project("pier", by=story.sam, client=story.client)
    make.member(story.cleo, other, Role.SPONSOR)
    sent = make.estimate(other, by=story.sam).send(by=story.sam, deciders=[story.cleo])
    make.answer(sent, by=story.cleo)
    path = Receipt.select().order_by(Receipt.id.desc()).get().path
    browser = as_(story.sam)
    opened(browser, story.cleo)

    for address in (path, f"{path}/record.json", f"{path}/pdf"):
        assert browser.get(address).status_code == 404
    assert as_(story.cleo).get(path).status_code == 200


def test_no_route_at_all_takes_a_change(story, app, as_):
    browser = as_(story.sam)
    opened(browser, story.cleo)
    adapter = app.url_map.bind("127.0.0.1:8000")
    for rule in app.url_map.iter_rules():
        methods = rule.methods - {"GET", "HEAD", "OPTIONS"}
        if rule.endpoint in WAYS_OUT or not methods:
            continue
        known = {"slug": "harbour", "kind": "estimate"}
        values = {name: known.get(name, 1) for name in rule.arguments}
        for method in methods:
            path = adapter.build(rule.endpoint, values, method=method)
            assert browser.open(path, method=method).status_code == 403, f"{method} {path}"


def test_the_canary_is_there_without_the_view(story, as_):
    assert CANARY in as_(story.sam).get("/projects/harbour/conversation").text


def test_what_only_the_studio_may_read_is_refused(story, as_):
    browser = as_(story.sam)
    opened(browser, story.cleo)

    assert browser.get("/projects/harbour/threads/estimate/2").status_code == 404
    assert browser.get("/projects/harbour/estimates/2").status_code == 404
    assert browser.get("/projects/harbour/facts").status_code == 403
    assert browser.get("/projects/harbour/threads/conversation/1/notes/1").status_code == 403


@pytest.mark.parametrize("who", ["cleo", "vic"])
def test_what_a_client_has_not_sent_stays_theirs(story, as_, who):
    """The page promises it to whoever drafts a pin, and to colleagues who gather theirs."""
    version = make.prototype(story.project, by=story.sam)
    version.prototype.set_terms(by=story.sam, captain=story.vic)
    version.send(by=story.sam, deciders=[story.cleo], reviewers=[story.vic])
    make.pins(version, by=story.cleo, texts=["Shown to Vic alone."])
    for author in (story.cleo, story.vic):
        make.pins(version, by=author, texts=["Only a draft."], publish=False)
    own, looking = as_(getattr(story, who)), as_(story.sam)
    opened(looking, getattr(story, who))

    mine, seen = texts(own, version), texts(looking, version)
    assert "Shown to Vic" in mine
    assert "Only a draft" in mine
    assert "Shown to Vic" not in seen
    assert "Only a draft" not in seen


def texts(browser, version):
    paths = (version.path, "/projects/harbour/prototypes/1/rounds/1", f"{version.path}?screen=1")
    more = ("/projects/harbour/prototypes/1/rounds/1/change-request", "/projects/harbour")
    return "".join(browser.get(path, follow_redirects=True).text for path in (*paths, *more))


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


def test_whoever_is_taken_off_the_project_sees_it_with_nobodys_eyes(story, as_):
    browser, kim = as_(story.sam), a_second_producer(story)
    opened(browser, story.cleo)
    story.project.remove_member(Membership.get_by_id(member(story.sam)), by=kim)

    assert browser.get("/projects/harbour").status_code == 404
    assert browser.get(Receipt.get().path).status_code == 404


def test_whoever_runs_it_no_more_sees_with_their_own_eyes_again(story, as_):
    browser, kim = as_(story.sam), a_second_producer(story)
    opened(browser, story.cleo)
    story.project.change_role(Membership.get_by_id(member(story.sam)), Role.TEAM, by=kim)

    assert 'id="viewing"' not in browser.get("/projects/harbour/people").text


def a_second_producer(story):
    kim = make.producer("Kim")
    make.member(kim, story.project, Role.PRODUCER)
    return kim


@pytest.mark.parametrize("who", ["dora", "cleo", "vic"])
def test_only_who_runs_the_project_may_open_one(story, as_, who):
    assert opened(as_(getattr(story, who)), story.vic).status_code == 403


def test_a_colleague_cannot_be_looked_through(story, as_):
    answer = opened(as_(story.sam), story.dora)

    assert answer.status_code == 422
    assert not Event.select().where(Event.verb == Verb.CLIENT_VIEW_OPENED).exists()

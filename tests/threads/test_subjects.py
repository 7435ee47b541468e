"""Threads on what is sent and signed: the studio's own while it is a draft, both sides' after that."""

import pytest

from portal.changes.models import ChangeRequest
from portal.core.errors import Conflict
from portal.estimates.models import Estimate
from portal.ledger.models import Event
from portal.mail.models import Letter
from portal.scope.models import ScopeItem
from portal.signoff.models import SignOff
from portal.threads import unread
from portal.threads.conversation import Conversation
from portal.threads.models import Message, note, reply
from portal.threads.panel import FEW
from portal.threads.topic import TOPICS
from tests import make
from tests.stories import told

HERE = "/projects/harbour"
CANARY = "quagga-73"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
MAKES = {
    "cancellation": lambda cast: make.cancellation(SignOff.get(), by=cast.sam),
    "change_request": lambda cast: make.change(cast.project, by=cast.sam, title=CANARY),
    "estimate": lambda cast: make.estimate(cast.project, by=cast.sam, title=CANARY),
    "prototype": lambda cast: make.prototype(cast.project, by=cast.sam, title=CANARY),
}
every = pytest.mark.parametrize("kind", MAKES)


def sign(cast):
    draft = make.estimate(cast.project, by=cast.sam)
    make.answer(draft.send(by=cast.sam, deciders=[cast.cleo]), by=cast.cleo)


beginning = told("contract", sign)


@pytest.fixture
def contract(cast):
    """The signed estimate 1, with scope item 1."""
    return cast


def drafted(cast, kind):
    """Return a draft of that kind, and its thread."""
    draft = MAKES[kind](cast)
    return draft, TOPICS[kind].find(cast.project, draft.number)


def path_of(topic):
    return f"{HERE}/threads/{topic.KIND}/{topic.number}"


def send(draft, cast):
    return draft.send(by=cast.sam, deciders=[cast.cleo])


# While it is a draft -----------------------------------------------------------------------------


@every
@pytest.mark.parametrize("who", ["cleo", "vic", "otto"])
def test_the_thread_of_a_draft_is_no_more_there_than_one_that_never_was(contract, as_, kind, who):
    _, topic = drafted(contract, kind)
    note(topic, by=contract.dora, text=f"Half price would do: {CANARY}.")
    browser, path = as_(getattr(contract, who)), path_of(topic)

    for address in ("", "?panel=1", "/messages/1"):
        answer = browser.get(f"{path}{address}")
        none = browser.get(f"{HERE}/threads/{kind}/77{address}")
        assert (answer.status_code, answer.data) == (404, none.data), address
    for address in ("messages", "messages/1/edits", "readings?message=1"):
        answer = browser.post(f"{path}/{address}", data={"message": "Hello", "text": "Hello"})
        assert answer.status_code == 404, address
    assert not Message.select().exists()


@every
def test_on_a_draft_the_studio_writes_notes_and_nothing_to_the_client(contract, as_, kind):
    _, topic = drafted(contract, kind)
    browser = as_(contract.dora)

    noted = browser.post(f"{path_of(topic)}/notes", data={"note": "Half price would do."})
    said = browser.post(f"{path_of(topic)}/messages", data={"message": "Half price."})
    page = browser.get(path_of(topic)).text

    assert (noted.status_code, said.status_code) == (303, 409)
    assert "Half price would do." in page
    assert "The client knows nothing of it yet" in page
    assert "Goes to" not in page
    with pytest.raises(Conflict, match="Once it is sent"):
        reply(topic, by=contract.sam, text="Half price.")


@every
def test_a_note_on_a_draft_changes_no_byte_that_a_client_gets(contract, as_, at, kind):
    at("2027-03-12 10:45")
    _, topic = drafted(contract, kind)
    browser = as_(contract.cleo)
    paths = [
        HERE,
        *(f"{HERE}/{one}" for one in ("conversation", "estimates", "changes", "scope/1")),
    ]
    before = [browser.get(path).data for path in paths]
    etags = [browser.get(path).headers.get("ETag") for path in paths]
    letters = Letter.select().where(Letter.name == contract.cleo.name).count()

    note(topic, by=contract.dora, text=f"@Cleo, half price would do: {CANARY}.")

    assert [browser.get(path).data for path in paths] == before
    assert [browser.get(path).headers.get("ETag") for path in paths] == etags
    assert unread.on_project(contract.project, contract.cleo) == []
    assert Letter.select().where(Letter.name == contract.cleo.name).count() == letters
    assert Event.select().order_by(Event.id.desc()).first().is_internal
    assert CANARY not in browser.get("/search?q=would").text
    assert CANARY in as_(contract.sam).get("/search?q=would").text


@every
def test_a_link_to_the_thread_of_a_draft_names_nothing_to_a_client(contract, as_, kind):
    _, topic = drafted(contract, kind)
    reply(
        Conversation(contract.project),
        by=contract.sam,
        text=f"See http://127.0.0.1:8000{path_of(topic)}.",
    )

    assert CANARY not in as_(contract.cleo).get(f"{HERE}/conversation").text


# Once it was sent --------------------------------------------------------------------------------


@every
def test_what_was_sent_has_a_thread_for_both_sides(contract, as_, kind):
    draft, topic = drafted(contract, kind)
    note(topic, by=contract.dora, text="They pay late.")
    send(draft, contract)

    as_(contract.cleo).post(f"{path_of(topic)}/messages", data={"message": "Why so soon?"})
    as_(contract.sam).post(f"{path_of(topic)}/messages", data={"message": "The boats leave."})
    page = as_(contract.vic).get(path_of(topic)).text

    assert "Why so soon?" in page
    assert "The boats leave." in page
    assert "They pay late." not in page
    assert "They pay late." in as_(contract.sam).get(path_of(topic)).text
    newest = Event.select().where(Event.verb == "message.posted").first()
    assert (newest.subject_kind, newest.chain) == (kind, "harbour")


@every
def test_whoever_was_asked_hears_of_it_and_a_copy_asks_nobody(contract, as_, kind):
    draft, topic = drafted(contract, kind)
    draft.send(by=contract.sam, deciders=[contract.cleo], copies=[contract.vic])

    page = as_(contract.sam).get(path_of(topic)).text
    reply(topic, by=contract.sam, text="The boats leave.")

    assert "Goes to <b>Cleo Janssen</b>" in page
    told = Letter.select().where(Letter.template == "message-posted")
    assert [letter.name for letter in told] == ["Cleo Janssen"]
    assert "Goes to <b>Sam Moreau</b>" in as_(contract.cleo).get(path_of(topic)).text


@every
def test_its_thread_stands_on_the_page_where_it_is_signed(contract, as_, kind):
    draft, topic = drafted(contract, kind)
    sign_off = send(draft, contract)

    for who in (contract.cleo, contract.sam):
        assert f'hx-get="{path_of(topic)}?panel=1"' in as_(who).get(sign_off.path).text


def test_a_stranger_never_finds_a_thread(contract, as_):
    for path in (f"{HERE}/threads/estimate/1", f"{HERE}/threads/scope_item/1"):
        assert as_(contract.otto).get(path).status_code == 404
        assert as_(contract.ada).get(path).status_code == 404
        assert as_(contract.otto).post(f"{path}/messages").status_code == 404
        assert as_(None).get(path).location.startswith("/sign-in")


def test_the_draft_of_a_next_version_leaves_the_thread_as_the_client_knows_it(contract, as_, at):
    at("2027-03-12 10:45")
    draft, topic = drafted(contract, "estimate")
    send(draft, contract)
    browser, page = as_(contract.cleo), path_of(topic)
    before = browser.get(page).text
    after = topic.revise(by=contract.sam)
    after.save_draft(by=contract.sam, edits=after.edits, values={"title": "Half the price"})

    assert Estimate.find(contract.project, topic.number).title == CANARY
    assert "Half the price" not in browser.get(page).text
    assert browser.get(page).text == before
    assert reply(topic, by=contract.cleo, text="Still there?").number == 1


def test_what_a_client_asked_for_can_be_talked_about_at_once(contract, as_):
    change = ChangeRequest.ask(contract.project, by=contract.vic, title="More boats", why="Fun.")
    path = f"{HERE}/threads/change_request/{change.number}"

    page = as_(contract.sam).get(path).text
    as_(contract.vic).post(f"{path}/messages", data={"message": "Red ones."})

    assert "Goes to <b>Vic Aalto</b>" in page
    assert "Red ones." in as_(contract.cleo).get(path).text
    assert f'hx-get="{path}?panel=1"' in as_(contract.vic).get(f"{HERE}/changes/1").text


def test_a_scope_item_is_talked_about_by_everybody_on_the_project(contract, as_):
    path = f"{HERE}/threads/scope_item/1"
    as_(contract.vic).post(f"{path}/messages", data={"message": "In Dutch, too?"})

    assert "In Dutch, too?" in as_(contract.sam).get(path).text
    assert f'hx-get="{path}?panel=1"' in as_(contract.cleo).get(f"{HERE}/scope/1").text
    assert as_(contract.cleo).get(f"{HERE}/threads/scope_item/2").status_code == 404
    assert ScopeItem.get().title == "Design"


def test_what_has_its_thread_on_its_own_page_is_read_there(contract, as_):
    make.feedback(contract.project, by=contract.vic)

    assert as_(contract.vic).get(f"{HERE}/threads/feedback/1").location == f"{HERE}/feedback/1"
    assert as_(contract.vic).get(f"{HERE}/threads/nothing/1").status_code == 404


# The panel ---------------------------------------------------------------------------------------


@pytest.fixture
def talk(contract):
    return Estimate.find(contract.project, 1)


def test_the_panel_holds_the_newest_and_the_way_to_the_whole(contract, talk, as_):
    for number in range(FEW + 1):
        reply(talk, by=contract.cleo, text=f"Word {number}")

    panel = as_(contract.vic).get(f"{path_of(talk)}?panel=1", headers=HTMX).text

    assert "Word 0" not in panel
    assert all(f"Word {number}" in panel for number in range(1, FEW + 1))
    assert f'<a href="{path_of(talk)}">All of it</a>' in panel
    assert "<html" not in panel


def test_what_is_written_in_the_panel_comes_back_in_it(contract, talk, as_):
    browser, path = as_(contract.cleo), f"{path_of(talk)}/messages?panel=1"

    said = browser.post(path, data={"message": "Is it in?"}, headers=HTMX)
    empty = browser.post(path, data={"message": " "}, headers=HTMX)
    plain = browser.post(path, data={"message": "Is it in now?"})

    assert (said.status_code, empty.status_code, plain.status_code) == (200, 422, 303)
    assert all('id="talk-panel"' in one.text for one in (said, empty))
    assert "Is it in?" in said.text
    assert "Write a message first." in empty.text
    assert plain.location == path_of(talk)


def test_a_panel_that_leaves_new_words_out_does_not_count_as_read(contract, talk, as_):
    browser, panel = as_(contract.sam), f"{path_of(talk)}?panel=1"
    for number in range(FEW):
        reply(talk, by=contract.cleo, text=f"Word {number}")
    assert "was-opened" in browser.get(panel, headers=HTMX).text
    reply(talk, by=contract.cleo, text="One more")

    assert "was-opened" not in browser.get(panel, headers=HTMX).text
    assert "was-opened" in browser.get(path_of(talk)).text


def test_the_panel_of_a_client_knows_no_note(contract, talk, as_):
    note(talk, by=contract.dora, text=f"They pay late: {CANARY}")
    panel = f"{path_of(talk)}?panel=1"

    assert CANARY in as_(contract.sam).get(panel, headers=HTMX).text
    for who in (contract.cleo, contract.vic):
        text = as_(who).get(panel, headers=HTMX).text
        assert CANARY not in text
        assert "nternal" not in text


@pytest.mark.parametrize("seen", ["sam", "cleo", "sam?panel=1", "cleo?panel=1"])
def test_a_thread_costs_the_same_with_few_words_and_with_many(
    contract, talk, as_, count_queries, seen
):
    who, _, part = seen.partition("?")
    browser, path = as_(getattr(contract, who)), f"{path_of(talk)}?{part}"
    for _ in range(2):
        note(talk, by=contract.dora, text="Note")
        reply(talk, by=contract.vic, text="Word")
    browser.get(path)
    with count_queries() as few:
        browser.get(path, headers=HTMX)
    for number in range(20):
        note(talk, by=contract.dora, text=f"Note {number}")
        reply(talk, by=contract.vic, text=f"Word {number}")
    with count_queries() as many:
        browser.get(path, headers=HTMX)

    assert len(many) == len(few)


# Lists -------------------------------------------------------------------------------------------


def test_lists_say_what_is_new_in_each_thread_until_it_was_read(contract, talk, as_):
    reply(talk, by=contract.cleo, text="Is it in?")
    note(talk, by=contract.dora, text="It is not.")
    browser = as_(contract.sam)

    assert "2 new" in browser.get(f"{HERE}/estimates").text
    assert f'<a href="{path_of(talk)}">Estimate 1</a>' in browser.get(HERE).text
    assert "1 new" in as_(contract.vic).get(f"{HERE}/estimates").text
    assert " new</b>" not in as_(contract.cleo).get(f"{HERE}/estimates").text
    browser.post(f"{path_of(talk)}/readings?message=1&note=1")
    assert " new</b>" not in browser.get(f"{HERE}/estimates").text

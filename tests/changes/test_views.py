"""Change requests over HTTP: plain first, then the parts; who may not."""

import pytest
from playhouse.test_utils import count_queries

from portal.changes.models import ChangeRequest, ChangeVersion
from portal.scope.models import Action
from portal.signoff.models import SignOff
from tests import make

HERE = "/projects/harbour/changes"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


def typed(draft, **changes):
    """What a browser posts from the editor of a draft without rows."""
    fields = {
        "edits": draft.edits,
        "title": "School groups",
        "summary": "Schools book by themselves.",
        "why": "Time.",
        "rule": "any",
    }
    return fields | changes


def row(index, **fields):
    return {f"alternatives-0-impacts-{index}-{name}": value for name, value in fields.items()}


@pytest.fixture
def draft(cast):
    return ChangeRequest.draft(cast.project, by=cast.sam).current


def now(draft):
    return ChangeVersion.get_by_id(draft.id)


# The studio --------------------------------------------------------------------------------------


def test_the_button_opens_a_draft(cast, as_):
    answer = as_(cast.sam).post(HERE)

    assert (answer.status_code, answer.location) == (303, f"{HERE}/1")
    assert b"Send for sign-off" in as_(cast.sam).get(f"{HERE}/1").data


def test_saving_keeps_words_rows_and_whom_to_ask(cast, contract, draft, as_):
    fields = typed(
        draft,
        deciders=cast.cleo.id,
        due_on="2031-01-31",
        **{"alternatives-0-launch_on": "2031-06-12"},
    )
    fields |= row(0, action="added", title="Booking", price="4,750.50") | row(
        1, action="removed", item="2"
    )

    answer = as_(cast.sam).post(f"{HERE}/1/draft", data=fields)

    assert (answer.status_code, answer.location) == (303, f"{HERE}/1")
    saved = ChangeVersion.draft(cast.project, 1)
    assert [
        (one.action, one.item_number, one.price_minor) for one in saved.recommended.impacts
    ] == [
        (Action.ADDED, None, 4_750_50),
        (Action.REMOVED, 2, None),
    ]
    assert saved.asks["deciders"] == [cast.cleo.id]
    assert saved.asks["due_on"] == "2031-01-31"


def test_a_row_is_added_and_another_taken_out(cast, contract, draft, as_):
    fields = typed(draft) | row(0, action="added", title="A") | row(1, action="added", title="B")

    browser = as_(cast.sam)
    added = browser.post(f"{HERE}/1/draft", data={**fields, "act": "add-changed:alternatives-0"})
    fields["edits"] = 1
    browser.post(f"{HERE}/1/draft", data={**fields, "act": "remove:alternatives-0-impacts-0"})

    assert added.location == f"{HERE}/1#alternatives-0-impacts-2"
    assert [one.title for one in now(draft).recommended.impacts] == ["B"]


def test_what_cannot_be_read_comes_back_as_typed(cast, contract, draft, as_):
    fields = typed(draft, title="Kept") | row(0, action="added", title="Map", price="about 500")

    answer = as_(cast.sam).post(f"{HERE}/1/draft", data=fields)

    assert answer.status_code == 422
    for text in ("Kept", "about 500", "Write a number", 'aria-invalid="true"'):
        assert text in answer.text
    assert now(draft).edits == 0


def test_a_bad_row_can_be_taken_out(cast, contract, draft, as_):
    fields = typed(draft) | row(0, action="added", price="about 500")

    answer = as_(cast.sam).post(
        f"{HERE}/1/draft", data={**fields, "act": "remove:alternatives-0-impacts-0"}
    )

    assert answer.status_code == 303


def test_an_autosave_answers_with_the_new_sums_and_count(cast, contract, draft, as_):
    fields = typed(draft) | row(0, action="added", title="Map", price="850")

    answer = as_(cast.sam).post(f"{HERE}/1/draft", data=fields, headers=PART)

    assert answer.status_code == 200
    assert 'id="totals"' in answer.text
    assert "+850" in answer.text
    assert 'name="edits" value="1"' in answer.text
    assert "<html" not in answer.text


def test_a_stale_form_comes_back_with_what_was_typed(cast, contract, draft, as_):
    draft.write([], by=cast.dora, edits=0, title="Dora's")
    fields = typed(draft, title="Sam's")

    answer = as_(cast.sam).post(f"{HERE}/1/draft", data=fields)

    assert answer.status_code == 409
    assert "Dora Lindqvist saved this draft" in answer.text
    assert "Sam&#39;s" in answer.text
    as_(cast.sam).post(f"{HERE}/1/draft", data={**fields, "overwrite": "1"})
    assert now(draft).title == "Sam's"


def test_sending_saves_what_was_typed_and_asks(cast, contract, draft, as_):
    fields = typed(draft, deciders=cast.cleo.id, reviewers=cast.vic.id)
    fields |= row(0, action="added", title="Booking", price="4750")

    answer = as_(cast.sam).post(f"{HERE}/1/sign-off", data=fields)

    sign_off = SignOff.get(kind="change")
    assert (answer.status_code, answer.location) == (303, sign_off.path)
    assert [one.user for one in sign_off.addressees] == [cast.cleo, cast.vic]
    assert sign_off.amount_minor == 4_750_00


def test_what_is_missing_keeps_the_editor_open(cast, contract, draft, as_):
    fields = typed(draft, title="", summary="Kept", deciders=cast.cleo.id)

    answer = as_(cast.sam).post(f"{HERE}/1/sign-off", data=fields)

    assert answer.status_code == 422
    assert "Give it a title." in answer.text
    assert "Kept" in answer.text
    assert now(draft).summary == "Kept"


def test_somebody_has_to_decide(cast, contract, draft, as_):
    answer = as_(cast.sam).post(f"{HERE}/1/sign-off", data=typed(draft))

    assert answer.status_code == 422
    assert "Choose at least one person who can approve." in answer.text


def test_preview_saves_first(cast, contract, draft, as_):
    answer = as_(cast.sam).post(f"{HERE}/1/draft", data=typed(draft, act="preview"))

    assert answer.location == "/projects/harbour/previews/change/1"
    assert now(draft).title == "School groups"


def test_a_sent_one_shows_its_state_and_makes_a_new_version(cast, send, as_):
    sign_off = send()
    browser = as_(cast.sam)

    page = browser.get(f"{HERE}/1").text
    answer = browser.post(f"{HERE}/1/versions")

    assert sign_off.path in page
    assert "New version" in page
    assert answer.location == f"{HERE}/1"
    assert "version 2" in browser.get(f"{HERE}/1").text


def test_a_designer_drafts_but_does_not_send(cast, contract, draft, as_):
    browser = as_(cast.dora)

    page = browser.get(f"{HERE}/1").text

    assert "A producer of the project sends it." in page
    assert "Send for sign-off" not in page
    assert browser.post(f"{HERE}/1/draft", data=typed(draft)).status_code == 303
    assert browser.post(f"{HERE}/1/sign-off", data=typed(draft)).status_code == 403


# The client --------------------------------------------------------------------------------------


def test_a_client_asks_and_reads_that_it_is_being_priced(cast, as_, letters):
    browser = as_(cast.vic)
    words = {"title": "In Frisian", "why": "The council asks."}

    answer = browser.post(f"{HERE}/new", data=words)

    assert (answer.status_code, answer.location) == (303, f"{HERE}/1")
    page = browser.get(f"{HERE}/1").text
    assert "The studio is pricing it." in page
    assert "The council asks." in page
    [letter] = letters()
    assert letter["To"].addresses[0].addr_spec == cast.sam.email
    assert letter["Subject"] == "Vic Aalto asks for a change: In Frisian"
    assert "http://127.0.0.1:8000/projects/harbour/changes/1" in letter.get_body().get_content()


def test_asking_for_nothing_comes_back(cast, as_):
    answer = as_(cast.cleo).post(f"{HERE}/new", data={"title": "In Frisian", "why": ""})

    assert answer.status_code == 422
    assert "In Frisian" in answer.text
    assert "Say why" in answer.text


def test_a_client_never_sees_what_a_draft_says(cast, contract, as_):
    """Of their own request they read their own words, until the studio's are sent."""
    change = ChangeRequest.ask(cast.project, by=cast.cleo, title="In Frisian", why="Asked.")
    draft = ChangeVersion.draft(cast.project, change.number)
    rows = [make.change_row() | make.ADDED]
    draft.write(rows, by=cast.sam, edits=0, title="Canary", summary="Canary", why="Canary")
    browser = as_(cast.cleo)

    for page in (browser.get(f"{HERE}/1").text, browser.get(HERE).text):
        assert "In Frisian" in page
        assert "Canary" not in page
        assert "4,750" not in page
        assert "Booking" not in page


def test_a_draft_of_the_studio_is_not_there_for_a_client(cast, contract, draft, as_):
    browser = as_(cast.cleo)
    nothing = browser.get(f"{HERE}/99")

    answer = browser.get(f"{HERE}/1")

    assert (answer.status_code, answer.data) == (404, nothing.data)
    assert "No change request yet" in browser.get(HERE).text


def test_a_sent_one_leads_a_client_to_the_newest_sign_off(cast, send, as_):
    send()
    version = ChangeRequest.find(cast.project, 1).make_version(by=cast.sam)
    newest = version.send(by=cast.sam, deciders=[cast.cleo])
    ChangeRequest.find(cast.project, 1)

    answer = as_(cast.cleo).get(f"{HERE}/1")

    assert (answer.status_code, answer.location) == (303, newest.path)


def test_the_sign_off_page_shows_what_changes(cast, send, as_):
    sign_off = send(impacts=[make.ADDED, {"action": Action.REMOVED, "item": 2}], why="Because.")

    page = as_(cast.cleo).get(sign_off.path).text

    for text in ("Because.", "Booking", "<del>Floor plan</del>", "+4,750", "−1,200", "+3,550"):
        assert text in page


@pytest.mark.parametrize(
    ("path", "method"),
    [("", "post"), ("/1/draft", "post"), ("/1/sign-off", "post"), ("/1/versions", "post")],
)
def test_a_client_neither_writes_nor_sends(cast, draft, as_, path, method):
    for who in (cast.cleo, cast.vic):
        assert as_(who).open(f"{HERE}{path}", method=method).status_code == 403


def test_the_studio_asks_nothing_of_itself(cast, as_):
    assert as_(cast.sam).get(f"{HERE}/new").status_code == 403


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("POST", ""),
        ("GET", "/new"),
        ("POST", "/new"),
        ("GET", "/1"),
        ("POST", "/1/draft"),
        ("POST", "/1/sign-off"),
        ("POST", "/1/versions"),
    ],
)
def test_another_client_gets_the_one_page_of_nothing(cast, draft, as_, method, path):
    browser = as_(cast.otto)
    nothing = browser.get("/projects/nowhere/changes")

    answer = browser.open(f"{HERE}{path}", method=method)

    assert (answer.status_code, answer.data) == (404, nothing.data)


# Lists -------------------------------------------------------------------------------------------


def test_each_side_lists_what_it_may_know(cast, send, as_):
    send(title="Sent")
    make.change(cast.project, by=cast.sam, title="Drafted")
    ChangeRequest.ask(cast.project, by=cast.cleo, title="Asked", why="Why.")

    studio, client = as_(cast.sam).get(HERE).text, as_(cast.cleo).get(HERE).text

    assert all(text in studio for text in ("Sent", "Drafted", "Asked for"))
    assert all(text in client for text in ("Sent", "Asked", "Being priced", "+4,750"))
    assert "Drafted" not in client


def statements(browser, path):
    with count_queries() as counter:
        assert browser.get(path).status_code == 200
    return counter.count


@pytest.mark.parametrize("path", [HERE, f"{HERE}/1"])
def test_a_page_costs_the_same_with_one_row_and_with_many(cast, contract, as_, path):
    pages = {name: as_(getattr(cast, name)) for name in ("sam", "cleo")}
    who = "sam" if path != HERE else "cleo"
    draft = make.change(cast.project, by=cast.sam)
    ChangeRequest.ask(cast.project, by=cast.cleo, title="Asked", why="Why.")
    pages[who].get(path)
    few = statements(pages[who], path)

    rows = [make.change_row() | make.ADDED | {"title": f"Item {n}"} for n in range(20)]
    draft.write(rows, by=cast.sam, edits=1)
    for n in range(20):
        ChangeRequest.ask(cast.project, by=cast.cleo, title=f"Asked {n}", why="Why.")

    assert statements(pages[who], path) == few <= 8

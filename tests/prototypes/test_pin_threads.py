"""Each pin has a thread: messages that both sides read, and notes that only the studio does."""

import hashlib
import re
import zipfile

import pytest

from portal.core.clock import stamp
from portal.ledger import export
from portal.ledger.export import Audience, Extent
from portal.ledger.models import Event, Head
from portal.mail.models import Letter
from portal.projects.models import Project
from portal.prototypes import queries
from portal.prototypes.models import Pin, Prototype
from portal.threads.models import Message, Note, note, reply
from tests import make

HERE = "/projects/harbour/prototypes"
FIRST, PIN = f"{HERE}/1/versions/1", f"{HERE}/pins/1"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
CANARY = "quagga-78-internal"
TOKENS = re.compile(r'(value|content)="[\w.\-]{20,}"')


@pytest.fixture
def pin(cast, sent):
    make.pins(sent, by=cast.vic, texts=["Too blue", "Too loud"])
    return Pin.published(sent, 1)


# Reading and writing -----------------------------------------------------------------------------


def test_a_thread_is_opened_alone_or_as_a_page_of_its_own(cast, pin, as_):
    reply(pin, by=cast.sam, text="Which blue?")
    vic = as_(cast.vic)

    part, page = vic.get(f"{PIN}?on=1", headers=PART), vic.get(PIN)

    assert part.text.lstrip().startswith('<details class="data talk" id="talk-1" open')
    assert "Which blue?" in part.text
    assert "<h1>Pin 1</h1>" in page.text
    assert "Which blue?" in page.text
    assert "Goes to <b>Sam Moreau</b>" in page.text
    assert f'href="{FIRST}?screen=1#at-1"' in page.text


def test_the_versions_page_counts_messages_and_holds_those_of_the_open_pin_only(cast, pin, as_):
    reply(pin, by=cast.sam, text="Which blue?")
    reply(pin, by=cast.vic, text="The sky's.")

    closed, opened = (as_(cast.cleo).get(path).text for path in (FIRST, f"{FIRST}?pin=1"))

    assert "2 messages" in closed
    assert "Which blue?" not in closed
    assert "Which blue?" in opened


def test_a_reply_leads_back_to_where_it_was_written(cast, pin, as_):
    vic = as_(cast.vic)

    beside = vic.post(f"{PIN}/messages?on=1&screen=2", data={"message": "The sky's."})
    alone = vic.post(f"{PIN}/messages", data={"message": "Or the sea's."})
    part = vic.post(f"{PIN}/messages?on=1", data={"message": "No."}, headers=PART)

    assert beside.location == f"{FIRST}?screen=2&pin=1#talk-1"
    assert alone.location == f"{PIN}#talk-1"
    assert "3 messages" in part.text
    assert [one.text for one in Message.select()] == ["The sky's.", "Or the sea's.", "No."]


@pytest.mark.parametrize(("path", "field"), [("messages", "message"), ("notes", "note")])
def test_nothing_is_written_without_words(cast, pin, as_, path, field):
    answer = as_(cast.sam).post(f"{PIN}/{path}?on=1", data={field: " "}, headers=PART)

    assert answer.status_code == 422
    assert "Write a" in answer.text
    assert not Message.select().exists()
    assert not Note.select().exists()


def test_steps_stand_in_the_thread_with_their_words(cast, pin, as_):
    pin.address("Green now.", by=cast.dora)
    pin.reopen("Not on my phone.", by=cast.cleo)
    pin.address("Now everywhere.", by=cast.dora)
    pin.verify(by=cast.vic)

    page = as_(cast.sam).get(PIN).text

    for words in ("addressed it", "Green now.", "reopened it", "Not on my phone.", "verified it"):
        assert words in page


def test_who_is_mailed_about_a_reply(cast, pin):
    reply(pin, by=cast.dora, text="Which blue?")
    reply(pin, by=cast.cleo, text="Any.")

    told = {
        (one.name, one.context["by"]) for one in Letter.select() if one.template == "message-posted"
    }
    assert told == {
        ("Vic Aalto", "Dora Lindqvist"),
        ("Sam Moreau", "Cleo Janssen"),
        ("Dora Lindqvist", "Cleo Janssen"),
    }


def test_a_thread_of_another_project_or_of_a_draft_is_not_there(cast, sent, pin, as_):
    make.pins(sent, by=cast.cleo, texts=["Not yet"], publish=False)
    draft = Prototype.find(cast.project, 1).add_version(by=cast.sam)

    assert as_(cast.otto).get(PIN).status_code == 404
    assert as_(cast.otto).post(f"{PIN}/messages", data={"message": "x"}).status_code == 404
    assert as_(cast.cleo).get(f"{HERE}/pins/3").status_code == 404
    on_draft = f"{PIN}/messages?on={draft.version}"
    for who in (cast.cleo, cast.sam):
        assert as_(who).post(on_draft, data={"message": "x"}).status_code == 404


def test_a_client_cannot_write_a_note(cast, pin, as_):
    assert as_(cast.cleo).post(f"{PIN}/notes", data={"note": "x"}).status_code == 403
    assert "Internal" not in as_(cast.cleo).get(PIN).text


def test_opening_a_thread_costs_the_same_however_long_it_is(cast, pin, as_, count_queries):
    browser = as_(cast.sam)

    def cost(path):
        browser.get(path)
        with count_queries() as asked:
            assert browser.get(path).status_code == 200
        return len(asked)

    reply(pin, by=cast.sam, text="First")
    note(pin, by=cast.sam, text="First")
    few = [cost(path) for path in (PIN, f"{FIRST}?pin=1")]
    for n in range(12):
        reply(pin, by=cast.vic, text=f"More {n}")
        note(pin, by=cast.dora, text=f"More {n}")

    assert [cost(path) for path in (PIN, f"{FIRST}?pin=1")] == few
    assert max(few) <= 16


# What the studio writes for itself ---------------------------------------------------------------


def received(as_, cast, tmp_path):
    """Return all that the client can receive about the pin: pages, letters, ledger, revision."""
    paths = (PIN, FIRST, f"{FIRST}?pin=1", f"{FIRST}?show=open", HERE, "/projects/harbour", "/")
    pages = {}
    for who in ("cleo", "vic", "otto"):
        browser = crawlers.setdefault(who, as_(getattr(cast, who)))
        for path in paths:
            for headers in ({}, PART):
                answer = browser.get(path, headers=headers)
                body = TOKENS.sub("", answer.text)
                pages[who, path, len(headers)] = (
                    answer.status_code,
                    answer.headers.get("ETag"),
                    body,
                )
    outside = (
        Letter.select().where(Letter.user_id << [cast.cleo.id, cast.vic.id]).order_by(Letter.id)
    )
    export.write(tmp_path / "client.zip", Extent("harbour", Audience.CLIENT))
    sealed = hashlib.sha256((tmp_path / "client.zip").read_bytes()).hexdigest()
    head, revision = Head.get(chain="harbour"), Project.get(slug="harbour").client_revision
    return (
        pages,
        [str(one.context) for one in outside],
        sealed,
        head.hash,
        stamp(head.moved_at),
        revision,
    )


crawlers = {}


@pytest.fixture(autouse=True)
def fresh_crawlers():
    crawlers.clear()


def test_a_note_changes_no_byte_that_a_client_can_receive(cast, pin, as_, tmp_path, at):
    at("2026-03-12 10:45")
    reply(pin, by=cast.sam, text="Which blue?")
    at("2026-03-13 16:20")
    before = received(as_, cast, tmp_path)

    note(pin, by=cast.dora, text=f"The old one. @Cleo {CANARY}")
    note(pin, by=cast.sam, text=f"@Dora, do it. {CANARY}")

    assert received(as_, cast, tmp_path) == before


def test_the_same_look_does_notice_a_message(cast, pin, as_, tmp_path):
    before = received(as_, cast, tmp_path)

    reply(pin, by=cast.sam, text="Which blue?")

    after = received(as_, cast, tmp_path)
    assert all(new != old for new, old in zip(after[1:4], before[1:4], strict=True))
    assert after[0]["vic", PIN, 0] != before[0]["vic", PIN, 0]


def test_the_words_of_a_note_are_in_no_list_letter_or_export(cast, sent, pin, tmp_path, letters):
    note(pin, by=cast.dora, text=CANARY)
    note(pin, by=cast.sam, text=f"@Dora {CANARY}")

    export.write(tmp_path / "client.zip", Extent("harbour", Audience.CLIENT))
    with zipfile.ZipFile(tmp_path / "client.zip") as archive:
        assert not [name for name in archive.namelist() if CANARY.encode() in archive.read(name)]
    assert not Event.select().where(Event.line.contains(CANARY)).exists()
    assert {one.messages for one in queries.pins(sent, cast.cleo)} == {0}
    told = {one["To"].addresses[0].username for one in letters() if CANARY in str(one)}
    assert told <= {"sam.moreau", "dora.lindqvist"}


def test_the_studio_reads_and_counts_its_notes(cast, pin, as_):
    note(pin, by=cast.dora, text=CANARY)

    assert "1 note" in as_(cast.sam).get(FIRST).text
    assert CANARY in as_(cast.sam).get(PIN).text

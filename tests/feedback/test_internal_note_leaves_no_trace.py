"""An internal note, or whose hands something is in, changes no byte that a client can receive.

Every page is read as each person of the client, as a rival and as nobody, before and after.
"""

import datetime as dt
import hashlib
import re
import zipfile

import pytest

from portal.core.clock import stamp
from portal.feedback.inbox import batch
from portal.feedback.inbox.undoing import Deed
from portal.feedback.models import Feedback, SavedReply
from portal.feedback.words import Severity, VerdictKind
from portal.ledger import export
from portal.ledger.export import Audience, Extent
from portal.ledger.models import Event, Head
from portal.mail.models import Letter
from portal.projects.models import Project
from portal.projects.promises import Promise
from portal.signoff.models import Receipt
from portal.threads.models import note, reply
from tests import make

CANARY = "quagga-77-internal"
MASKS = (
    (re.compile(r'(name="csrf[-_]token" (?:value|content)=")[^"]*'), r"\1"),
    (re.compile(r'(name="key" value=")[^"]*'), r"\1"),
)
NEXT_WEEK = dt.datetime(2026, 3, 20, 8, tzinfo=dt.UTC)
ENOUGH = 17  # Pages that a client can look at in this story; fewer, and the walk has lost its way.
READERS = ("cleo", "vic", "otto", None)


@pytest.fixture
def judged(cast, at):
    """One of everything that a client can look at."""
    at("2026-03-12 10:45")
    estimate = make.estimate(cast.project, by=cast.sam).send(
        by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic]
    )
    make.answer(estimate, by=cast.cleo)
    make.prototype(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    judged = make.feedback(cast.project, by=cast.vic, text="The ferry leaves twice.")
    reply(judged, by=cast.sam, text="Which one is right?", is_question=True)
    reply(judged, by=cast.cleo, text="The second.")
    make.verdict(judged, by=cast.sam, kind=VerdictKind.OUT_OF_SCOPE, scope_item=1)
    make.feedback(cast.project, by=cast.cleo, text="The sun covers the last line.")
    make.feedback(cast.elsewhere, by=cast.otto, text="Otters are not beavers.")
    at("2026-03-13 16:20")  # So that a time which an act moves is another time.
    return judged


def addresses(app):
    """Return every address that answers to GET, with numbers that exist and some that do not."""
    receipts = [receipt.public_id for receipt in Receipt.select()] or ["none"]
    values = {
        "slug": ["harbour", "otter"],
        "number": ["1", "2", "3"],
        "version": ["1"],
        "turn": ["1"],
        "kind": ["estimate", "change", "prototype", "feedback"],
        "public_id": receipts,
        "token": ["x"],
        "key": ["x"],
    }
    found = set()
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and not rule.rule.startswith("/demo"):
            found |= set(filled(rule.rule, values))
    return sorted(found)


def filled(rule, values):
    part = re.search(r"<(?:\w+:)?(\w+)>", rule)
    if part is None:
        return [rule]
    return [
        address
        for value in values.get(part[1], ["1"])
        for address in filled(rule.replace(part[0], value, 1), values)
    ]


class Crawler:
    """Reads every page as some person, in one browser, so that only the world changes."""

    def __init__(self, app, browser):
        self.app, self.browser = app, browser

    def crawl(self):
        return {address: self.read(address) for address in addresses(self.app)}

    def read(self, address):
        response = self.browser.get(address)
        body = response.data.decode(errors="replace")  # A PDF is no text.
        for mask, kept in MASKS:
            body = mask.sub(kept, body)
        return response.status_code, response.headers.get("ETag"), response.location, body


@pytest.fixture
def crawlers(cast, app, as_, judged):
    people = {name: name and getattr(cast, name) for name in READERS}
    return {name: Crawler(app, as_(person)) for name, person in people.items()}


def received(crawlers, tmp_path):
    """Return all that a client can receive: pages, letters, the ledger as they may see it."""
    pages = {name: crawler.crawl() for name, crawler in crawlers.items()}
    outside = Letter.select().where(Letter.address.not_in(studio_addresses()))
    letters = [(one.address, one.template, str(one.context)) for one in outside.order_by(Letter.id)]
    export.write(tmp_path / "client.zip", Extent("harbour", Audience.CLIENT))
    sealed = hashlib.sha256((tmp_path / "client.zip").read_bytes()).hexdigest()
    head = Head.get(chain="harbour")
    revision = Project.get(slug="harbour").client_revision
    return pages, letters, sealed, (head.seq, head.hash, stamp(head.moved_at)), revision


def studio_addresses():
    return ["sam.moreau@demo.test", "dora.lindqvist@demo.test", "ada.brandt@demo.test"]


def triage(cast, item):
    """All that the inbox does without a word to the client."""
    item.weigh(Severity.CRITICAL, by=cast.sam)
    item.snooze(NEXT_WEEK, by=cast.sam)
    item.snooze(None, by=cast.sam)
    items = batch.find(cast.sam, [one.id for one in Feedback.select()])
    outcome = batch.each(items, lambda one: one.assign(cast.sam, by=cast.sam))
    was = [[one.id, before] for one, before in outcome.done]
    Deed("assign", cast.sam.id, was[:1]).undo(by=cast.sam)
    batch.each(items, lambda one: one.snooze(NEXT_WEEK, by=cast.sam))
    SavedReply.keep(by=cast.sam, name="Quagga", text=CANARY)
    hour = {"first_response_minutes": 60, "resolution_minutes": None}
    Promise.give(cast.client, by=cast.sam, **hour)


ACTS = {
    "a note": lambda cast, item: note(item, by=cast.dora, text=f"Half a day. {CANARY}"),
    "an assignment": lambda cast, item: item.assign(cast.dora, by=cast.sam),
    "a change request drafted of it": lambda cast, item: item.turn_into_change(by=cast.sam),
    "severity, snoozes, saved replies, many at once, undo": triage,
}


@pytest.mark.parametrize("act", ACTS)
def test_it_changes_no_byte_that_a_client_can_receive(cast, judged, crawlers, tmp_path, act):
    before = received(crawlers, tmp_path)

    ACTS[act](cast, judged)

    after = received(crawlers, tmp_path)
    for name in READERS:
        for address, answer in before[0][name].items():
            assert after[0][name][address] == answer, (name, address)
    assert after == before


def test_the_crawl_sees_enough_to_notice(cast, judged, crawlers, tmp_path):
    """The same crawl, after a message that the client may read, does notice."""
    before = received(crawlers, tmp_path)

    reply(judged, by=cast.sam, text=f"Thank you. {CANARY}")

    pages, letters, sealed, head, revision = received(crawlers, tmp_path)
    here = "/projects/harbour/feedback/1"
    for name in ("cleo", "vic"):
        assert before[0][name][here][:2] != pages[name][here][:2]
        assert CANARY in pages[name][here][3]
    assert letters != before[1]
    assert (sealed, head, revision) != before[2:]
    assert pages["otto"] == before[0]["otto"]
    shown = [address for address, answer in pages["cleo"].items() if answer[0] == 200]
    assert len(shown) >= ENOUGH, shown


def test_a_merge_is_seen_by_its_client_and_by_no_other(cast, judged, crawlers, tmp_path):
    before = received(crawlers, tmp_path)

    judged.merge_into(2, by=cast.sam)

    pages, letters, *_ = received(crawlers, tmp_path)
    assert "goes on there" in pages["vic"]["/projects/harbour/feedback/1"][3]
    assert letters != before[1]
    assert pages["otto"] == before[0]["otto"]


def test_the_words_of_a_note_reach_nobody_outside(cast, judged, crawlers, tmp_path, letters):
    item = judged
    note(item, by=cast.dora, text=f"First {CANARY}")
    item.assign(cast.dora, by=cast.sam)
    note(item, by=cast.sam, text=f"Second {CANARY}")

    pages, outside, *_ = received(crawlers, tmp_path)

    assert not [
        a for answers in pages.values() for a, answer in answers.items() if CANARY in answer[3]
    ]
    assert CANARY not in str(outside)
    with zipfile.ZipFile(tmp_path / "client.zip") as archive:
        assert not [name for name in archive.namelist() if CANARY.encode() in archive.read(name)]
    assert not Event.select().where(Event.line.contains(CANARY)).count()
    named = {letter["To"].addresses[0].username for letter in letters() if CANARY in str(letter)}
    assert named == {"dora.lindqvist", "sam.moreau"}


def test_the_studio_does_read_it(cast, judged, as_):
    note(judged, by=cast.dora, text=CANARY)

    assert CANARY in as_(cast.sam).get("/inbox/harbour/1").text
    assert CANARY in as_(cast.dora).get("/projects/harbour/feedback/1").text

"""What the studio does among itself moves nothing that a client gets: no byte, no count, no tag."""

import datetime as dt
import re

from portal.core import clock
from portal.feedback.models import Feedback
from portal.feedback.words import Kind, Severity
from portal.search.filters import KINDS
from portal.search.states import STATES, STUDIO_STATES
from portal.threads.conversation import Conversation
from portal.threads.models import note, reply
from tests import make

HERE, THERE = "/projects/harbour", "http://127.0.0.1:8000/projects/harbour"
PAGES = (
    "/",
    "/projects",
    HERE,
    f"{HERE}/activity",
    f"{HERE}/changes",
    f"{HERE}/conversation",
    f"{HERE}/estimates",
    f"{HERE}/estimates/1",
    f"{HERE}/feedback",
    f"{HERE}/feedback/1",
    f"{HERE}/feedback/2",
    f"{HERE}/people",
    f"{HERE}/prototypes",
    f"{HERE}/prototypes/1/versions/1",
    f"{HERE}/scope",
    f"{HERE}/sign-offs/1",
    f"{HERE}/threads/estimate/1",
)
WORDS = ("quagga", "-quagga", "draft", "-e", "by:dora", "-by:dora", "with:dora", "severity:high")
RANDOM = re.compile(r'(name="(?:csrf[-_]token|key)" (?:value|content)=")[^"]*')


def test_nothing_that_a_client_gets_tells_of_what_is_internal(cast, as_, at):
    at("2026-03-12 10:45")
    both_sides_see(cast)
    browser = as_(cast.cleo)
    before = seen_by(browser)

    the_studio_works(cast)

    after = seen_by(browser)
    assert [asked for asked in before if before[asked] != after[asked]] == []


def both_sides_see(cast):
    make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    shown = make.prototype(cast.project, by=cast.sam)
    shown.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])
    make.pins(shown, by=cast.vic)
    make.feedback(cast.project, by=cast.cleo, kind=Kind.COMPLAINT)
    make.feedback(cast.project, by=cast.vic)
    links = f"{THERE}/estimates/2 {THERE}/changes/1 {THERE}/threads/estimate/2"
    reply(Conversation(cast.project), by=cast.sam, text=links)


def the_studio_works(cast):
    draft = make.estimate(cast.project, by=cast.sam, title="Draft quagga").estimate
    make.prototype(cast.project, by=cast.sam, title="Another quagga")
    first, second = Feedback.select().order_by(Feedback.number).limit(2)
    first.assign(cast.dora, by=cast.sam)
    first.weigh(Severity.HIGH, by=cast.sam)
    first.turn_into_change(by=cast.sam)
    second.snooze(clock.now() + dt.timedelta(days=3), by=cast.sam)
    for about in (Conversation(cast.project), draft, first):
        note(about, by=cast.dora, text="A note of quagga.")


def seen_by(browser):
    """Return what every page and search answers, with its tag."""
    asked = [f"kind:{kind}" for kind in sorted({*KINDS, *Kind})]
    asked += [f"{no}is:{state}" for state in {**STATES, **STUDIO_STATES} for no in ("", "-")]
    asked = {query: ("/search", {"q": query}) for query in (*asked, *WORDS)}
    asked |= {path: (path, {}) for path in PAGES}
    answers = {name: browser.get(path, query_string=q) for name, (path, q) in asked.items()}
    return {
        name: (one.status_code, one.headers.get("ETag"), RANDOM.sub(r"\1", one.text))
        for name, one in answers.items()
    }

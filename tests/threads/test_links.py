"""Addresses of ours in what people write: title and state for who may see it, else the address."""

import pytest

from portal.changes.models import ChangeRequest
from portal.signoff.models import Receipt, SignOff
from portal.threads.conversation import Conversation
from portal.threads.models import note, reply
from tests import make
from tests.stories import told

HERE = "http://127.0.0.1:8000"
PAGE = "/projects/harbour/conversation"


def tell(cast):
    estimate = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    make.answer(estimate, by=cast.cleo)
    make.estimate(cast.project, by=cast.sam, title="Drafted in secret")
    make.feedback(cast.project, by=cast.vic)
    make.feedback(cast.elsewhere, by=cast.otto, text="Otters are not beavers.")


beginning = told("talk", tell)


@pytest.fixture
def talk(cast):
    return Conversation(cast.project)


def read(as_, who):
    return as_(who).get(PAGE).text


def links(page):
    return page[page.index('id="talk"') : page.index('id="reply"')]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/projects/harbour/estimates/1", ">Estimate 1: The visitor site</a> "),
        ("/projects/harbour/estimates/1/versions/1", ">Estimate 1: The visitor site</a> "),
        ("/projects/harbour/sign-offs/1", ">Sign-off 1: The visitor site</a> "),
        ("/projects/harbour/feedback/1", ">Feedback 1: Show only the tides"),
        ("/inbox/harbour/1", ">Feedback 1: Show only the tides"),
        ("/projects/harbour/scope/1", ">Scope item 1: Design</a>"),
    ],
)
def test_an_address_is_read_as_title_and_state(cast, talk, as_, path, words):
    reply(talk, by=cast.sam, text=f"See {HERE}{path}.")

    page = links(read(as_, cast.cleo))

    assert f'<a href="{HERE}{path}"{words}' in page
    assert 'class="ours"' not in page


def test_the_state_stands_behind_it(cast, talk, as_):
    reply(talk, by=cast.sam, text=f"{HERE}/projects/harbour/estimates/1")

    assert "(approved)" in links(read(as_, cast.cleo))


def test_a_receipt_has_its_title(cast, talk, as_):
    path = f"/receipts/{Receipt.get().public_id}"
    reply(talk, by=cast.sam, text=f"Here: {HERE}{path}")

    assert ">Receipt: The visitor site</a>" in links(read(as_, cast.vic))


def test_a_draft_is_a_plain_link_to_the_client_and_a_title_to_the_studio(cast, talk, as_):
    reply(talk, by=cast.sam, text=f"{HERE}/projects/harbour/estimates/2")

    assert "secret" not in read(as_, cast.cleo)
    assert f">{HERE}/projects/harbour/estimates/2</a>" in read(as_, cast.cleo)
    assert ">Estimate 2: Drafted in secret</a>" in read(as_, cast.sam)


@pytest.mark.parametrize(
    "path",
    ["/projects/otter/feedback/1", "/inbox/otter/1", "/projects/harbour/feedback/77", "/nowhere"],
)
def test_what_is_elsewhere_or_not_there_stays_a_plain_link(cast, talk, as_, path):
    reply(talk, by=cast.sam, text=f"{HERE}{path}")

    assert f'<a href="{HERE}{path}">{HERE}{path}</a>' in read(as_, cast.cleo)


def test_code_and_links_of_ones_own_words_stay_as_they_were_written(cast, talk, as_):
    address = f"{HERE}/projects/harbour/feedback/1"
    reply(talk, by=cast.sam, text=f"`{address}` and [the tides]({address})")

    page = links(read(as_, cast.cleo))

    assert f"<code>{address}</code>" in page
    assert ">the tides</a>" in page


def test_a_title_made_of_markup_is_escaped(cast, talk, as_):
    make.feedback(cast.project, by=cast.vic, text="<b>Bold</b> & wrong")
    reply(talk, by=cast.sam, text=f"{HERE}/projects/harbour/feedback/2")

    assert "Feedback 2: &lt;b&gt;Bold&lt;/b&gt; &amp; wrong</a>" in read(as_, cast.cleo)


def test_many_links_cost_one_read(cast, talk, as_, count_queries):
    browser = as_(cast.cleo)
    reply(talk, by=cast.sam, text="No link.")
    browser.get(PAGE)
    with count_queries() as none:
        browser.get(PAGE)
    many = [f"{HERE}/projects/harbour/{p}" for p in ("feedback/1", "estimates/1", "sign-offs/1")]
    reply(talk, by=cast.sam, text=" ".join(many * 5))
    with count_queries() as one:
        browser.get(PAGE)

    assert len(one) == len(none) + 1


def test_a_note_leads_to_things_too_and_a_mail_keeps_the_address(cast, talk, as_, letters):
    note(talk, by=cast.dora, text=f"{HERE}/projects/harbour/feedback/1")
    reply(talk, by=cast.sam, text=f"{HERE}/projects/harbour/feedback/1")

    assert read(as_, cast.sam).count("Feedback 1: Show") == 2
    body = letters()[-1].get_body(("html",)).get_content()
    assert f"{HERE}/projects/harbour/feedback/1</a>" in body


@pytest.fixture
def more(cast, talk):
    """A pin, a question, a change that a client asked for, one that is drafted, a cancellation."""
    version = make.prototype(cast.project, by=cast.sam)
    sent = version.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])
    make.pins(version, by=cast.vic, texts=["Too blue"])
    make.pins(version, by=cast.vic, texts=["Unpublished quagga"], publish=False)
    make.question(sent, by=cast.cleo, text="Is the ferry in?")
    ChangeRequest.ask(cast.project, by=cast.vic, title="More boats", why="Fun.")
    make.change(cast.project, by=cast.sam, title="Fewer boats: quagga")
    make.cancellation(SignOff.get(), by=cast.sam)
    return talk


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("prototypes/pins/1", "Pin 1: Too blue</a> "),
        ("questions/1", "Question 1: Is the ferry in?</a> "),
        ("changes/1", "Change request 1: More boats</a> "),
        ("threads/change_request/1", "Change request 1: More boats</a> "),
        ("threads/prototype/1", "Prototype 1: Plan your visit</a> "),
        ("threads/scope_item/1", "Scope item 1: Design</a>"),
        ("threads/estimate/1?before=2", "Estimate 1: The visitor site</a>"),
    ],
)
def test_threads_and_what_is_said_in_them_have_titles_too(cast, more, as_, path, words):
    reply(more, by=cast.sam, text=f"See {HERE}/projects/harbour/{path}.")

    assert f">{words}" in links(read(as_, cast.cleo))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("changes/2", "Change request 2: Fewer boats: quagga</a> "),
        ("threads/change_request/2", "Change request 2: Fewer boats: quagga</a> "),
        ("threads/estimate/2", "Estimate 2: Drafted in secret</a> "),
        ("cancellations/1", "Cancellation 1: Cancellation of The visitor site</a> "),
        ("prototypes/pins/2", ""),
        ("threads/nothing/1", ""),
    ],
)
def test_what_a_client_does_not_know_is_the_address_that_was_typed(cast, more, as_, path, words):
    address = f"{HERE}/projects/harbour/{path}"
    reply(more, by=cast.sam, text=address)

    assert f'<a href="{address}">{address}</a>' in read(as_, cast.cleo)
    assert f">{words}" in read(as_, cast.sam)
    assert "Unpublished" not in read(as_, cast.sam)

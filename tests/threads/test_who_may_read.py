"""Whoever may not read what a thread is about is not told of it, cannot be named, and counts nothing."""

import pytest

from portal.access.permissions import GRANTS, Permission, Role
from portal.estimates.models import Estimate
from portal.mail.models import Letter
from portal.prototypes.models import Pin
from portal.threads import audience, unread
from portal.threads.conversation import Conversation
from portal.threads.models import note, reply
from portal.threads.topic import TOPICS
from tests import make


@pytest.fixture
def lacks(monkeypatch):
    """`lacks(Role.REVIEWER, "estimate:read")` takes a permission from a role."""

    def take(role, permission):
        monkeypatch.setitem(GRANTS, role, GRANTS[role] - {Permission(permission)})

    return take


@pytest.fixture
def estimate(cast):
    """An estimate that Vic was asked about, and spoke of."""
    draft = make.estimate(cast.project, by=cast.sam)
    draft.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])
    found = Estimate.find(cast.project, 1)
    reply(found, by=cast.vic, text="Is the ferry in it?")
    return found


def told(template="message-posted"):
    return {letter.name for letter in Letter.select().where(Letter.template == template)}


def test_no_letter_goes_to_a_role_that_may_not_read_it_however_it_is_named(cast, estimate, lacks):
    lacks(Role.REVIEWER, "estimate:read")
    Letter.delete().execute()

    reply(estimate, by=cast.sam, text="@Vic, it is.")

    assert told() == {"Cleo Janssen"}


def test_the_page_says_so_and_leaves_the_name_as_text(cast, estimate, lacks, as_):
    lacks(Role.REVIEWER, "estimate:read")
    reply(estimate, by=cast.sam, text="@Vic and @Cleo, it is.")

    page = as_(cast.sam).get(estimate.path).text

    assert "Goes to <b>Cleo Janssen</b>" in page
    assert "@Vic and <strong>@Cleo</strong>" in page


def test_a_note_goes_to_nobody_of_the_studio_who_may_not_read_it(cast, estimate, lacks):
    note(estimate, by=cast.dora, text="It is tight.")
    lacks(Role.TEAM, "estimate:read")
    Letter.delete().execute()

    note(estimate, by=cast.sam, text="@Dora, how tight?")

    assert told("note-written") == set()


def test_nothing_of_it_is_new_to_them(cast, estimate, lacks):
    reply(estimate, by=cast.sam, text="It is.")
    assert unread.by_project(cast.vic) == {"harbour": 1}
    lacks(Role.REVIEWER, "estimate:read")

    assert unread.on_project(cast.project, cast.vic) == []
    assert unread.by_project(cast.vic) == {}
    assert unread.by_project(cast.cleo) == {"harbour": 2}


def test_whoever_may_read_no_message_is_told_of_none(cast, lacks):
    item = make.feedback(cast.project, by=cast.vic)
    lacks(Role.REVIEWER, "message:read")

    reply(item, by=cast.sam, text="@Vic, we look at it.")

    assert told() == {"Cleo Janssen"}
    assert unread.by_project(cast.vic) == {}


def test_a_question_on_what_was_sent_names_only_who_may_read_that(cast, estimate, lacks):
    sign_off = estimate.latest_sign_off()
    lacks(Role.REVIEWER, "sign_off:read")

    make.question(sign_off, by=cast.cleo, text="@Vic, does this include the ferry?")

    assert told("question-asked") == {"Sam Moreau"}


def test_pins_are_for_those_who_may_read_prototypes(cast, lacks):
    version = make.prototype(cast.project, by=cast.sam)
    version.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])
    make.pins(version, by=cast.vic)
    lacks(Role.REVIEWER, "prototype:read")

    reply(Pin.published(version, 1), by=cast.sam, text="@Vic, which blue?")

    assert told() == {"Cleo Janssen"}


#: What reading the page of each thing asks for.
READS = {
    "cancellation": "sign_off:read",
    "change_request": "change:read",
    "conversation": "message:read",
    "estimate": "estimate:read",
    "feedback": "feedback:read",
    "line_question": "sign_off:read",
    "pin": "prototype:read",
    "prototype": "prototype:read",
    "scope_item": "scope:read",
}


def test_each_kind_of_thread_asks_for_what_its_page_asks_for(app):
    assert {kind: str(cls.READ) for kind, cls in TOPICS.items()} == READS
    assert all(audience.may_read(role, cls) for role in Role for cls in TOPICS.values())


def test_an_address_of_what_they_may_not_read_stays_an_address(cast, estimate, lacks, as_):
    address = "http://127.0.0.1:8000/projects/harbour/estimates/1"
    reply(Conversation(cast.project), by=cast.sam, text=f"See {address}")
    page = "/projects/harbour/conversation"
    assert "Estimate 1: The visitor site" in as_(cast.vic).get(page).text
    lacks(Role.REVIEWER, "estimate:read")

    text = as_(cast.vic).get(page).text

    assert f'href="{address}">{address}</a>' in text
    assert "The visitor site" not in text

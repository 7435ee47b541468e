"""@names: whom they mean, who is mailed because of them, and what they look like."""

from types import SimpleNamespace

import pytest

from portal.access.models import Membership
from portal.access.permissions import HouseRole, Role
from portal.mail.models import Letter
from portal.prototypes.models import Pin
from portal.threads import mentions
from portal.threads.models import note, reply
from tests import make


def person(number, name, *, is_studio=False):
    return SimpleNamespace(id=number, name=name, first_name=name.split()[0], is_studio=is_studio)


ANNEKE, SAM = person(1, "Anneke de Wit"), person(2, "Sam Moreau", is_studio=True)
ZOE, OTHER_SAM = person(3, "Zoë Ångström"), person(4, "Sam O’Hara-Lee")
EVERYBODY = [ANNEKE, SAM, ZOE]


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("@Anneke, look", [ANNEKE]),
        ("look, @anneke de wit!", [ANNEKE]),
        ("@SAM and @Anneke and @sam", [SAM, ANNEKE]),
        ("(@zoë)", [ZOE]),
        ("@ZOË ÅNGSTRÖM's", [ZOE]),
        ("@Annekes", []),
        ("mail me at me@anneke.test or x@sam", []),
        ("@@sam", []),
        ("@Joris is not here", []),
        ("Anneke", []),
        ("@", []),
        ("", []),
    ],
)
def test_a_name_behind_an_at_means_that_person_of_the_project(text, whom):
    assert mentions.mentioned(text, mentions.of_message(EVERYBODY)) == whom


def test_a_first_name_that_two_have_means_nobody_and_a_whole_name_one():
    known = mentions.of_message([*EVERYBODY, OTHER_SAM])

    assert mentions.mentioned("@Sam", known) == []
    assert mentions.mentioned("@Sam O’Hara-Lee, @Sam Moreau", known) == [OTHER_SAM, SAM]


def test_in_a_note_only_the_studio_can_be_named():
    known = mentions.of_note([*EVERYBODY, OTHER_SAM])

    assert mentions.mentioned("@Anneke will not like it, @Sam", known) == [SAM]


def test_on_a_project_of_nobody_nobody_is_meant():
    assert mentions.mentioned("@Sam", mentions.of_message([])) == []


# Letters -----------------------------------------------------------------------------------------


@pytest.fixture
def item(cast):
    return make.feedback(cast.project, by=cast.vic)


@pytest.fixture
def pin(cast):
    version = make.prototype(cast.project, by=cast.sam)
    version.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])
    make.pins(version, by=cast.vic)
    return Pin.published(version, 1)


def told(template):
    """Who was mailed, each with whether it was because of their name."""
    letters = Letter.select().where(Letter.template == template).order_by(Letter.id)
    return {letter.name: letter.context["is_mention"] for letter in letters}


@pytest.mark.parametrize("about", ["item", "pin"])
def test_whoever_is_named_is_mailed_besides_those_in_the_thread(cast, about, request):
    thread = request.getfixturevalue(about)

    reply(thread, by=cast.sam, text="@Cleo, may we? @Dora does it.")

    assert told("message-posted") == {
        "Cleo Janssen": True,
        "Dora Lindqvist": True,
        "Vic Aalto": False,
    }


def test_a_name_sends_no_second_letter_and_none_to_its_writer(cast, item):
    reply(item, by=cast.sam, text="@Vic @Vic Aalto @Sam")

    assert told("message-posted") == {"Vic Aalto": True}


def test_a_client_named_in_a_note_is_text_and_gets_nothing(cast, pin):
    before = Letter.select().count()

    note(pin, by=cast.dora, text="@Cleo and @Vic Aalto will not like it. @Sam?")

    assert told("note-written") == {"Sam Moreau": True}
    assert Letter.select().count() == before + 1


def test_whoever_has_left_the_project_cannot_be_named(cast, pin):
    cast.project.remove_member(Membership.get(user=cast.cleo, project=cast.project), by=cast.sam)

    reply(pin, by=cast.sam, text="@Cleo")

    assert told("message-posted") == {"Vic Aalto": False}


def test_each_side_is_led_to_its_own_place(cast, item):
    second = make.user("Bea Okafor", house_role=HouseRole.TEAM)
    make.member(second, cast.project, Role.TEAM)

    reply(item, by=cast.sam, text="@Bea @Cleo")

    paths = {letter.name: letter.context["path"] for letter in Letter.select() if letter.name}
    assert paths["Bea Okafor"] == "/inbox/harbour/1"
    assert paths["Cleo Janssen"] == "/projects/harbour/feedback/1"


def test_the_letter_says_that_it_is_to_them(cast, pin, letters):
    reply(pin, by=cast.sam, text="@Cleo, which blue?")

    subjects = {one["To"].addresses[0].username: one["Subject"] for one in letters()}
    assert subjects["cleo.janssen"] == "Sam Moreau mentioned you on pin 1: Too blue"
    assert subjects["vic.aalto"] == "Sam Moreau wrote on pin 1: Too blue"


# Pages -------------------------------------------------------------------------------------------


def test_a_name_is_bold_in_the_thread_and_a_strangers_is_not(cast, item, as_):
    reply(item, by=cast.sam, text="@cleo, @Otto and `@Vic`: <b>@Dora</b>")

    page = as_(cast.vic).get("/projects/harbour/feedback/1").text

    assert "<strong>@cleo</strong>, @Otto and <code>@Vic</code>" in page
    assert "&lt;b&gt;<strong>@Dora</strong>&lt;/b&gt;" in page


def test_in_a_note_a_clients_name_stays_plain(cast, item, as_):
    note(item, by=cast.sam, text="@Cleo, says @Dora")

    page = as_(cast.sam).get("/inbox/harbour/1").text

    assert "@Cleo, says <strong>@Dora</strong>" in page


def test_a_name_made_of_markup_is_escaped(cast, item, as_):
    mischief = make.user("<i>Eve</i> &co", client=cast.client, email="eve@demo.test")
    make.member(mischief, cast.project, Role.REVIEWER)
    reply(item, by=cast.sam, text="@<i>Eve</i> &co")

    page = as_(cast.vic).get("/projects/harbour/feedback/1").text

    assert "<strong>@&lt;i&gt;Eve&lt;/i&gt; &amp;co</strong>" in page
    assert "<i>Eve" not in page

"""What leaves by other ways than pages: letters, the ledger's export, search, what is typed."""

import datetime as dt
from urllib.parse import urlencode

import pytest
import time_machine

from portal.ledger import export
from portal.ledger.export import Audience, Extent
from portal.ledger.models import Head
from portal.projects.models import Project
from portal.threads.topic import TOPICS
from tests.canary import acts, crawler, reading, story, values
from tests.conftest import LETTERS

PLACES = ("cancellations", "changes", "estimates", "feedback", "prototypes", "questions", "scope")
PLACES += ("sign-offs", "prototypes/pins", "threads/conversation/1/notes", "estimates/imports")
WEEK = dt.timedelta(days=8)  # After it, what gathers for a week has gone too.
ABSENT = values.WORD[::-1]  # As long, and nowhere.


@pytest.fixture
def exported(tmp_path):
    """`exported()` is the zip of the ledger that a client gets, as a path."""

    def written():
        path = tmp_path / "client.zip"
        path.unlink(missing_ok=True)
        export.write(path, Extent("harbour", Audience.CLIENT))
        return path

    return written


def test_no_letter_to_anybody_outside_has_a_word_of_it(world, outside, secrets):
    with time_machine.travel(story.NOW + WEEK, tick=False):
        story.post()
    mails = outside()
    said = {name: "\n".join(reading.posted(mail)) for name, mail in mails.items()}
    leaks = [(name, leak) for name in said for leak in values.found(said[name])]
    leaks += [name for name in said if secrets & values.tokens(said[name])]

    assert not leaks, leaks
    assert len(mails) > len(story.CLIENT_ROLES) * 3


def test_colleagues_do_get_letters_about_it(world, settings):
    everything = "".join(path.read_text() for path in (settings.data / LETTERS).glob("*.eml"))

    assert everything.count(f"{values.WORD}-note") > len(TOPICS)


def test_no_letter_and_no_line_of_the_ledger_comes_of_the_studios_acts(world, outside, exported):
    with time_machine.travel(story.NOW + WEEK, tick=False):
        story.post()
        before = outgoing(world, outside, exported)
        acts.all_of_them(world)
    with time_machine.travel(story.NOW + 2 * WEEK, tick=False):
        story.post()

    assert outgoing(world, outside, exported) == before


def outgoing(world, outside, exported):
    letters = {name: mail.as_bytes() for name, mail in outside().items()}
    head, project = Head.get(chain="harbour"), Project.get(slug="harbour")
    return letters, exported().read_bytes(), head.__data__, project.client_revision


def test_the_ledger_that_a_client_gets_has_nothing_of_it(world, exported, secrets):
    texts = list(reading.packed(exported()))

    assert not [leak for text in texts for leak in values.found(text)]
    assert not [secrets & values.tokens(text) for text in texts if secrets & values.tokens(text)]
    assert len(texts) > 10


def test_search_answers_as_if_it_were_nowhere(reader):
    for typed in ("{}", "{}-note-text", "kind:note {}", "is:draft {}", '"{}-title"'):
        there, nowhere = (answered(reader, typed.format(one)) for one in (values.WORD, ABSENT))
        assert there.replace(values.WORD, ABSENT) == nowhere, typed


def answered(reader, typed):
    """Return all that the page of a search says, in small letters."""
    answer = reader.get("/search?" + urlencode({"q": typed}))
    said = [answer.status, *(value for name, value in answer.headers if name not in crawler.OWN)]
    return " ".join([*said, answer.get_data(as_text=True)]).lower()


def test_the_studio_does_find_it(world, as_):
    page = as_(world.sam).get(f"/search?q={values.WORD}").get_data(as_text=True)

    assert page.count(f"<mark>{values.WORD}") > 10


def test_a_link_to_it_stays_a_link(reader, world):
    """As typed into a message: every thing of the project, as its title if it may be read."""
    paths = [f"projects/harbour/{place}/{n}" for place in PLACES for n in range(1, 9)]
    paths += [f"projects/harbour/threads/{kind}/{n}" for kind in TOPICS for n in range(1, 9)]
    paths += [f"inbox/harbour/{n}" for n in range(1, 9)]
    text = "\n".join(f"{reader.portal}/{path}" for path in paths)

    answer = reader.browser.post("/projects/harbour/conversation/preview", data={"message": text})

    assert not values.found(answer.get_data(as_text=True))


def test_what_looking_leaves_behind_is_answered_without_it(reader, world):
    """The posts that only note that somebody has looked, and what they answer."""
    here = "/projects/harbour"
    paths = [f"{here}/sign-offs/{n}/openings" for n in range(1, 9)]
    paths += [f"{here}/threads/{kind}/1/readings?message=9&note=9" for kind in TOPICS]

    for path in paths:
        answer = reader.browser.post(path, headers=crawler.PARTIAL)
        assert not [leak for text in reading.texts(answer) for leak in values.found(text)], path

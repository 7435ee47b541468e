"""The studio sees on its first page what clients ask, with how much is open."""

import pytest

from portal.signoff.models import Answer, LineQuestion
from portal.threads.models import reply
from tests import make


@pytest.fixture
def sent(cast):
    return make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])


@pytest.fixture
def ask(cast, sent):
    return lambda text: LineQuestion.ask(sent, by=cast.cleo, text=text)


def test_open_questions_are_counted_beside_what_waits(cast, ask, as_):
    ask("Which tower?")
    answered = ask("Which day?")
    ask("Which boat?")
    reply(answered, by=cast.sam, text="Monday.")

    for person, path in ((cast.sam, "/"), (cast.sam, "/projects/harbour")):
        assert "2 open questions" in as_(person).get(path).text
    assert "open question" not in as_(cast.otto).get("/").text


def test_one_that_is_still_open_after_the_outcome_stays_in_sight(cast, sent, ask, as_):
    question = ask("Which tower?")
    make.answer(sent, by=cast.cleo, answer=Answer.DECLINE)

    page = as_(cast.sam).get("/").text
    assert "Clients ask" in page
    assert "1 open question<" in page
    reply(question, by=cast.sam, text="The old one.")
    assert "Clients ask" not in as_(cast.sam).get("/").text

"""After a resolution each person is asked once; a day later the answer counts as it is."""

import pytest

from portal.care import asking
from portal.care.models import WHY_CHARACTERS, CareAnswer
from portal.core import canonical
from portal.core.errors import Conflict, DomainError, Forbidden
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.mail.models import Letter
from tests import make


def facts():
    query = Event.select().where(Event.verb == Verb.CARE_ANSWERED).order_by(Event.id)
    return [event.body for event in query]


def test_an_answer_is_on_the_clients_chain_without_its_words(cast, resolved):
    CareAnswer.give(resolved, by=cast.cleo, is_good=False, why="It took a week")

    event = Event.get(Event.verb == Verb.CARE_ANSWERED)
    assert event.chain == cast.project.slug
    assert event.body == {"answer": "not_good", "why_sha256": canonical.sha256("It took a week")}
    assert "It took a week" not in event.line


def test_the_same_answer_twice_is_one(cast, resolved):
    for _ in range(2):
        CareAnswer.give(resolved, by=cast.cleo, is_good=True)

    assert len(facts()) == 1 == CareAnswer.select().count()


def test_it_can_be_changed_for_a_day(cast, resolved, at):
    at("2026-03-10 09:00")
    CareAnswer.give(resolved, by=cast.cleo, is_good=True)
    at("2026-03-11 08:59")
    CareAnswer.give(resolved, by=cast.cleo, is_good=False, why="It is back")
    at("2026-03-11 09:00")

    with pytest.raises(Conflict, match="more than a day ago"):
        CareAnswer.give(resolved, by=cast.cleo, is_good=True)
    assert CareAnswer.get().why == "It is back"
    assert not CareAnswer.get().is_good


def test_nobody_is_asked_before_it_is_resolved(cast):
    item = make.feedback(cast.project, by=cast.cleo)

    with pytest.raises(Conflict, match="open again"):
        CareAnswer.give(item, by=cast.cleo, is_good=True)


def test_the_studio_does_not_answer_for_its_clients(cast, resolved):
    with pytest.raises(Forbidden):
        CareAnswer.give(resolved, by=cast.sam, is_good=True)


def test_another_client_does_not_answer(cast, resolved):
    other = make.user("Rita", client=make.client("Rival"))

    with pytest.raises(Forbidden):
        CareAnswer.give(resolved, by=other, is_good=False)


def test_a_why_has_an_end(cast, resolved):
    with pytest.raises(DomainError, match="at most"):
        CareAnswer.give(resolved, by=cast.cleo, is_good=True, why="a" * (WHY_CHARACTERS + 1))


def test_producers_hear_of_what_was_not_good_only(cast, resolved):
    CareAnswer.give(resolved, by=cast.cleo, is_good=True)
    assert not Letter.select().where(Letter.template == "care-answered").exists()

    CareAnswer.give(resolved, by=cast.cleo, is_good=False, why="It took a week")
    letter = Letter.get(Letter.template == "care-answered")
    assert letter.address == cast.sam.email
    assert letter.context["text"] == "It took a week"


def test_a_link_names_one_thing_and_one_person(cast, installation, resolved):
    item, person = asking.read(asking.sign(resolved, cast.cleo))

    assert (item, person) == (resolved, cast.cleo)
    assert asking.read("forged") is None
    assert asking.read(asking.sign(resolved, cast.sam)) is None


def test_a_link_ends_with_the_place_on_the_project(cast, installation, resolved):
    word = asking.sign(resolved, cast.cleo)
    cast.project.remove_member(make.member_of(cast.cleo, cast.project), by=cast.sam)

    assert asking.read(word) is None


def test_a_link_gets_too_old(cast, installation, resolved, at):
    at("2026-03-10 09:00")
    word = asking.sign(resolved, cast.cleo)
    at("2026-06-09 09:00")

    assert asking.read(word) is None

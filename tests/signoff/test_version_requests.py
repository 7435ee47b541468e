"""A client asks for a new version of what was sent; sending the next one answers it."""

import datetime as dt

import pytest

from portal.core.errors import Conflict, DomainError, Forbidden
from portal.estimates.models import Estimate
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.mail.models import Letter
from portal.signoff.models import Answer, SignOff, VersionRequest
from tests import make

WISH = "Without the film, please."


def wish(sign_off, by, text=WISH):
    return VersionRequest.make(SignOff.get_by_id(sign_off.id), by=by, text=text)


def next_version(cast):
    return Estimate.get().revise(by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])


def open_request(cast):
    return VersionRequest.open_about(cast.project, "estimate", 1)


def test_the_producers_are_told_and_it_is_on_record(cast, sent):
    wish(sent, cast.vic)

    assert [
        letter.name for letter in Letter.select().where(Letter.template == "version-requested")
    ] == ["Sam Moreau"]
    event = Event.get(verb=Verb.VERSION_REQUESTED)
    assert (event.chain, event.body["version"]) == ("harbour", 1)
    assert "film" not in event.line
    assert open_request(cast).text == WISH


def test_a_second_wish_says_it_is_asked_already(cast, sent):
    wish(sent, cast.vic)

    with pytest.raises(Conflict, match="Vic Aalto has asked"):
        wish(sent, cast.cleo)


def test_sending_the_next_version_answers_it(cast, sent):
    wish(sent, cast.vic)
    newer = next_version(cast)

    assert open_request(cast) is None
    with pytest.raises(Conflict, match="Version 2 was sent already"):
        wish(sent, cast.cleo)
    assert wish(newer, cast.cleo).sign_off == newer


def test_it_can_be_asked_once_a_version_was_taken_back(cast, sent):
    sent.withdraw(by=cast.sam, reason="A mistake in it.")

    assert wish(sent, cast.cleo)


def test_it_can_be_asked_once_it_expired(cast, at):
    at("2026-03-01 10:00")
    draft = make.estimate(cast.project, by=cast.sam, valid_until_on=dt.date(2026, 3, 5))
    sent = draft.send(by=cast.sam, deciders=[cast.cleo])
    at("2026-03-07 10:00")
    sent.expire()

    assert wish(sent, cast.cleo)


def test_it_can_be_asked_once_it_was_declined(cast, sent, answer):
    answer(sent, by=cast.cleo, answer=Answer.DECLINE, notes="Too much.")

    assert wish(sent, cast.vic)


def test_what_was_approved_stays(cast, sent, answer):
    answer(sent, by=cast.cleo)

    with pytest.raises(Conflict, match="What was decided stays"):
        wish(sent, cast.vic)


def test_the_studio_a_stranger_and_no_words_ask_for_nothing(cast, sent):
    for person in (cast.sam, cast.otto):
        with pytest.raises(Forbidden):
            wish(sent, person)
    with pytest.raises(DomainError, match="Say in a sentence"):
        wish(sent, cast.cleo, text="  ")
    assert open_request(cast) is None


def test_the_producer_reads_it_where_the_button_is_and_on_the_first_page(cast, sent, as_):
    sent.withdraw(by=cast.sam, reason="A mistake in it.")
    wish(sent, cast.vic)

    sam = as_(cast.sam)
    for path in ("/", "/projects/harbour/estimates/1"):
        page = sam.get(path).text
        assert WISH in page
        assert 'action="/projects/harbour/estimates/1/versions"' in page
    next_version(cast)
    assert WISH not in sam.get("/").text
    assert WISH not in as_(cast.otto).get("/").text

"""Sending, replacing, taking back, expiring, reminding; and what is told to whom."""

import datetime as dt

import pytest

from portal.core import db
from portal.core.errors import Conflict, DomainError
from portal.ledger.models import Event
from portal.mail.models import Letter
from portal.signoff import jobs
from portal.signoff.models import Addressee, Opinion, SignOff, SignOffStatus, View
from tests import make


def posted(template):
    return [letter.address for letter in Letter.select().where(Letter.template == template)]


def test_whoever_is_asked_is_written_to(cast, sent):
    assert posted("sign-off-request") == [cast.cleo.email]


def test_a_new_version_supersedes_the_open_one_without_a_second_letter_about_it(cast, sent):
    draft = sent.subject.estimate.revise(by=cast.sam)
    newer = draft.send(by=cast.sam, deciders=[cast.cleo])

    assert SignOff.get_by_id(sent.id).status == SignOffStatus.SUPERSEDED
    assert newer.version == 2
    assert posted("sign-off-ended") == []


def test_the_sealed_bytes_do_not_follow_the_live_rows(cast, sent):
    line = sent.subject.parts()[0][1][0]
    type(line).update(what="Something else").where(type(line).id == line.id).execute()

    assert "Design" in SignOff.get_by_id(sent.id).snapshot


def test_taking_it_back_needs_a_reason_and_tells_who_was_asked(cast, sent):
    with pytest.raises(DomainError, match="Say why"):
        sent.withdraw(by=cast.sam, reason=" ")

    sent.withdraw(by=cast.sam, reason="The prices were last year's.")

    assert SignOff.get_by_id(sent.id).status == SignOffStatus.WITHDRAWN
    assert posted("sign-off-ended") == [cast.cleo.email]


def test_an_answered_one_cannot_be_taken_back(cast, sent, answer):
    answer(sent, by=cast.cleo)

    with pytest.raises(Conflict):
        SignOff.get_by_id(sent.id).withdraw(by=cast.sam, reason="Too late")


def test_it_expires_after_its_last_day_and_tells_both_sides(cast, at):
    at("2026-03-10 09:00")
    draft = make.estimate(cast.project, by=cast.sam, valid_until_on=dt.date(2026, 3, 31))
    sign_off = draft.send(by=cast.sam, deciders=[cast.cleo])

    at("2026-03-31 20:00")
    jobs.expire()
    assert SignOff.get_by_id(sign_off.id).is_open
    at("2026-04-01 09:00")
    jobs.expire()

    assert SignOff.get_by_id(sign_off.id).status == SignOffStatus.EXPIRED
    assert sorted(posted("sign-off-ended")) == [cast.cleo.email, cast.sam.email]


def test_nobody_answers_after_its_last_day_even_before_the_clock_has_ended_it(cast, answer, at):
    at("2026-03-10 09:00")
    draft = make.estimate(cast.project, by=cast.sam, valid_until_on=dt.date(2026, 3, 31))
    sign_off = draft.send(by=cast.sam, deciders=[cast.cleo])
    at("2026-04-01 00:30")

    with pytest.raises(Conflict, match="a day that has passed"):
        answer(sign_off, by=cast.cleo)


def test_a_reminder_goes_to_who_has_not_answered_and_stops_at_the_answer(cast, sent, answer):
    asked = Addressee.get(sign_off=sent)
    sent.remind(asked, by=cast.sam)
    assert posted("sign-off-reminder") == [cast.cleo.email]

    answer(sent, by=cast.cleo)
    with pytest.raises(Conflict, match="answer already"):
        SignOff.get_by_id(sent.id).remind(Addressee.get(sign_off=sent), by=cast.sam)


def test_the_clock_reminds_once_a_day_when_it_is_due(cast, at):
    at("2026-03-10 09:00")
    draft = make.estimate(cast.project, by=cast.sam)
    draft.send(by=cast.sam, deciders=[cast.cleo], due_on=dt.date(2026, 3, 13))

    for moment in ("2026-03-11 07:00", "2026-03-12 07:00", "2026-03-12 07:30"):
        at(moment)
        jobs.remind_due()

    assert posted("sign-off-reminder") == [cast.cleo.email]


def test_opening_is_noted_once_and_only_inside_the_studio(cast, sent):
    asked = Addressee.get(sign_off=sent)
    asked.open()
    asked.open()

    events = list(Event.select().where(Event.verb == "sign_off.opened"))
    assert len(events) == 1
    assert events[0].is_internal


def test_an_opinion_informs_and_the_newest_counts(cast, sent):
    Opinion.give(sent, by=cast.vic, view=View.LOOKS_GOOD)
    Opinion.give(sent, by=cast.vic, view=View.NEEDS_CHANGES, note="The film.")

    assert [(given.view, given.note) for given in sent.opinions] == [
        (View.NEEDS_CHANGES, "The film.")
    ]
    assert SignOff.get_by_id(sent.id).is_open


def test_nobody_opines_on_what_is_closed(cast, sent, answer):
    answer(sent, by=cast.cleo)

    with pytest.raises(Conflict):
        Opinion.give(sent, by=cast.vic, view=View.LOOKS_GOOD)


def test_a_change_that_is_undone_sends_no_letter_and_leaves_no_event(cast, sent, answer):
    letters, events = Letter.select().count(), Event.select().count()

    with pytest.raises(RuntimeError, match="power cut"), db.change():
        answer(sent, by=cast.cleo)
        raise RuntimeError("power cut")

    assert (Letter.select().count(), Event.select().count()) == (letters, events)
    assert SignOff.get_by_id(sent.id).is_open


def test_what_a_caught_failure_undid_says_nothing_later(cast, sent, answer):
    with db.change():
        with pytest.raises(RuntimeError), db.change():
            answer(sent, by=cast.cleo)
            raise RuntimeError
        cast.project.revise(is_internal=True)

    assert posted("receipt") == []


def test_an_amount_of_nothing_is_an_amount(cast):
    draft = make.estimate(cast.project, by=cast.sam, lines=[("A favour", 0)])
    sign_off = draft.send(by=cast.sam, deciders=[cast.cleo])

    assert sign_off.facts()["amount"] == {"minor": 0, "currency": "EUR"}

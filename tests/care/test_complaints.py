"""A complaint reaches the person named for its client: at once, and again without an answer."""

import pytest

from portal.access.models import User
from portal.access.permissions import Role
from portal.care import jobs
from portal.care.models import Cause, Escalation
from portal.core import clock
from portal.core.errors import DomainError
from portal.feedback.words import Kind
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.mail.models import Letter
from portal.projects.promises import Promise
from tests import make


def complain(cast):
    return make.feedback(cast.project, by=cast.cleo, kind=Kind.COMPLAINT, text="Nobody calls back")


def told():
    return [(one.address, one.context["cause"]) for one in letters()]


def letters():
    return list(Letter.select().where(Letter.template == "complaint-escalated").order_by(Letter.id))


def test_the_named_person_is_told_in_the_transaction_that_files_it(cast, promised):
    complain(cast)

    assert told() == [("kim@demo.test", "filed")]


def test_only_a_complaint_escalates(cast, promised):
    make.feedback(cast.project, by=cast.cleo, kind=Kind.DEFECT)

    assert told() == []


def test_nobody_is_told_where_nobody_is_named(cast):
    complain(cast)

    assert told() == [] == list(Escalation.select())


def test_whoever_is_not_on_the_project_gets_none_of_its_words(cast, promised):
    complain(cast)

    [letter] = letters()
    assert letter.context["text"] == ""
    assert letter.context["path"] == "/care"
    assert "Nobody calls back" not in str(letter.context)


def test_whoever_is_on_the_project_reads_it_at_once(cast, promised):
    make.member(promised.complaints_to, cast.project, Role.TEAM)
    complain(cast)

    assert letters()[0].context["text"] == "Nobody calls back"


def test_they_are_told_once_more_when_the_promised_time_has_passed(cast, promised, at):
    at("2026-03-10 09:00")
    item = complain(cast)
    at("2026-03-10 10:59")
    jobs.escalate.work()
    assert len(told()) == 1

    at("2026-03-10 11:01")
    jobs.escalate.work()
    jobs.escalate.work()

    assert told() == [("kim@demo.test", "filed"), ("kim@demo.test", "unanswered")]
    event = Event.get(Event.verb == Verb.COMPLAINT_ESCALATED)
    assert event.is_internal
    assert event.subject_number == item.number


def test_an_answer_in_time_keeps_it_from_going_further(cast, promised, at):
    at("2026-03-10 09:00")
    make.verdict(complain(cast), by=cast.sam)
    at("2026-03-12 09:00")

    jobs.escalate.work()

    assert [cause for _, cause in told()] == ["filed"]


def test_an_answer_that_came_while_the_job_ran_is_seen(cast, promised, at):
    at("2026-03-10 09:00")
    item = complain(cast)
    at("2026-03-12 09:00")
    make.verdict(type(item).get_by_id(item.id), by=cast.sam)

    Escalation.tell_again(item)

    assert Escalation.select().where(Escalation.cause == Cause.UNANSWERED).count() == 0


def test_whoever_was_shut_out_hears_nothing(cast, promised):
    User.update(disabled_at=clock.now()).where(User.name == "Kim").execute()
    complain(cast)

    assert told() == []


def test_nobody_of_a_client_hears_of_complaints(cast):
    with pytest.raises(DomainError, match="cannot hear of complaints"):
        Promise.name_for_complaints(cast.project.client, cast.cleo, by=cast.sam)


def test_naming_is_on_record_once(cast, promised):
    kim = promised.complaints_to
    Promise.name_for_complaints(cast.project.client, kim, by=cast.sam)

    named = [e.body for e in Event.select().where(Event.verb == Verb.PROMISE_GIVEN)]
    assert [body["complaints_to"] for body in named if "complaints_to" in body] == [kim.identity]

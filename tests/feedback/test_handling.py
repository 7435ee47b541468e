"""How the studio handles a feedback among itself: severity, snooze, and by when it is due."""

import datetime as dt

import pytest

from portal.core import clock
from portal.core.errors import DomainError
from portal.feedback.inbox import triage
from portal.feedback.models import Feedback, Handling
from portal.feedback.words import Kind, Severity, VerdictKind
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.mail.models import Letter
from portal.projects.promises import Promise
from portal.threads.models import note, reply
from tests import make

HOUR = 60


@pytest.fixture
def thursday(at):
    return at("2026-03-12 10:45")  # 11:45 where the studio is.


@pytest.fixture
def item(cast, thursday):
    promised(cast, first=4, whole=40)
    return make.feedback(cast.project, by=cast.vic)


def promised(cast, first, whole):
    minutes = {"first_response_minutes": first and first * HOUR}
    Promise.give(cast.client, by=cast.sam, **minutes, resolution_minutes=whole and whole * HOUR)


def held(item):
    return Handling.get(feedback=item)


def shown(cast, show):
    return [row.text for row in triage.inbox(cast.sam, show)]


def clocked(at):
    return at and at.strftime("%d %H:%M")


def test_it_is_due_by_what_its_client_was_promised_in_working_hours(item):
    assert clocked(held(item).respond_by_at) == "12 14:45"
    assert clocked(held(item).resolve_by_at) == "18 14:45"


def test_a_promise_made_later_does_not_move_what_was_filed_before(cast, item):
    promised(cast, first=1, whole=None)

    assert clocked(held(item).respond_by_at) == "12 14:45"


def test_without_a_promise_nothing_is_due(cast, thursday):
    other = make.feedback(cast.elsewhere, by=cast.otto)

    assert (held(other).respond_by_at, held(other).resolve_by_at) == (None, None)


def test_praise_is_never_due(cast, item):
    praise = make.feedback(cast.project, by=cast.vic, kind=Kind.PRAISE, text="Lovely")

    assert held(praise).respond_by_at is None


def test_it_is_overdue_until_the_studio_says_something_to_the_client(cast, item, at):
    at("2026-03-12 14:46")
    note(item, by=cast.dora, text="Who takes it?")
    assert shown(cast, "overdue") == [item.text]

    reply(item, by=cast.sam, text="We look at it.")

    assert shown(cast, "overdue") == []
    assert held(item).responded_at == clock.now()
    at("2026-03-18 14:46")  # And then by the time promised for the solution.
    assert shown(cast, "overdue") == [item.text]


def test_a_verdict_is_an_answer_too(cast, item):
    make.verdict(item, by=cast.sam)

    assert held(item).responded_at == clock.now()


def test_the_time_in_which_it_is_their_turn_does_not_count(cast, item, at):
    at("2026-03-13 08:00")  # Friday, 09:00 there.
    reply(item, by=cast.sam, text="Which ferry?", is_question=True)
    at("2026-03-16 15:00")  # Two working days later, but for two hours.
    reply(item, by=cast.vic, text="The second.")

    assert clocked(held(item).resolve_by_at) == "20 12:45"  # 16 working hours later than before.


def test_what_was_late_already_stays_late(cast, item, at):
    at("2026-03-20 10:00")
    reply(item, by=cast.sam, text="Which ferry?", is_question=True)
    at("2026-03-23 10:00")
    reply(item, by=cast.vic, text="The second.")

    assert shown(cast, "overdue") == [item.text]


def test_severity_is_set_once_and_on_the_internal_chain(cast, item):
    assert item.weigh(Severity.HIGH, by=cast.sam) == Severity.NORMAL
    assert item.weigh(Severity.HIGH, by=cast.sam) == Severity.HIGH

    events = list(Event.select().where(Event.verb == Verb.SEVERITY_SET))
    assert [(one.chain, one.body) for one in events] == [("harbour/internal", {"severity": "high"})]


def test_what_is_snoozed_leaves_every_list_but_its_own_and_comes_back_by_itself(cast, item, at):
    item.assign(cast.sam, by=cast.sam)
    item.snooze(clock.now() + dt.timedelta(days=3), by=cast.sam)

    assert [show for show in triage.SHOWS if shown(cast, show)] == ["snoozed"]
    assert triage.ours(cast.sam) == 0
    at("2026-03-15 10:46")
    assert shown(cast, "mine") == shown(cast, "new") == shown(cast, "ours") == [item.text]


def test_what_is_late_is_shown_though_it_sleeps(cast, item, at):
    item.snooze(clock.now() + dt.timedelta(days=3), by=cast.sam)
    at("2026-03-12 14:46")

    assert shown(cast, "overdue") == [item.text]


@pytest.mark.parametrize("act", ["reply", "contest"])
def test_the_word_of_the_client_wakes_it(cast, item, act):
    make.verdict(item, by=cast.sam, kind=VerdictKind.OUT_OF_SCOPE)
    item.snooze(clock.now() + dt.timedelta(days=3), by=cast.sam)

    if act == "reply":
        reply(item, by=cast.vic, text="When?")
    else:
        item.contest(by=cast.vic, reason="It was in the contract.")

    assert shown(cast, "ours") == [item.text]


def test_a_reply_of_the_studio_does_not(cast, item):
    item.snooze(clock.now() + dt.timedelta(days=3), by=cast.sam)
    reply(item, by=cast.sam, text="We look at it next week.")

    assert shown(cast, "snoozed") == [item.text]


def test_it_is_not_snoozed_until_a_day_that_has_passed_nor_when_it_is_over(cast, item):
    with pytest.raises(DomainError, match="day to come"):
        item.snooze(clock.now(), by=cast.sam)
    make.verdict(item, by=cast.sam)
    item.resolve(by=cast.sam)

    with pytest.raises(DomainError, match="This is resolved"):
        item.snooze(clock.now() + dt.timedelta(days=1), by=cast.sam)


def test_handling_it_sends_no_letter_but_to_whom_it_is_given(cast, item):
    before = Letter.select().count()
    item.weigh(Severity.CRITICAL, by=cast.sam)
    item.snooze(clock.now() + dt.timedelta(days=1), by=cast.sam)
    item.snooze(None, by=cast.sam)
    item.assign(cast.dora, by=cast.sam)

    assert [one.name for one in Letter.select().offset(before)] == ["Dora Lindqvist"]
    assert Feedback.get_by_id(item.id).turned_at == item.turned_at

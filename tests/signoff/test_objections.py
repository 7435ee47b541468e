"""Whoever answered can object for a day. Both sides learn of it, and the answer is marked."""

import datetime as dt

import pytest
import time_machine

from portal.access.permissions import Role
from portal.core import canonical, clock
from portal.core.errors import Conflict, DomainError, Forbidden
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.scope import baseline
from portal.signoff import marks
from portal.signoff.models import Answer, Decision, Objection, Rule, SignOff
from portal.signoff.models.objections import TooLate
from tests import make


@pytest.fixture
def yes(cast, sent, answer):
    return answer(sent, by=cast.cleo)


def object_to(decision, by, reason="That was my assistant."):
    return Objection.raise_against(decision, by=by, reason=reason)


def later(**span):
    return time_machine.travel(clock.now() + dt.timedelta(**span), tick=False)


def marks_of(decision):
    return marks.of(SignOff.get_by_id(decision.sign_off_id))


def test_it_marks_the_answer_as_disputed_and_changes_nothing_else(cast, yes):
    total = baseline.of(cast.project).total_minor
    object_to(yes, cast.cleo)

    assert marks_of(yes).words.startswith("disputed since")
    assert baseline.of(cast.project).total_minor == total
    assert baseline.of(cast.project).amendments[0].disputed_at is not None


def test_the_ledger_holds_its_reason_as_a_hash_alone(cast, yes):
    object_to(yes, cast.cleo, reason="That was\r\nmy assistant. ")

    event = Event.get(Event.verb == Verb.DECISION_DISPUTED)
    assert (event.chain, event.actor_id) == ("harbour", cast.cleo.id)
    said = Objection.get().reason
    assert event.body["reason_sha256"] == canonical.sha256(said)
    assert event.body["decision"] == yes.event.hash
    assert "assistant" not in event.line


def test_both_sides_get_a_letter_and_whoever_objects_a_copy(cast, yes, letters):
    letters()
    object_to(yes, cast.cleo)

    told = {letter["to"].split(" <")[0].strip('"'): letter["subject"] for letter in letters()[2:]}
    assert told["Sam Moreau"] == "Cleo Janssen objects: The visitor site"
    assert told["Cleo Janssen"] == "Your objection: The visitor site"


@pytest.mark.parametrize("hours", [0, 23.99, 24])
def test_it_is_possible_for_24_hours(cast, yes, hours):
    with time_machine.travel(yes.made_at + dt.timedelta(hours=hours), tick=False):
        assert object_to(yes, cast.cleo).stands


def test_after_24_hours_it_says_what_to_do_instead(cast, yes):
    with later(hours=24, seconds=2), pytest.raises(TooLate, match="can be cancelled by both"):
        object_to(yes, cast.cleo)
    assert not Objection.select().exists()


def test_nobody_objects_twice(cast, yes):
    object_to(yes, cast.cleo)
    with pytest.raises(Conflict, match="an objection to this answer already"):
        object_to(yes, cast.cleo)


@pytest.mark.parametrize("who", ["sam", "dora", "vic", "otto"])
def test_nobody_objects_for_another(cast, yes, who):
    with pytest.raises(Forbidden):
        object_to(yes, getattr(cast, who))


@pytest.mark.parametrize("reason", ["", " \n\t ", "\x00"])
def test_it_needs_a_reason(cast, yes, reason):
    with pytest.raises(DomainError, match="Say what is wrong"):
        object_to(yes, cast.cleo, reason)


def test_an_answer_that_is_no_yes_can_be_objected_to_as_well(cast, sent, answer):
    declined = answer(sent, by=cast.cleo, answer=Answer.DECLINE, notes="No.")
    assert object_to(declined, cast.cleo).stands


def test_each_of_several_signers_objects_to_their_own(cast, answer):
    gus = make.user("Gus Okafor", client=cast.client)
    make.member(gus, cast.project, Role.SPONSOR)
    draft = make.estimate(cast.project, by=cast.sam)
    both = draft.send(by=cast.sam, deciders=[cast.cleo, gus], rule=Rule.ALL)
    first, second = answer(both, by=cast.cleo), answer(both, by=gus)

    object_to(second, gus)
    object_to(first, cast.cleo)
    assert len(marks_of(first).disputes) == 2


def test_it_can_be_taken_back_and_that_is_recorded(cast, yes):
    objection = object_to(yes, cast.cleo)
    objection.withdraw(by=cast.cleo)

    assert marks_of(yes).words == ""
    assert Event.select().where(Event.verb == Verb.OBJECTION_WITHDRAWN).count() == 1
    assert baseline.of(cast.project).amendments[0].disputed_at is None


def test_it_is_taken_back_once_and_by_nobody_else(cast, yes):
    objection = object_to(yes, cast.cleo)
    with pytest.raises(Forbidden):
        objection.withdraw(by=cast.sam)
    objection.withdraw(by=cast.cleo)
    with pytest.raises(Conflict, match="taken back already"):
        objection.withdraw(by=cast.cleo)


def test_what_was_taken_back_is_not_raised_again(cast, yes):
    object_to(yes, cast.cleo).withdraw(by=cast.cleo)
    with pytest.raises(Conflict, match="already"):
        object_to(yes, cast.cleo)


# Over HTTP ---------------------------------------------------------------------------------------


def test_the_receipt_offers_it_to_whoever_answered_and_to_nobody_else(cast, yes, as_):
    path = yes.receipts.get().path
    assert "Object to this answer" in as_(cast.cleo).get(path).text
    for other in (cast.sam, cast.vic):
        assert "Object to this answer" not in as_(other).get(path).text


def test_after_a_day_the_receipt_says_what_to_do_instead(cast, yes, as_):
    path = yes.receipts.get().path
    with later(hours=25):
        page = as_(cast.cleo).get(path).text
    assert "was possible for 24 hours" in page
    assert "Object to this answer" not in page


def test_objecting_leads_back_to_a_receipt_that_is_marked(cast, yes, as_):
    path = yes.receipts.get().path
    browser = as_(cast.cleo)
    answer = browser.post(f"{path}/objection", data={"reason": "Not me."})

    assert (answer.status_code, answer.location) == (303, path)
    for page in (path, yes.sign_off.path):
        assert "Disputed since" in as_(cast.sam).get(page).text
    answer = browser.post(f"{path}/objection/withdrawal")
    assert answer.status_code == 303
    assert "took it back" in browser.get(path).text


def test_without_a_reason_the_form_comes_back(cast, yes, as_):
    answer = as_(cast.cleo).post(f"{yes.receipts.get().path}/objection", data={"reason": " "})
    assert answer.status_code == 422
    assert "Say what is wrong" in answer.text


def test_somebody_elses_browser_is_refused(cast, yes, as_):
    path = f"{yes.receipts.get().path}/objection"
    assert as_(cast.sam).post(path, data={"reason": "No."}).status_code == 403
    assert as_(cast.otto).post(path, data={"reason": "No."}).status_code == 404
    assert as_(cast.sam).post(f"{path}/withdrawal").status_code == 404
    assert Decision.get_by_id(yes.id).objections.count() == 0


def test_taking_somebody_off_the_project_does_not_silence_them(cast, yes, as_):
    cast.project.remove_member(make.member_of(cast.cleo, cast.project), by=cast.sam)
    path, cleo = yes.receipts.get().path, as_(cast.cleo)

    assert "Object to this answer" in cleo.get(path).text
    assert cleo.post(f"{path}/objection", data={"reason": "Not me."}).status_code == 303
    assert marks_of(yes).disputes
    with later(hours=24, seconds=1):
        assert as_(cast.cleo).get(path).status_code == 404
    assert as_(cast.otto).get(path).status_code == 404

"""What happens when somebody answers, and when an answer is refused."""

import pytest

from portal.access.models import Membership
from portal.access.permissions import Role
from portal.core.errors import Conflict, DomainError, Forbidden
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.mail.models import Letter
from portal.scope import baseline
from portal.scope.models import Amendment
from portal.signoff.models import Answer, Decision, Receipt, Rule, SignOff, SignOffStatus
from portal.signoff.refusals import Closed, Incomplete, Moved, Stale
from portal.signoff.subject import SubjectStatus
from tests import make


def state_of(sign_off):
    return SignOff.get_by_id(sign_off.id).status


def test_a_yes_takes_effect_is_recorded_and_has_a_receipt(cast, sent, answer):
    decision = answer(sent, by=cast.cleo)

    assert state_of(sent) == SignOffStatus.APPROVED
    assert sent.subject.status == SubjectStatus.APPROVED
    assert baseline.of(cast.project).total_minor == 120_00
    assert Receipt.get(decision=decision).facts["event"]["hash"] == decision.event.hash
    assert decision.event.body["amount"] == {"minor": 120_00, "currency": "EUR"}


def test_both_sides_are_written_to(cast, sent, answer):
    answer(sent, by=cast.cleo)

    posted = {(letter.template, letter.address) for letter in Letter.select()}
    assert ("receipt", cast.cleo.email) in posted
    assert ("decision", cast.sam.email) in posted


def test_the_chosen_option_is_in_the_total_and_in_the_scope(cast, sent, answer):
    answer(sent, by=cast.cleo, options=("2",), total_minor=200_00)

    assert {item.title for item in baseline.of(cast.project).items} == {"Design", "Film"}


def test_the_same_form_again_gives_the_same_decision(cast, sent, answer):
    first = answer(sent, by=cast.cleo, key="k")
    again = answer(sent, by=cast.cleo, key="k")

    assert again.id == first.id
    assert (Decision.select().count(), Amendment.select().count()) == (1, 1)


def test_a_second_answer_of_the_same_person_is_refused(cast, sent, answer):
    answer(sent, by=cast.cleo)

    with pytest.raises(Closed, match="Cleo Janssen approved it already"):
        answer(sent, by=cast.cleo, answer=Answer.DECLINE, notes="No")

    assert Decision.select().count() == 1


def test_nobody_signs_on_a_closed_project(cast, sent, answer):
    cast.project.close(by=cast.sam)

    with pytest.raises(Closed, match="project is closed"):
        answer(sent, by=cast.cleo)


def test_another_persons_key_opens_nothing(cast, sent, answer):
    answer(sent, by=cast.cleo, key="k")

    with pytest.raises(Conflict, match="used already"):
        answer(sent, by=cast.vic, key="k")


@pytest.mark.parametrize("who", ["sam", "dora", "vic", "otto", "ada"])
def test_only_who_was_asked_and_may_decides(cast, sent, answer, who):
    with pytest.raises(Forbidden):
        answer(sent, by=getattr(cast, who))

    assert state_of(sent) == SignOffStatus.OPEN


def test_an_approver_taken_off_the_project_decides_no_more(cast, sent, answer):
    member = Membership.of(cast.cleo, cast.project.slug)
    cast.project.remove_member(member, by=cast.sam)

    with pytest.raises(Forbidden):
        answer(sent, by=cast.cleo)


@pytest.mark.parametrize("changes", [{"version": 2}, {"digest": "0" * 64}])
def test_a_form_made_for_something_else_is_refused(cast, sent, answer, changes):
    with pytest.raises(Stale):
        answer(sent, by=cast.cleo, **changes)

    assert not Decision.select().exists()


def test_a_total_that_the_options_do_not_come_to_is_refused(cast, sent, answer):
    with pytest.raises(Moved, match=r"it comes to 200\.00 EUR"):
        answer(sent, by=cast.cleo, options=("2",), total_minor=120_00)


def test_a_choice_that_was_not_offered_is_refused(cast, sent, answer):
    with pytest.raises(DomainError, match="not in this version"):
        answer(sent, by=cast.cleo, options=("99",), total_minor=120_00)


def test_a_moved_baseline_is_refused_and_can_then_be_answered(cast, sent, answer):
    make.amendment(cast.project, make.added("More", 50_00), by=cast.cleo)

    with pytest.raises(Moved, match="Another change was signed"):
        answer(sent, by=cast.cleo)
    assert state_of(sent) == SignOffStatus.OPEN
    answer(sent, by=cast.cleo, baseline_number=1)

    assert baseline.of(cast.project).total_minor == 170_00


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"typed_name": " "}, "name"),
        ({"has_consented": False}, "consent"),
        ({"answer": Answer.DECLINE}, "notes"),
        ({"answer": Answer.REQUEST_CHANGES}, "notes"),
        ({"answer": Answer.APPROVE_WITH_NOTES}, "notes"),
    ],
)
def test_what_is_missing_is_said_and_nothing_recorded(cast, sent, answer, changes, field):
    with pytest.raises(Incomplete) as refused:
        answer(sent, by=cast.cleo, **changes)

    assert refused.value.context["field"] == field
    assert not Event.select().where(Event.verb == Verb.DECISION_MADE).exists()


@pytest.mark.parametrize(
    ("given", "ends"),
    [
        (Answer.REQUEST_CHANGES, SignOffStatus.CHANGES_REQUESTED),
        (Answer.DECLINE, SignOffStatus.DECLINED),
    ],
)
def test_a_no_ends_it_without_touching_the_scope(cast, sent, answer, given, ends):
    answer(sent, by=cast.cleo, answer=given, notes="Too dear")

    assert state_of(sent) == ends
    assert sent.subject.status == str(ends)
    assert not Amendment.select().exists()


def test_what_a_person_wrote_is_not_in_the_chain(cast, sent, answer):
    answer(sent, by=cast.cleo, answer=Answer.DECLINE, notes="Too dear for us")

    chain = "".join(event.line for event in Event.select())
    assert "Too dear" not in chain
    assert not any(word in chain for word in ("Cleo", "192.0.2.44", cast.cleo.email))


def two_deciders(cast, rule):
    joris = make.user("Joris Verhaegen", client=cast.client)
    make.member(joris, cast.project, Role.SPONSOR)
    draft = make.estimate(cast.project, by=cast.sam)
    return joris, draft.send(by=cast.sam, deciders=[cast.cleo, joris], rule=rule)


def test_with_rule_all_the_last_yes_decides(cast, answer):
    joris, sign_off = two_deciders(cast, Rule.ALL)

    answer(sign_off, by=cast.cleo)
    assert state_of(sign_off) == SignOffStatus.OPEN
    answer(sign_off, by=joris)

    assert state_of(sign_off) == SignOffStatus.APPROVED
    assert Amendment.select().count() == 1


def test_with_rule_all_the_first_no_ends_it(cast, answer):
    joris, sign_off = two_deciders(cast, Rule.ALL)
    answer(sign_off, by=cast.cleo)

    answer(sign_off, by=joris, answer=Answer.DECLINE, notes="No")

    assert state_of(sign_off) == SignOffStatus.DECLINED
    assert not Amendment.select().exists()


def test_with_rule_any_the_first_yes_decides(cast, answer):
    joris, sign_off = two_deciders(cast, Rule.ANY)

    answer(sign_off, by=cast.cleo)

    with pytest.raises(Closed, match="Cleo Janssen approved it already"):
        answer(sign_off, by=joris)

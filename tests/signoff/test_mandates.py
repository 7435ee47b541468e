"""A mandate limits what one person approves alone: kinds, one decision, the sum on the project."""

import pytest

from portal.access.models import Membership
from portal.core.errors import Conflict, DomainError, Forbidden
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.mail.models import Letter
from portal.signoff.models import (
    Answer,
    Authority,
    Decision,
    Mandate,
    Rule,
    SignOff,
    SignOffStatus,
    Uncovered,
)
from portal.signoff.refusals import OverMandate
from tests import make


@pytest.fixture
def limit(cast):
    """`limit(decision_limit_minor=2_000_00)` says what Cleo may decide alone from now on."""

    def set_(person=None, **terms):
        return make.mandate(person or cast.cleo, cast.project, by=cast.sam, **terms)

    return set_


def asked(sign_off):
    return [seat.user.name for seat in SignOff.get_by_id(sign_off.id).seats]


def events(verb):
    return list(Event.select().where(Event.verb == verb).order_by(Event.id))


def letters_to(person):
    query = Letter.select().where(Letter.user_id == person.id)
    return [letter.template for letter in query.order_by(Letter.id)]


def test_whose_mandate_it_is_and_the_sponsors_are_told(cast, limit, eva):
    limit(decision_limit_minor=2_000_00)
    told = Letter.select().where(Letter.template == "mandate-set").order_by(Letter.id)
    assert [letter.name for letter in told] == ["Cleo Janssen", "Eva Lind"]
    assert {letter.context["limits"] for letter in told} == {"to 2,000 EUR for one decision"}


def test_the_letter_names_the_currency_as_it_is_written(limit, letters):
    limit(decision_limit_minor=2_000_00)

    assert "To 2,000 EUR for one decision." in letters()[-1].get_body(("html",)).get_content()


def test_without_a_mandate_an_approver_decides_anything(cast, estimate):
    assert make.answer(estimate(900_000_00, [cast.cleo]), by=cast.cleo)


def test_up_to_the_limit_one_decides_and_the_receipt_names_the_mandate(cast, estimate, limit):
    limit(decision_limit_minor=2_000_00, project_limit_minor=5_000_00)

    made = make.answer(estimate(2_000_00, [cast.cleo]), by=cast.cleo)

    said = made.receipts.get().facts["mandate"]
    assert said["decision_limit"] == {"minor": 2_000_00, "currency": "EUR"}
    assert said["used"] == {"minor": 2_000_00, "currency": "EUR"}
    assert (said["number"], said["covers"]) == (1, True)


def test_over_the_limit_a_yes_is_refused_and_a_no_is_not(cast, estimate, limit, eva):
    limit(decision_limit_minor=2_000_00)
    sign_off = estimate(2_000_01, [cast.cleo])

    with pytest.raises(
        OverMandate, match=r"over what you may decide alone \(2,000 EUR\). Eva Lind"
    ):
        make.answer(sign_off, by=cast.cleo)
    assert not Decision.select().exists()
    assert make.answer(sign_off, by=cast.cleo, answer=Answer.DECLINE, notes="Too dear.")


def test_the_sum_on_the_project_counts_every_yes_of_that_person(cast, estimate, limit, eva):
    limit(project_limit_minor=3_000_00)
    first, second, third = (estimate(1_500_00, [cast.cleo]) for _ in range(3))

    make.answer(first, by=cast.cleo)
    make.answer(second, by=cast.cleo)

    with pytest.raises(OverMandate, match="0 EUR left of 3,000 EUR"):
        make.answer(third, by=cast.cleo)


def test_what_was_undone_or_led_nowhere_is_not_counted(cast, estimate, limit, joris, eva):
    limit(project_limit_minor=1_500_00)
    undone = estimate(1_500_00, [cast.cleo])
    make.answer(undone, by=cast.cleo)
    SignOff.update(status=SignOffStatus.CANCELLED).where(SignOff.id == undone.id).execute()
    both = estimate(1_500_00, [cast.cleo, joris], rule=Rule.ALL)
    make.answer(both, by=cast.cleo)
    make.answer(both, by=joris, answer=Answer.DECLINE, notes="No.")

    assert Authority.on(cast.project)[cast.cleo.id].spent_minor == 0
    assert make.answer(estimate(1_500_00, [cast.cleo]), by=cast.cleo)


def test_a_kind_that_is_not_named_is_not_covered(cast, estimate, limit, eva):
    limit(kinds=["prototype"])

    with pytest.raises(OverMandate, match="You may not decide about estimates alone"):
        make.answer(estimate(0, [cast.cleo]), by=cast.cleo)
    shown = make.prototype(cast.project, by=cast.sam)
    assert make.answer(shown.send(by=cast.sam, deciders=[cast.cleo]), by=cast.cleo)


def test_money_given_back_counts_as_nothing(cast, estimate, limit, eva):
    limit(decision_limit_minor=0)

    assert make.answer(estimate(-500_00, [cast.cleo]), by=cast.cleo).commits_minor == 0


def test_when_nobody_asked_covers_it_the_smallest_mandate_that_does_is_asked_too(
    cast, estimate, limit, joris, eva
):
    limit(decision_limit_minor=2_000_00)
    limit(joris, decision_limit_minor=10_000_00)

    sign_off = estimate(9_000_00, [cast.cleo])

    assert asked(sign_off) == ["Cleo Janssen", "Joris Verhaegen"]
    (routed,) = events(Verb.SIGN_OFF_ROUTED)
    assert routed.body["person"] == joris.identity
    assert not routed.is_internal
    assert letters_to(joris) == ["mandate-set", "sign-off-request"]
    assert letters_to(eva) == ["mandate-set", "mandate-set"]


def test_when_nobody_on_the_project_can_sending_says_so(cast, estimate, limit):
    limit(decision_limit_minor=2_000_00)

    with pytest.raises(Uncovered, match="Nobody on this project may decide EUR 9,000"):
        estimate(9_000_00, [cast.cleo])
    assert not SignOff.select().exists()


def test_passing_it_on_asks_who_can_and_leaves_a_trace(cast, estimate, limit, eva):
    sign_off = estimate(9_000_00, [cast.cleo])
    limit(decision_limit_minor=2_000_00)

    assert sign_off.pass_on(by=cast.cleo) == eva

    assert asked(sign_off) == ["Cleo Janssen", "Eva Lind"]
    assert events(Verb.SIGN_OFF_ROUTED)[-1].actor == cast.cleo.identity
    assert letters_to(eva) == ["mandate-set", "sign-off-request"]
    with pytest.raises(Conflict, match="Eva Lind is asked already"):
        sign_off.pass_on(by=cast.cleo)
    assert make.answer(sign_off, by=eva)


def test_what_one_may_decide_is_not_passed_on_and_by_nobody_else(cast, estimate, limit, eva):
    sign_off = estimate(100_00, [cast.cleo])

    with pytest.raises(Conflict, match="Your mandate covers this"):
        sign_off.pass_on(by=cast.cleo)
    with pytest.raises(Forbidden):
        sign_off.pass_on(by=cast.vic)


def test_where_everyone_signs_one_mandate_that_covers_it_is_enough(cast, estimate, limit, eva):
    limit(decision_limit_minor=2_000_00)
    sign_off = estimate(9_000_00, [cast.cleo, eva], rule=Rule.ALL)

    beside = make.answer(sign_off, by=cast.cleo)
    make.answer(sign_off, by=eva)

    assert (beside.is_within_mandate, beside.commits_minor) == (False, 0)
    assert SignOff.get_by_id(sign_off.id).status == SignOffStatus.APPROVED


def test_no_number_of_small_mandates_makes_a_large_one(cast, estimate, limit, joris, eva):
    limit(decision_limit_minor=5_000_00)
    limit(joris, decision_limit_minor=5_000_00)
    sign_off = estimate(9_000_00, [cast.cleo, joris, eva], rule=Rule.ALL)
    make.answer(sign_off, by=cast.cleo)
    Membership.delete().where(Membership.user == eva).execute()

    with pytest.raises(OverMandate):
        make.answer(sign_off, by=joris)


def test_the_newest_mandate_counts_and_earlier_ones_are_kept(cast, limit):
    limit(decision_limit_minor=2_000_00)
    limit(decision_limit_minor=9_000_00, kinds=["change", "estimate"])

    assert Authority.on(cast.project)[cast.cleo.id].limit_minor == 9_000_00
    assert [one.decision_limit_minor for one in Mandate.of(cast.project, cast.cleo)] == [
        9_000_00,
        2_000_00,
    ]
    body = events(Verb.MANDATE_SET)[-1].body
    assert body["person"] == cast.cleo.identity
    assert body["decision_limit"] == {"minor": 9_000_00, "currency": "EUR"}


@pytest.mark.parametrize("who", ["dora", "cleo", "vic", "otto", "ada"])
def test_only_a_producer_or_the_sponsor_sets_a_mandate(cast, who):
    with pytest.raises(Forbidden):
        make.mandate(cast.cleo, cast.project, by=getattr(cast, who), decision_limit_minor=1)


def test_the_sponsor_of_the_client_sets_one(cast, eva):
    assert make.mandate(cast.cleo, cast.project, by=eva, decision_limit_minor=1).set_by == eva


def test_a_sponsor_and_a_reviewer_have_none(cast, eva):
    for person in (eva, cast.vic):
        with pytest.raises(DomainError, match="Only an approver has a mandate"):
            make.mandate(person, cast.project, by=cast.sam, decision_limit_minor=1)


def test_what_cannot_be_answered_any_more_is_not_passed_on(cast, estimate, limit, eva):
    limit(decision_limit_minor=1_00)
    sign_off = estimate(2_00, [cast.cleo])
    cast.project.close(by=cast.sam)

    with pytest.raises(Conflict, match="cannot be answered any more"):
        sign_off.pass_on(by=cast.cleo)

"""One after the other: only the first who has not approved is asked, and only they may answer."""

import itertools

import pytest

from portal.access.permissions import Role
from portal.core.errors import Conflict, Forbidden
from portal.mail.models import Letter
from portal.signoff.models import (
    Addressee,
    Answer,
    Ask,
    Decision,
    Opinion,
    Rule,
    SignOff,
    SignOffStatus,
    View,
)
from portal.signoff.refusals import NotYet
from tests import make


@pytest.fixture
def three(cast, estimate):
    """Three approvers, and an estimate they sign one after the other."""
    people = [make.user(f"{name} Turn", client=cast.client) for name in ("Ann", "Ben", "Cas")]
    for person in people:
        make.member(person, cast.project, Role.APPROVER)
    return people, estimate(100_00, people, rule=Rule.IN_ORDER)


def asked_by_mail():
    query = Letter.select().where(Letter.template == "sign-off-request").order_by(Letter.id)
    return [letter.name.split()[0] for letter in query]


@pytest.mark.parametrize("clicks", list(itertools.permutations(range(3))))
def test_no_order_of_clicks_lets_a_later_one_decide_first(three, clicks):
    people, sign_off = three

    made = []
    for turn in clicks * 3:
        try:
            make.answer(sign_off, by=people[turn])
            made.append(turn)
        except Conflict:
            continue

    assert made == [0, 1, 2]
    assert SignOff.get_by_id(sign_off.id).status == SignOffStatus.APPROVED


def test_each_gets_the_letter_when_it_is_their_turn(three):
    people, sign_off = three
    assert asked_by_mail() == ["Ann"]

    make.answer(sign_off, by=people[0])

    assert asked_by_mail() == ["Ann", "Ben"]
    assert [seat.asked_at is None for seat in sign_off.seats] == [False, False, True]


def test_whoever_is_early_is_told_who_comes_first(three):
    people, sign_off = three

    with pytest.raises(NotYet, match="Ann Turn answers first"):
        make.answer(sign_off, by=people[2], answer=Answer.DECLINE, notes="No.")


def test_the_first_other_answer_ends_it_and_asks_nobody_else(three):
    people, sign_off = three
    make.answer(sign_off, by=people[0])

    make.answer(sign_off, by=people[1], answer=Answer.REQUEST_CHANGES, notes="The film.")

    assert SignOff.get_by_id(sign_off.id).status == SignOffStatus.CHANGES_REQUESTED
    assert asked_by_mail() == ["Ann", "Ben"]


def test_nobody_is_reminded_before_their_turn(cast, three):
    _, sign_off = three

    with pytest.raises(Conflict, match="not their turn"):
        sign_off.remind(sign_off.seats[1], by=cast.sam)


def test_a_seat_that_has_answered_is_not_asked_again(three):
    people, sign_off = three
    make.answer(sign_off, by=people[0])

    with pytest.raises(Conflict, match="You have answered already"):
        make.answer(sign_off, by=people[0])
    assert Decision.select().count() == 1


def test_a_copy_sees_the_request_and_the_outcome_and_answers_nothing(cast, estimate, joris):
    sign_off = estimate(100_00, [cast.cleo], copies=[joris, cast.vic])

    with pytest.raises(Forbidden):
        make.answer(sign_off, by=joris)
    with pytest.raises(Forbidden, match="You get a copy"):
        Opinion.give(sign_off, by=cast.vic, view=View.LOOKS_GOOD)
    make.answer(sign_off, by=cast.cleo)
    got = [one.template for one in Letter.select().where(Letter.user_id == joris.id)]
    assert got == ["sign-off-request", "decision"]


def test_nobody_is_asked_twice_and_who_decides_is_asked_for_nothing_less(cast, estimate, joris):
    sign_off = estimate(
        100_00, [cast.cleo, cast.cleo], reviewers=[cast.cleo, joris], copies=[joris]
    )

    assert [(one.user.first_name, one.ask) for one in sign_off.addressees] == [
        ("Cleo", Ask.DECISION),
        ("Joris", Ask.OPINION),
    ]
    assert Addressee.select().count() == 2

"""Whoever leaves hands their open seats over; nothing becomes approved by somebody's leaving."""

import pytest

from portal.access.models import User
from portal.access.permissions import Role
from portal.core import clock
from portal.core.errors import Conflict, DomainError
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.mail.models import Letter
from portal.scope.models import Amendment
from portal.signoff import jobs
from portal.signoff.models import Addressee, Rule, SignOff, SignOffStatus
from tests import make


def leave(person, project, *, by):
    project.remove_member(make.member_of(person, project), by=by)


def holders(sign_off):
    return [seat.user.first_name for seat in SignOff.get_by_id(sign_off.id).seats]


def letters(template):
    query = Letter.select().where(Letter.template == template).order_by(Letter.id)
    return [letter.name for letter in query]


def test_the_next_whose_mandate_covers_it_is_asked_instead(cast, estimate, joris, eva):
    make.mandate(joris, cast.project, by=cast.sam, decision_limit_minor=50_00)
    sign_off = estimate(100_00, [cast.cleo])

    leave(cast.cleo, cast.project, by=cast.sam)

    assert holders(sign_off) == ["Eva"]
    event = Event.get(Event.verb == Verb.SIGN_OFF_READDRESSED)
    assert (event.body["person"], event.body["instead_of"]) == (eva.identity, cast.cleo.identity)
    assert letters("sign-off-request") == ["Cleo Janssen", "Eva Lind"]
    assert make.answer(sign_off, by=eva).seat.instead_of == cast.cleo


def test_their_stand_in_comes_first(cast, estimate, joris, eva, away):
    sign_off = estimate(100_00, [cast.cleo])
    away(cast.cleo, eva)

    leave(cast.cleo, cast.project, by=cast.sam)

    assert holders(sign_off) == ["Eva"]


@pytest.mark.parametrize("rule", [Rule.ALL, Rule.IN_ORDER])
def test_leaving_approves_nothing(cast, estimate, joris, eva, rule):
    sign_off = estimate(100_00, [cast.cleo, joris], rule=rule)
    make.answer(sign_off, by=cast.cleo)

    leave(joris, cast.project, by=cast.sam)

    assert holders(sign_off) == ["Cleo", "Eva"]
    assert SignOff.get_by_id(sign_off.id).is_open
    assert not Amendment.select().exists()
    make.answer(sign_off, by=eva)
    assert SignOff.get_by_id(sign_off.id).status == SignOffStatus.APPROVED


def test_with_nobody_left_the_seat_stays_empty_and_the_producers_are_told(cast, estimate, joris):
    sign_off = estimate(100_00, [cast.cleo, joris], rule=Rule.ALL)
    make.answer(sign_off, by=cast.cleo)

    leave(joris, cast.project, by=cast.sam)
    jobs.mend_seats()

    assert holders(sign_off) == ["Cleo", "Joris"]
    assert SignOff.get_by_id(sign_off.id).is_open
    assert letters("seat-empty") == ["Sam Moreau"]
    assert Event.select().where(Event.verb == Verb.SIGN_OFF_VACATED).count() == 1


def test_the_producer_asks_somebody_else(cast, estimate, joris, eva):
    sign_off = estimate(100_00, [joris, eva, cast.cleo], rule=Rule.ALL)
    leave(joris, cast.project, by=cast.sam)
    empty = sign_off.seats[0]
    newcomer = make.user("Nia Holt", client=cast.client)
    make.member(newcomer, cast.project, Role.APPROVER)

    sign_off.hand_over(empty, newcomer, by=cast.sam)

    assert holders(sign_off) == ["Nia", "Eva", "Cleo"]
    assert letters("sign-off-request")[-1] == "Nia Holt"
    for person in (newcomer, eva, cast.cleo):
        make.answer(sign_off, by=person)
    assert SignOff.get_by_id(sign_off.id).status == SignOffStatus.APPROVED


def test_nobody_is_asked_instead_of_somebody_who_can_answer(cast, estimate, joris, eva):
    sign_off = estimate(100_00, [cast.cleo, joris], rule=Rule.ALL)

    with pytest.raises(Conflict, match="This seat is taken"):
        sign_off.hand_over(sign_off.seats[0], eva, by=cast.sam)


def test_only_who_decides_and_is_not_asked_is_asked_instead(cast, estimate, joris):
    sign_off = estimate(100_00, [cast.cleo, joris], rule=Rule.ALL)
    leave(joris, cast.project, by=cast.sam)

    for person in (cast.vic, cast.cleo, cast.otto):
        with pytest.raises(DomainError):
            sign_off.hand_over(sign_off.seats[1], person, by=cast.sam)


def test_who_was_shut_out_everywhere_is_found_by_the_clock(cast, estimate, eva):
    sign_off = estimate(100_00, [cast.cleo])
    User.update(disabled_at=clock.now()).where(User.id == cast.cleo.id).execute()

    jobs.mend_seats()

    assert holders(sign_off) == ["Eva"]


def test_what_is_answered_or_over_stays_as_it_was(cast, estimate, eva):
    done, taken_back = (estimate(100_00, [cast.cleo]) for _ in range(2))
    make.answer(done, by=cast.cleo)
    taken_back.withdraw(by=cast.sam, reason="Too early.")

    leave(cast.cleo, cast.project, by=cast.sam)

    assert holders(done) == holders(taken_back) == ["Cleo"]


def test_whose_turn_has_not_come_gets_no_letter_for_a_seat_they_take_over(
    cast, estimate, joris, eva
):
    sign_off = estimate(100_00, [cast.cleo, joris], rule=Rule.IN_ORDER)

    leave(joris, cast.project, by=cast.sam)
    assert letters("sign-off-request") == ["Cleo Janssen"]

    make.answer(sign_off, by=cast.cleo)
    assert letters("sign-off-request") == ["Cleo Janssen", "Eva Lind"]


def test_a_reviewer_who_takes_a_seat_is_asked_once(cast, estimate, eva):
    sign_off = estimate(100_00, [cast.cleo], reviewers=[eva])

    leave(cast.cleo, cast.project, by=cast.sam)

    assert Addressee.select().where(Addressee.sign_off == sign_off).count() == 1
    assert holders(sign_off) == ["Eva"]

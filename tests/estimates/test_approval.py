"""A yes to an estimate adds what was chosen to the scope, the budget and the dates."""

import datetime as dt

import pytest

from portal.core.errors import Conflict, DomainError
from portal.projects.models import Project
from portal.scope import baseline
from portal.signoff.models import Answer
from tests import make

LINES = [
    ("Scripts", 2_040_00),
    ("Sound", 1_800_00, {"note": "14 tracks"}),
    ("Film", 1_600_00, {"is_optional": True, "is_chosen_by_default": True}),
    ("Trail", 2_250_00, {"is_optional": True}),
]


def sent(cast, **fields):
    draft = make.estimate(cast.project, by=cast.sam, lines=LINES, **fields)
    return draft.send(by=cast.sam, deciders=[cast.cleo])


def test_what_is_fixed_and_what_was_chosen_becomes_scope(cast):
    make.answer(sent(cast), by=cast.cleo, options=("4",))

    now = baseline.of(cast.project)

    assert [(item.title, item.price_minor) for item in now.items] == [
        ("Scripts", 2_040_00),
        ("Sound", 1_800_00),
        ("Trail", 2_250_00),
    ]
    assert now.items[1].detail == "14 tracks"
    assert now.total_minor == 6_090_00


def test_the_contingency_is_an_item_so_that_the_scope_adds_up_to_what_was_signed(cast):
    decision = make.answer(sent(cast, contingency_bp=333), by=cast.cleo)

    now = baseline.of(cast.project)

    assert now.items[-1].title == "Contingency 3.33 %"
    assert sum(item.price_minor for item in now.items) == decision.amount_minor
    assert now.total_minor == decision.amount_minor


def test_the_launch_moves_with_the_yes(cast):
    sign_off = sent(cast, launch_on=dt.date(2026, 6, 5))
    assert Project.get_by_id(cast.project.id).launch_on is None

    make.answer(sign_off, by=cast.cleo)

    assert Project.get_by_id(cast.project.id).launch_on == dt.date(2026, 6, 5)


@pytest.mark.parametrize("answer", [Answer.REQUEST_CHANGES, Answer.DECLINE])
def test_another_answer_moves_nothing(cast, answer):
    make.answer(sent(cast), by=cast.cleo, answer=answer)
    assert baseline.number_of(cast.project) == 0


def test_an_option_that_is_not_offered_is_refused(cast):
    sign_off = sent(cast)
    with pytest.raises(DomainError, match="choices"):
        make.answer(sign_off, by=cast.cleo, options=("2",))
    assert baseline.number_of(cast.project) == 0


def test_a_total_that_the_page_did_not_show_is_refused(cast):
    sign_off = sent(cast)
    with pytest.raises(Conflict, match="not to what the page showed"):
        make.answer(sign_off, by=cast.cleo, total_minor=5_440_01)


def test_the_receipt_says_the_new_total_and_the_launch(cast):
    first = sent(cast, launch_on=dt.date(2026, 6, 5))
    make.answer(first, by=cast.cleo)
    second = sent(cast)
    make.answer(second, by=cast.cleo)

    words = second.subject.last_words(second.offer())

    assert words[0] == "Your new project total is 10,880 EUR and the launch is on 5 June."

"""A yes to an estimate adds what was chosen to the scope, the budget and the dates."""

import datetime as dt

import pytest

from portal.core.errors import Conflict, DomainError
from portal.estimates.models import LineKind, Stance
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


def test_the_discount_is_an_item_too(cast):
    decision = make.answer(sent(cast, contingency_bp=333, discount_bp=1000), by=cast.cleo)

    now = baseline.of(cast.project)

    assert now.items[-1].title == "Discount 10 %"
    assert sum(item.price_minor for item in now.items) == decision.amount_minor


def test_the_scope_names_the_package_and_the_quantity_that_were_chosen(cast):
    draft = make.estimate(cast.project, by=cast.sam, lines=[])
    stops = {"quantity_thousandths": 4000, "rate_minor": 100_00, "unit": "piece"}
    bounds = {"least_thousandths": 2000, "most_thousandths": 9000}
    draft.add_line(by=cast.sam, what="Stops", note="With maps", **stops, **bounds)
    care = [draft.add_section(by=cast.sam, title=title) for title in ("Basic", "Full")]
    for price, section in enumerate(care, 1):
        fixed = {"kind": LineKind.FIXED, "fixed_minor": price * 10_00}
        draft.add_line(section.id, by=cast.sam, what="Hosting", **fixed)
    values = {"sections": {section.id: {"choice": "Care"} for section in care}}
    draft.save_draft(by=cast.sam, edits=draft.edits, values=values)
    sign_off = draft.send(by=cast.sam, deciders=[cast.cleo])

    make.answer(sign_off, by=cast.cleo, options=("1=6500", f"s{care[1].number}"))

    stops, hosting = baseline.of(cast.project).items
    assert (stops.title, stops.detail, stops.price_minor) == (
        "Stops",
        "With maps\n6.5 pieces",
        650_00,
    )
    assert (hosting.section, hosting.price_minor) == ("Care: Full", 20_00)


def test_a_yes_to_a_ballpark_binds_nobody_and_asks_for_a_firm_version(cast):
    sign_off = sent(cast, stance=Stance.BALLPARK)
    assert sign_off.label == "ballpark estimate 1, version 1"
    assert sign_off.subject.strip(sign_off.offer()) is None

    decision = make.answer(sign_off, by=cast.cleo)

    assert baseline.number_of(cast.project) == 0
    assert "ask for a firm estimate" in decision.receipts.get().facts["consent"]["text"]
    assert "commits neither side to an amount" in decision.receipts.get().facts["consent"]["text"]
    assert "no amount was agreed" in sign_off.subject.last_words(sign_off.offer())[1]
    firm = sign_off.subject.estimate.revise(by=cast.sam)
    assert (firm.version, firm.stance) == (2, Stance.FIRM)
    make.answer(firm.send(by=cast.sam, deciders=[cast.cleo]), by=cast.cleo)
    assert baseline.number_of(cast.project) == 1
    assert firm.estimate.is_final


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

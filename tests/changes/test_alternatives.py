"""A request with alternatives: the client chooses exactly one, and the choice is the decision."""

import datetime as dt

import pytest

from portal.changes import difference
from portal.changes.models import (
    ALTERNATIVES_MOST,
    Alternative,
    ChangeRequest,
    ChangeVersion,
    Impact,
)
from portal.core.errors import DomainError
from portal.documents.paper import PARTS
from portal.scope import baseline
from portal.scope.models import Action, Amendment
from portal.signoff.models import Answer, Decision
from portal.signoff.refusals import Moved, Overtaken
from tests import make
from tests.changes.conftest import LAUNCH

LATER = LAUNCH + dt.timedelta(days=21)
DROP_PLAN = {"action": Action.REMOVED, "item": 2}
WAYS = [
    {"title": "Pay more", "summary": "All stays.", "impacts": [make.ADDED]},
    {
        "title": "Drop the plan",
        "summary": "No floor plan.",
        "is_recommended": True,
        "impacts": [make.ADDED, DROP_PLAN],
    },
    {"title": "Later", "summary": "Calmly.", "launch_on": LATER, "impacts": [make.ADDED]},
]


@pytest.fixture
def sign_off(send):
    return send(alternatives=WAYS)


def changed(at, **columns):
    """The alternatives with some columns of one of them changed."""
    return [way | (columns if at == n else {}) for n, way in enumerate(WAYS)]


def test_the_studios_choice_is_the_one_that_opens(sign_off):
    offer = sign_off.offer()

    assert (offer.options, offer.choice, offer.total_minor) == (
        ("a2",),
        "Drop the plan",
        3_550_00,
    )
    assert sign_off.amount_minor == 3_550_00


@pytest.mark.parametrize(
    ("option", "total_minor", "launch_on"),
    [("a1", 4_750_00, None), ("a2", 3_550_00, None), ("a3", 4_750_00, LATER)],
)
def test_each_choice_has_its_own_total_and_launch(sign_off, option, total_minor, launch_on):
    offer = sign_off.offer((option,))

    assert (offer.options, offer.total_minor, offer.launch_on) == (
        (option,),
        total_minor,
        launch_on,
    )


@pytest.mark.parametrize(
    "options", [(), ("a4",), ("a1", "a2"), ("a1", "a1"), ("A1",), ("1",), ("a01",), (" a1",)]
)
def test_anything_but_one_known_choice_is_refused(cast, sign_off, options):
    with pytest.raises(DomainError, match="exactly one"):
        sign_off.offer(options)
    with pytest.raises(DomainError, match="exactly one"):
        make.answer(sign_off, by=cast.cleo, options=options)

    assert not Decision.select().where(Decision.sign_off == sign_off).exists()


def test_what_was_chosen_takes_effect_and_nothing_else(cast, sign_off):
    decision = make.answer(sign_off, by=cast.cleo, options=("a3",))

    now = baseline.of(cast.project)
    assert decision.options == ["a3"]
    assert (decision.amount_minor, decision.launch_on) == (4_750_00, LATER)
    assert (now.total_minor, now.launch_on) == (14_250_00, LATER)
    assert not now.item(2).is_removed


def test_the_choice_takes_effect_as_it_was_sealed(cast, sign_off):
    """Even if somebody changed the rows behind the engine's back."""
    Impact.delete().execute()
    Alternative.update(launch_on=LATER, title="Other").execute()

    make.answer(sign_off, by=cast.cleo, options=("a2",))

    assert baseline.of(cast.project).item(2).is_removed
    assert Amendment.get(number=2).launch_on is None


def test_a_total_of_another_choice_is_not_what_was_read(cast, sign_off):
    with pytest.raises(Moved, match=r"3,550\.00 EUR"):
        make.answer(sign_off, by=cast.cleo, options=("a2",), total_minor=4_750_00)


def test_the_receipt_says_which_was_chosen_and_which_not(cast, sign_off):
    words = sign_off.subject.last_words(sign_off.offer(("a1",)))

    assert words[0] == "“Pay more” was chosen, and not “Drop the plan”, “Later”."


def test_declining_needs_no_other_choice_than_the_page_had(cast, sign_off):
    make.answer(sign_off, by=cast.cleo, answer=Answer.DECLINE)

    assert baseline.number_of(cast.project) == 1


def test_all_alternatives_are_sealed_and_readable_on_paper(sign_off):
    said = repr(PARTS["change"](sign_off.shown, ("a1",)))

    for words in ("Pay more", "Drop the plan", "Later", "Floor plan", "+3,550.00", "12 June 2031"):
        assert words in said
    assert said.count("'Chosen'") == 1
    assert said.count("'Not chosen'") == 2


def test_a_way_that_only_moves_the_launch_has_no_empty_table(send):
    sign_off = send(alternatives=changed(2, impacts=[]))

    way = next(part for part in PARTS["change"](sign_off.shown, None) if part.name == "Later")

    assert [block.block for block in way.blocks] == ["prose", "facts"]


def test_an_item_that_changed_in_any_of_them_takes_all_back(cast, send, sign_off):
    make.answer(send(impacts=[DROP_PLAN]), by=cast.cleo)

    with pytest.raises(Overtaken, match="“Floor plan” was removed"):
        make.answer(sign_off, by=cast.cleo, options=("a1",))


@pytest.mark.parametrize(
    ("ways", "sentence"),
    [
        (changed(1, title=""), "a title"),
        (changed(1, summary=""), "in one sentence what it is"),
        (changed(1, title="PAY MORE"), "the same title"),
        (changed(1, impacts=[]), "“Drop the plan”: Say what changes"),
        (changed(1, impacts=[DROP_PLAN, DROP_PLAN]), "“Drop the plan”: One item stands"),
    ],
)
def test_each_alternative_has_to_be_whole(cast, contract, ways, sentence):
    draft = make.change(cast.project, by=cast.sam, alternatives=ways)

    assert any(sentence in missing for missing in draft.missing())


def test_more_than_a_menu_is_refused(cast):
    ways = [WAYS[0] | {"title": str(n)} for n in range(ALTERNATIVES_MOST + 1)]

    with pytest.raises(DomainError, match="alternatives at most"):
        make.change(cast.project, by=cast.sam, alternatives=ways)


def test_exactly_one_is_recommended(cast):
    both = [way | {"is_recommended": True} for way in WAYS]
    none = [way | {"is_recommended": False} for way in WAYS]

    for ways in (both, none):
        draft = make.change(cast.project, by=cast.sam, alternatives=ways)
        assert [one.is_recommended for one in draft.alternatives] == [True, False, False]


def test_a_number_is_never_given_again(cast, sign_off):
    """Version 2 without “Later” and with a new one: that is alternative 4, not 3."""
    ChangeRequest.find(cast.project, 1).make_version(by=cast.sam)
    draft = ChangeVersion.draft(cast.project, 1)
    kept = [one.columns() for one in draft.alternatives][:2]

    draft = draft.write_alternatives(
        [*kept, WAYS[2] | {"title": "Much later", "impacts": kept[0]["impacts"]}],
        by=cast.sam,
        edits=0,
    )

    assert [one.number for one in draft.alternatives] == [1, 2, 4]
    found = difference.between(sign_off.shown, draft.snapshot())
    assert [(row.what, row.note) for row in found.rows] == [
        ("Much later", "A new alternative"),
        ("Later", "No longer offered."),
    ]


def test_two_versions_are_compared_by_alternative(cast, sign_off):
    ChangeRequest.find(cast.project, 1).make_version(by=cast.sam)
    draft = ChangeVersion.draft(cast.project, 1)
    ways = [one.columns() for one in draft.alternatives]
    ways[0] |= {"title": "Pay", "impacts": [ways[0]["impacts"][0] | {"price_minor": 4_000_00}]}
    draft = draft.write_alternatives(ways, by=cast.sam, edits=0)

    [row] = difference.between(sign_off.shown, draft.snapshot()).rows

    assert (row.what, row.before_minor, row.after_minor) == ("Pay", 4_750_00, 4_000_00)
    assert row.note == "Was called “Pay more”. Booking: priced anew."

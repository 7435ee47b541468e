"""A yes moves the scope, the sum and the launch; a change to the same item takes the rest back."""

import datetime as dt

import pytest

from portal.changes.models import Alternative, ChangeRequest, ChangeVersion, Impact
from portal.core.errors import DomainError
from portal.projects.models import Project
from portal.scope import baseline
from portal.scope.models import Action, Amendment
from portal.signoff.models import Answer, Decision, SignOff
from portal.signoff.refusals import Moved, Overtaken
from tests import make
from tests.changes.conftest import LAUNCH

LATER = LAUNCH + dt.timedelta(days=21)
DROP_PLAN = {"action": Action.REMOVED, "item": 2}
DEARER_PAGES = {"action": Action.CHANGED, "item": 1, "price_minor": 500_00, "detail": "Twelve"}


def test_a_yes_moves_the_baseline_and_the_launch(cast, send):
    sign_off = send(impacts=[make.ADDED, DROP_PLAN, DEARER_PAGES], launch_on=LATER)

    make.answer(sign_off, by=cast.cleo)

    now = baseline.of(cast.project)
    assert (now.number, now.launch_on, now.total_minor) == (2, LATER, 13_550_00)
    assert [(one.title, one.price_minor, one.is_removed) for one in now.items] == [
        ("Visit pages", 8_800_00, False),
        ("Floor plan", 0, True),
        ("Booking", 4_750_00, False),
    ]
    assert {one.subject for one in now.items} == {"change request 1"}
    assert Project.get_by_id(cast.project.id).launch_on == LATER
    assert sign_off.subject.status == "approved"


def test_a_launch_that_stays_stays(cast, send):
    make.answer(send(), by=cast.cleo)

    assert Amendment.get(number=2).launch_on is None
    assert baseline.of(cast.project).launch_on == LAUNCH


@pytest.mark.parametrize("answer", [Answer.DECLINE, Answer.REQUEST_CHANGES])
def test_any_other_answer_moves_nothing(cast, send, answer):
    sign_off = send(impacts=[DROP_PLAN], launch_on=LATER)

    make.answer(sign_off, by=cast.cleo, answer=answer)

    now = baseline.of(cast.project)
    assert (now.number, now.total_minor, now.launch_on) == (1, 9_500_00, LAUNCH)


def test_what_takes_effect_is_what_was_sealed(cast, send):
    """Even rows that somebody changed behind the engine's back."""
    sign_off = send(impacts=[DROP_PLAN])
    Alternative.update(launch_on=LATER).execute()
    Impact.delete().execute()

    make.answer(sign_off, by=cast.cleo)

    assert baseline.of(cast.project).item(2).is_removed
    assert baseline.of(cast.project).launch_on == LAUNCH


def test_a_touched_item_that_changed_takes_the_question_back(cast, send):
    first, second = send(impacts=[DROP_PLAN]), send(impacts=[{**DROP_PLAN, "price_minor": -100}])
    make.answer(first, by=cast.cleo)

    with pytest.raises(Overtaken, match="“Floor plan” was removed by change request 1"):
        make.answer(second, by=cast.cleo)

    second = SignOff.get_by_id(second.id)
    assert (second.status, second.subject.status) == ("withdrawn", "withdrawn")
    assert "“Floor plan” was removed by change request 1" in second.reason
    assert not Decision.select().where(Decision.sign_off == second).exists()
    assert baseline.number_of(cast.project) == 2


def test_the_producer_is_told_that_it_was_taken_back(cast, send, letters):
    first, second = send(impacts=[DROP_PLAN]), send(impacts=[DROP_PLAN])
    make.answer(first, by=cast.cleo)
    before = len(letters())

    with pytest.raises(Overtaken):
        make.answer(second, by=cast.cleo)

    told = {letter["To"].addresses[0].addr_spec for letter in letters()[before:]}
    assert cast.sam.email in told


def test_an_item_elsewhere_only_asks_to_read_the_new_sum(cast, send):
    first, second = send(impacts=[DEARER_PAGES]), send(impacts=[DROP_PLAN])
    make.answer(first, by=cast.cleo)

    with pytest.raises(Moved):
        make.answer(second, by=cast.cleo, baseline_number=1)
    assert SignOff.get_by_id(second.id).is_open

    make.answer(second, by=cast.cleo)
    assert baseline.number_of(cast.project) == 3


def test_a_draft_beside_the_approved_version_is_put_away(cast, send):
    sign_off = send()
    version = ChangeRequest.find(cast.project, 1).make_version(by=cast.sam)

    make.answer(sign_off, by=cast.cleo)

    assert ChangeVersion.get_by_id(version.id).status == "withdrawn"
    assert ChangeRequest.find(cast.project, 1).current.version == 1


def test_nothing_can_be_chosen(cast, send):
    with pytest.raises(DomainError, match="nothing to choose"):
        send().offer(("1",))


def test_the_strip_names_what_else_waits(cast, send):
    send(impacts=[DEARER_PAGES])
    second = send(impacts=[DROP_PLAN])

    strip = second.subject.strip(second.offer())

    assert (strip.contract_minor, strip.this_minor, strip.total_minor) == (
        9_500_00,
        -1_200_00,
        8_300_00,
    )
    assert (strip.pending, strip.pending_minor) == (("change request 1 (+500)",), 500_00)
    assert (strip.launch_on, strip.launch_before_on) == (LAUNCH, LAUNCH)


@pytest.mark.parametrize(
    ("impact", "words"),
    [
        (make.ADDED, "The project's total rises by 4,750 EUR."),
        (DROP_PLAN, "The project's total falls by 1,200 EUR."),
        ({**DEARER_PAGES, "price_minor": 0}, "The price of the project stays as it was."),
    ],
)
def test_the_receipt_ends_with_what_happens_now(cast, send, impact, words):
    sign_off = send(impacts=[impact], launch_on=LATER)

    said = sign_off.subject.last_words(sign_off.offer())

    assert said[1:] == [words, "The launch is now 12 June 2031."]

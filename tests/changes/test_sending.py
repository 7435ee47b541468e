"""Nothing half said goes out, and what goes out says it all."""

import datetime as dt

import pytest

from portal.changes.models import ChangeRequest, ChangeVersion, Incomplete
from portal.core.errors import Conflict, DomainError
from portal.scope.models import Action
from portal.signoff.models import SignOff
from portal.signoff.refusals import Overtaken
from tests import make
from tests.changes.conftest import LAUNCH


def test_without_an_approved_estimate_nothing_can_be_sent(cast):
    draft = make.change(cast.project, by=cast.sam)

    with pytest.raises(Incomplete, match="get an estimate approved first"):
        draft.send(by=cast.sam, deciders=[cast.cleo])

    assert not SignOff.select().exists()
    assert ChangeVersion.get().is_draft


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"title": ""}, "title"),
        ({"summary": ""}, "one sentence"),
        ({"why": ""}, "Say why"),
        ({"impacts": []}, "Say what changes"),
        ({"impacts": [{"action": Action.ADDED, "price_minor": 1}]}, "Say what is added"),
        ({"impacts": [{"action": Action.ADDED, "title": "Map"}]}, "what “Map” costs"),
        ({"impacts": [{"action": Action.REMOVED}]}, "Choose the item that is removed"),
        ({"impacts": [{"action": Action.CHANGED, "item": 1}] * 2}, "in two rows"),
        (
            {"impacts": [{"action": Action.REMOVED, "item": 1, "price_minor": 500}]},
            "cannot cost more",
        ),
        ({"valid_until_on": dt.date(2020, 1, 1)}, "has passed"),
    ],
)
def test_what_is_missing_is_said(cast, contract, facts, sentence):
    draft = make.change(cast.project, by=cast.sam, **facts)

    with pytest.raises(Incomplete, match=sentence):
        draft.send(by=cast.sam, deciders=[cast.cleo])


def test_an_item_that_went_meanwhile_stands_in_the_way(cast, send):
    draft = make.change(cast.project, by=cast.sam, impacts=[{"action": Action.CHANGED, "item": 2}])
    make.answer(send(impacts=[{"action": Action.REMOVED, "item": 2}]), by=cast.cleo)

    with pytest.raises(Incomplete, match="removed from the scope meanwhile"):
        draft.send(by=cast.sam, deciders=[cast.cleo])


def test_moving_the_launch_alone_is_enough(cast, send):
    later = LAUNCH + dt.timedelta(days=21)

    offer = send(impacts=[], launch_on=later).offer()

    assert (offer.total_minor, offer.launch_on) == (0, later)
    assert offer.sheet.launch_move(offer.sheet.chosen) == "21 days later"


def test_the_launch_it_has_already_is_no_change(cast, contract):
    draft = make.change(cast.project, by=cast.sam, impacts=[], launch_on=LAUNCH)

    assert "Say what changes: something in the scope, or the launch." in draft.missing()


def test_the_snapshot_tells_what_each_item_was(cast, send):
    sign_off = send(
        impacts=[
            {"action": Action.CHANGED, "item": 1, "price_minor": 500_00, "title": "Pages"},
            {"action": Action.REMOVED, "item": 2},
        ]
    )

    (way,) = sign_off.shown["alternatives"]
    pages, plan = way["effects"]
    assert pages["title"] == "Pages"
    assert pages["was"] == {
        "title": "Visit pages",
        "detail": "",
        "price": {"minor": 8_300_00, "currency": "EUR"},
        "edited_by": 1,
    }
    assert plan["price"] == {"minor": -1_200_00, "currency": "EUR"}
    assert way["total"] == {"minor": -700_00, "currency": "EUR"}
    assert (sign_off.amount_minor, sign_off.baseline_number) == (-700_00, 1)


def test_the_snapshot_holds_no_name_of_a_person(cast, send):
    snapshot = send().snapshot

    assert not [one.name for one in (cast.sam, cast.cleo, cast.vic) if one.name in snapshot]
    assert cast.client.name in snapshot


def test_it_is_sent_once(cast, contract):
    draft = make.change(cast.project, by=cast.sam)
    draft.send(by=cast.sam, deciders=[cast.cleo])

    with pytest.raises(Conflict, match="sent"):
        draft.send(by=cast.sam, deciders=[cast.cleo])

    assert SignOff.select().where(SignOff.kind == "change").count() == 1


def test_nobody_answers_by_a_day_that_has_passed(cast, contract):
    draft = make.change(cast.project, by=cast.sam)

    with pytest.raises(DomainError, match="has passed"):
        draft.send(by=cast.sam, deciders=[cast.cleo], due_on=dt.date(2020, 1, 1))


def test_its_terms_go_along(cast, send):
    until = dt.date(2031, 1, 1)

    sign_off = send(silence="it stays as it is", valid_until_on=until)

    assert (sign_off.silence, sign_off.expires_on) == ("it stays as it is", until)


def test_a_new_version_replaces_the_open_question(cast, send):
    first = send()
    version = ChangeRequest.find(cast.project, 1).make_version(by=cast.sam)

    version.send(by=cast.sam, deciders=[cast.cleo])

    assert SignOff.get_by_id(first.id).status == "superseded"
    assert first.subject.status == "superseded"


def test_the_last_day_is_counted_where_the_studio_is(cast, contract, at):
    at("2031-03-09 23:30")  # In UTC: in the studio, the 10th has begun.
    draft = make.change(cast.project, by=cast.sam, valid_until_on=dt.date(2031, 3, 9))

    with pytest.raises(Incomplete, match="has passed"):
        draft.send(by=cast.sam, deciders=[cast.cleo])


def test_once_all_is_cancelled_there_is_nothing_to_change(cast, contract):
    draft = make.change(cast.project, by=cast.sam)
    undo = make.cancellation(SignOff.get_by_id(contract.sign_off_id), by=cast.sam)
    make.answer(undo.send(by=cast.sam, deciders=[cast.cleo]), by=cast.cleo)

    with pytest.raises(Incomplete, match="get an estimate approved first"):
        draft.send(by=cast.sam, deciders=[cast.cleo])


def test_what_was_sent_before_all_was_cancelled_is_taken_back(cast, contract, send):
    asked = send()
    undo = make.cancellation(SignOff.get_by_id(contract.sign_off_id), by=cast.sam)
    make.answer(undo.send(by=cast.sam, deciders=[cast.cleo]), by=cast.cleo)

    with pytest.raises(Overtaken, match="nothing left to change"):
        make.answer(asked, by=cast.cleo)
    assert SignOff.get_by_id(asked.id).status == "withdrawn"

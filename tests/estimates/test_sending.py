"""Sending freezes a version; what follows it is a new version, until one is approved."""

import datetime as dt

import pytest

from portal.core.errors import Conflict, DomainError
from portal.estimates.models import FINAL, EstimateVersion, Incomplete, LineKind, StaleDraft
from portal.estimates.models.versions import Stance
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.scope import baseline
from portal.signoff.models import Answer, SignOff, SignOffStatus
from portal.signoff.previews import preview
from portal.signoff.subject import SubjectStatus
from tests import make

REVERSED = make.VAT | {"is_reverse": True}
HALF = {"what": "Half", "bp": 5000, "on": "approval"}
BY_QUANTITY = {
    "kind": LineKind.QUANTITY,
    "quantity_thousandths": 1000,
    "rate_minor": 1_00,
    "least_thousandths": 2000,
    "most_thousandths": 3000,
}


def send(draft, cast, **terms):
    return draft.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic], **terms)


def status_of(version):
    return EstimateVersion.get_by_id(version.id).status


def test_sending_freezes_it_asks_the_client_and_is_recorded(cast):
    draft = make.estimate(cast.project, by=cast.sam, lines=[("Design", 120_00), ("Build", 80_00)])

    sign_off = send(draft, cast)

    assert status_of(draft) == draft.status == SubjectStatus.SENT
    assert [a.user for a in sign_off.addressees] == [cast.cleo, cast.vic]
    assert sign_off.amount_minor == 200_00
    event = Event.select().order_by(Event.id.desc()).get()
    assert (event.verb, event.actor) == (Verb.SIGN_OFF_SENT, cast.sam.identity)


def test_a_sent_version_cannot_change(cast):
    draft = make.estimate(cast.project, by=cast.sam)
    stale = EstimateVersion.get_by_id(draft.id)
    sign_off = send(draft, cast)

    with pytest.raises(Conflict, match="sent estimate cannot change"):
        stale.save_draft(by=cast.sam, edits=stale.edits, values={"title": "Another"})
    with pytest.raises(Conflict, match="sent estimate cannot change"):
        stale.add_line(by=cast.sam, what="More")

    assert EstimateVersion.get_by_id(draft.id).snapshot() == sign_off.shown


def test_the_second_of_two_sends_is_refused(cast):
    draft = make.estimate(cast.project, by=cast.sam)
    stale = EstimateVersion.get_by_id(draft.id)
    send(draft, cast)

    with pytest.raises(Conflict, match="sent estimate cannot change"):
        send(stale, cast)

    assert [one.status for one in SignOff.select()] == [SignOffStatus.OPEN]


def test_a_stale_copy_cannot_undo_the_send(cast):
    draft = make.estimate(cast.project, by=cast.sam)
    stale = EstimateVersion.get_by_id(draft.id)
    send(draft, cast)

    stale.title = "Renamed"
    stale.save()

    assert status_of(draft) == SubjectStatus.SENT


def test_what_a_colleague_saved_meanwhile_is_not_sent_unread(cast):
    draft = make.estimate(cast.project, by=cast.sam)
    opened_at = draft.edits
    EstimateVersion.get_by_id(draft.id).add_line(by=cast.dora, what="Sound", fixed_minor=1)

    with pytest.raises(StaleDraft, match="Dora Lindqvist saved this draft"):
        send(draft, cast, edits=opened_at)

    assert status_of(draft) == SubjectStatus.DRAFT


@pytest.mark.parametrize(
    ("lines", "fields", "reason"),
    [
        ([], {}, "Add at least one line"),
        ([("Design", 1)], {"title": ""}, "Give the estimate a title"),
        ([("", 1)], {}, "has no words yet"),
        ([("Design", None)], {}, "“Design” has no price yet"),
        ([("Design", 1)], {"valid_until_on": dt.date(2026, 3, 11)}, "valid until a day that has"),
        ([("Design", 1)], {"taxes": [REVERSED]}, "needs the client's tax number"),
        ([("Design", 1)], {"taxes": [make.VAT | {"name": ""}]}, "Name each tax"),
        ([("Design", 1)], {"payments": [HALF]}, "have to add up to 100 %"),
        ([("Design", 1)], {"payments": [HALF, HALF | {"on": None}]}, "when each payment is due"),
        ([("Design", 10**12 + 1)], {}, "total is too large"),
        ([("Design", None, BY_QUANTITY)], {}, "between its least and its most"),
        ([("Design", None, BY_QUANTITY | {"least_thousandths": None})], {}, "a least and a most"),
    ],
)
def test_an_incomplete_draft_is_not_sent(cast, at, lines, fields, reason):
    at("2026-03-12 10:45")
    draft = make.estimate(cast.project, by=cast.sam, lines=lines, **fields)

    with pytest.raises(Incomplete, match=reason):
        send(draft, cast)

    assert status_of(draft) == SubjectStatus.DRAFT


def test_a_choice_needs_two_packages_with_names(cast):
    draft = make.estimate(cast.project, by=cast.sam)
    first = draft.sections.get()
    values = {"sections": {first.id: {"choice": "Care", "title": "Basic"}}}
    draft.save_draft(by=cast.sam, edits=draft.edits, values=values)
    with pytest.raises(Incomplete, match="“Care” needs at least two packages"):
        send(draft, cast)

    second = draft.add_section(by=cast.sam, title="")
    draft.add_line(second.id, by=cast.sam, what="Care", kind=LineKind.FIXED, fixed_minor=1)
    values = {"sections": {second.id: {"choice": "Care"}}}
    draft.save_draft(by=cast.sam, edits=draft.edits, values=values)
    with pytest.raises(Incomplete, match="Name each package of “Care”"):
        send(draft, cast)


def test_nobody_is_asked_to_answer_by_a_day_that_has_passed(cast, at):
    at("2026-03-12 10:45")
    draft = make.estimate(cast.project, by=cast.sam)
    with pytest.raises(DomainError, match="by a day that has passed"):
        send(draft, cast, due_on=dt.date(2026, 3, 11))


def test_a_line_in_which_nobody_wrote_anything_is_left_out(cast):
    draft = make.estimate(cast.project, by=cast.sam)
    draft.add_line(by=cast.sam)

    sign_off = send(draft, cast)

    (section,) = sign_off.shown["sections"]
    assert [line["what"] for line in section["lines"]] == ["Design"]


def test_a_new_version_takes_the_place_of_the_open_one(cast):
    first = make.estimate(cast.project, by=cast.sam)
    send(first, cast)

    second = first.estimate.revise(by=cast.sam)
    assert status_of(first) == SubjectStatus.SENT  # Still open while the next one is drafted.
    send(second, cast)

    assert status_of(first) == SubjectStatus.SUPERSEDED
    closed, opened = SignOff.select().order_by(SignOff.number)
    assert (closed.status, opened.status) == (SignOffStatus.SUPERSEDED, SignOffStatus.OPEN)
    assert (opened.version, opened.subject_number) == (2, first.number)


def test_a_new_version_says_what_the_last_one_said(cast):
    lines = [("Design", 120_00, {"note": "Ten screens"}), ("Film", 9_00, {"is_optional": True})]
    first = make.estimate(
        cast.project, by=cast.sam, lines=lines, terms="Half now.", taxes=[make.VAT]
    )
    send(first, cast)

    second = first.estimate.revise(by=cast.sam)

    assert second.snapshot() == first.snapshot() | {"version": 2}
    assert second.is_draft


def test_there_is_one_draft_at_most(cast):
    draft = make.estimate(cast.project, by=cast.sam)
    with pytest.raises(Conflict, match="Version 1 is still a draft"):
        draft.estimate.revise(by=cast.sam)


@pytest.mark.parametrize("answer", [Answer.REQUEST_CHANGES, Answer.DECLINE])
def test_after_a_no_there_is_a_next_version(cast, answer):
    draft = make.estimate(cast.project, by=cast.sam)
    make.answer(send(draft, cast), by=cast.cleo, answer=answer)

    second = draft.estimate.revise(by=cast.sam)

    assert (second.version, second.status) == (2, SubjectStatus.DRAFT)


def test_an_approved_estimate_is_final(cast):
    draft = make.estimate(cast.project, by=cast.sam)
    make.answer(send(draft, cast), by=cast.cleo)

    with pytest.raises(Conflict, match=FINAL):
        draft.estimate.revise(by=cast.sam)


def test_a_draft_that_was_begun_before_the_yes_can_no_longer_be_sent(cast):
    first = make.estimate(cast.project, by=cast.sam)
    sign_off = send(first, cast)
    second = first.estimate.revise(by=cast.sam)

    make.answer(sign_off, by=cast.cleo)

    assert status_of(second) == SubjectStatus.WITHDRAWN
    with pytest.raises(Conflict, match=FINAL):
        send(second, cast)
    with pytest.raises(Conflict, match=FINAL):
        second.add_line(by=cast.sam, what="More")
    assert baseline.number_of(cast.project) == 1


@pytest.mark.parametrize("stance", Stance)
def test_the_preview_says_of_a_draft_what_sending_it_seals(cast, stance):
    draft = make.estimate(cast.project, by=cast.sam, stance=stance)
    shown = preview(draft, cast.sam)
    sent = draft.send(by=cast.sam, deciders=[cast.cleo])

    for column in ("noun", "title", "digest", "amount_minor", "is_binding", "baseline_number"):
        assert getattr(shown, column) == getattr(sent, column)
    assert sent.is_binding == (stance == Stance.FIRM)

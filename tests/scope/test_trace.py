"""From an item to all that belongs to it, for each reader only what that one may see; and back."""

import pytest

from portal.access.permissions import Role
from portal.feedback.words import VerdictKind
from portal.scope import baseline, trace
from portal.scope.models import Action
from portal.scope.trace import Step
from tests import make

HERE = "/projects/harbour/scope"


@pytest.fixture
def contract(cast):
    """An estimate of two lines, signed by Cleo: items 1 and 2."""
    draft = make.estimate(
        cast.project, by=cast.sam, lines=(("Visit pages", 8_300_00), ("Map", 90_00))
    )
    sign_off = draft.send(by=cast.sam, deciders=[cast.cleo])
    make.answer(sign_off, by=cast.cleo)
    return sign_off


def chain(cast, number=1, role=Role.APPROVER):
    return dict(trace.chain(cast.project, baseline.of(cast.project).item(number), role))


def test_an_item_leads_to_its_line_and_its_signature(cast, contract):
    found = chain(cast, 2)

    assert list(found) == [Step.PRICED, Step.SIGNED]
    priced, signed = found[Step.PRICED][0], found[Step.SIGNED][0]
    assert (priced.what, priced.note) == (
        "Estimate 1, version 1",
        "“Map”, a fixed price of 90 EUR",
    )
    assert priced.path.startswith(f"{contract.path}#line-")
    assert (signed.what, signed.note, signed.state) == ("Estimate 1", "Cleo Janssen", "approved")


def test_a_changed_item_leads_to_why_it_was_changed(cast, contract):
    row = {"action": Action.CHANGED, "item": 1, "price_minor": 500_00}
    draft = make.change(cast.project, by=cast.sam, impacts=[row], why="The\nboard asked. " * 20)
    make.answer(draft.send(by=cast.sam, deciders=[cast.cleo]), by=cast.cleo)

    asked = chain(cast)[Step.ASKED][0]

    assert asked.what == "Change request 1, version 1"
    assert asked.note.startswith("“The board asked. The board")
    assert asked.note.endswith("…”")
    assert len(chain(cast)[Step.SIGNED]) == 2


def test_feedback_that_was_measured_by_it_stands_there_for_each_side(cast, contract):
    item = make.feedback(cast.project, by=cast.cleo)
    make.verdict(item, by=cast.sam, kind=VerdictKind.DEFECT, scope_item=1)

    for role, path in (
        (Role.REVIEWER, f"/projects/harbour/feedback/{item.number}"),
        (Role.PRODUCER, f"/inbox/harbour/{item.number}"),
    ):
        judged = chain(cast, role=role)[Step.JUDGED]
        assert [(one.path, one.note, one.state) for one in judged] == [(path, "Defect", "triaged")]


def test_only_the_verdict_that_counts_leads_anywhere(cast, contract):
    item = make.feedback(cast.project, by=cast.cleo)
    make.verdict(item, by=cast.sam, scope_item=1)
    make.verdict(item, by=cast.sam, scope_item=2)

    assert Step.JUDGED not in chain(cast, 1)
    assert len(chain(cast, 2)[Step.JUDGED]) == 1


def test_a_version_that_shows_it_is_there_once_it_is_sent(cast, contract):
    draft = make.prototype(cast.project, by=cast.sam)
    draft.prototype.link_items([1], by=cast.sam)

    assert Step.SHOWN not in chain(cast)
    assert [one.state for one in chain(cast, role=Role.TEAM)[Step.SHOWN]] == ["draft"]

    draft.send(by=cast.sam, deciders=[cast.cleo])
    assert [(one.what, one.state) for one in chain(cast)[Step.SHOWN]] == [
        ("Prototype 1, version 1", "sent")
    ]


def test_the_yes_to_a_version_is_the_acceptance_of_what_it_shows(cast, contract):
    draft = make.prototype(cast.project, by=cast.sam)
    draft.prototype.link_items([1], by=cast.sam)
    made = make.answer(draft.send(by=cast.sam, deciders=[cast.cleo]), by=cast.cleo)
    draft.prototype.add_version(by=cast.sam)

    accepted = chain(cast)[Step.ACCEPTED]

    assert [(one.path, one.note) for one in accepted] == [
        (made.receipts.get().path, "Cleo Janssen")
    ]
    assert [one.what for one in chain(cast)[Step.SHOWN]] == ["Prototype 1, version 1"]
    drafts = [one.state for one in chain(cast, role=Role.PRODUCER)[Step.SHOWN]]
    assert drafts == ["approved", "draft"]


def test_a_signature_leads_back_to_its_items_as_they_are_called_now(cast, contract):
    row = {"action": Action.CHANGED, "item": 1, "title": "All pages", "price_minor": 0}
    draft = make.change(cast.project, by=cast.sam, impacts=[row])
    make.answer(draft.send(by=cast.sam, deciders=[cast.cleo]), by=cast.cleo)

    parts = trace.parts_of(cast.project, "estimate", 1)

    assert [(part.title, part.path) for part in parts] == [
        ("All pages", f"{HERE}/1"),
        ("Map", f"{HERE}/2"),
    ]
    assert [part.number for part in trace.parts_of(cast.project, "change", 1)] == [1]


def test_the_page_shows_the_chain_as_links(cast, contract, as_):
    page = as_(cast.vic).get(f"{HERE}/1").text

    for text in ("Priced", "Estimate 1, version 1", "Signed", "/receipts/", contract.path):
        assert text in page

"""Which edit forces which answer again: each row of the table, acted out on the models."""

import datetime as dt

import pytest

from portal.access.models import Membership
from portal.access.permissions import Role
from portal.core.errors import DomainError
from portal.estimates.models import Stance
from portal.mail.models import Letter
from portal.scope import baseline
from portal.scope.models import Action
from portal.signoff import consequences
from portal.signoff.consequences import TABLE, Consequence, Stage
from portal.signoff.models import SignOff, SignOffStatus
from portal.signoff.models.stand_ins import studio_day
from portal.studio.rates import Rate
from tests import make

LATER = dt.date(2099, 5, 22)
CASES = [
    pytest.param(row, stage, id=f"{row.kind}-{row.what}-{stage}")
    for row in TABLE
    for stage in Stage
    if row.at(stage) is not None and (row.kind, row.what) != ("project", "scope")
]


@pytest.fixture
def world(cast):
    """A project on which something is signed, with a second person who may decide."""
    pages = make.added("Pages", 100_00)
    make.amendment(cast.project, pages, by=cast.cleo, launch_on=LATER, number=90)
    cast.project = type(cast.project).get_by_id(cast.project.id)
    cast.max = make.user("Max Ode", client=cast.client)
    make.member(cast.max, cast.project, Role.SPONSOR)
    return cast


@pytest.mark.parametrize(("row", "stage"), CASES)
def test_the_models_do_what_the_table_says(world, row, stage):
    thing = MADE[row.kind](world)
    bring_to(stage, thing, world)

    assert lead_to(thing, ACTS[row.kind, row.what], world) == row.at(stage)


def test_every_row_is_acted_out_once():
    acted_out_below = {("project", "scope")}
    assert {*ACTS, *acted_out_below} == {(row.kind, row.what) for row in TABLE}
    assert len(ACTS) + 1 == len(TABLE)


def test_a_state_that_is_neither_draft_nor_approved_counts_as_sent():
    assert {Stage.of(status) for status in consequences.final("estimate", "lines")} == {
        Stage.APPROVED
    }
    assert [str(status) for status in consequences.editable("estimate", "lines")] == ["draft"]


def test_a_scope_item_moves_with_the_signature_and_not_before(world):
    row = {"action": Action.CHANGED, "item": 1, "price_minor": 50_00}
    sign_off = make.change(world.project, by=world.sam, impacts=[row]).send(
        by=world.sam, deciders=[world.cleo]
    )
    assert baseline.of(world.project).total_minor == 100_00
    assert consequences.of("project", "scope", Stage.APPROVED) == Consequence.RESIGNATURE

    make.answer(sign_off, by=world.cleo)
    assert baseline.of(world.project).total_minor == 150_00


# What is brought to a stage ----------------------------------------------------------------------


def ballpark(cast):
    return make.estimate(cast.project, by=cast.sam, stance=Stance.BALLPARK)


MADE = {
    "estimate": lambda cast: make.estimate(cast.project, by=cast.sam),
    "ballpark": ballpark,
    "change": lambda cast: make.change(cast.project, by=cast.sam),
    "prototype": lambda cast: make.prototype(cast.project, by=cast.sam, pictures=1),
    "sign_off": lambda cast: make.estimate(cast.project, by=cast.sam),
    "project": lambda cast: make.estimate(cast.project, by=cast.sam),
    "company": lambda cast: make.estimate(cast.project, by=cast.sam),
}


def bring_to(stage, draft, cast):
    if stage == Stage.DRAFT:
        return
    sign_off = draft.send(by=cast.sam, deciders=[cast.cleo])
    if stage == Stage.APPROVED:
        make.answer(sign_off, by=cast.cleo)


def lead_to(thing, act, cast):
    """What an edit leads to, as the models let it happen."""
    thing = type(thing).get_by_id(thing.id)
    sealed, letters = seals(), Letter.select().count()
    try:
        act(thing, cast)
    except OnlyByChange:
        return Consequence.RESIGNATURE
    except DomainError:
        return instead(thing, cast)
    assert seals() == sealed, "what was sent is never touched"
    return Consequence.NOTICE if Letter.select().count() > letters else Consequence.NOTHING


def instead(thing, cast):
    """What is left when it cannot change in place: a new version, or only a change request."""
    try:
        newer = AGAIN[thing.KIND](thing, cast).send(by=cast.sam, deciders=[cast.cleo])
    except DomainError:
        return Consequence.RESIGNATURE
    assert newer.status == SignOffStatus.OPEN
    assert not SignOff.select().where(SignOff.status == "open", SignOff.id != newer.id).exists()
    return Consequence.REAPPROVAL


def seals():
    return {one.id: one.digest for one in SignOff.select()}


class OnlyByChange(DomainError):
    """There is no version of this that could be sent again."""


AGAIN = {
    "estimate": lambda one, cast: one.estimate.revise(by=cast.sam),
    "change": lambda one, cast: one.change.make_version(by=cast.sam),
    "prototype": lambda one, cast: one.prototype.add_version(by=cast.sam),
}


# The edits ---------------------------------------------------------------------------------------


def write(**values):
    """Save fields of an estimate."""
    return lambda one, cast: one.save_draft(by=cast.sam, edits=one.edits, values=values)


def rewrite(*impacts, **words):
    """Save rows and words of a change request."""
    rows = [make.change_row() | make.ADDED, *impacts]
    return lambda one, cast: one.write(rows, by=cast.sam, edits=one.edits, **words)


def leave(_one, cast):
    member = Membership.get(user=cast.cleo, project=cast.project)
    cast.project.remove_member(member, by=cast.sam)


def decide_no_longer(_one, cast):
    member = Membership.get(user=cast.cleo, project=cast.project)
    cast.project.change_role(member, Role.REVIEWER, by=cast.sam)


def move_launch(_one, cast):
    try:
        cast.project.describe(by=cast.sam, launch_on=LATER + dt.timedelta(days=7))
    except DomainError as refused:
        raise OnlyByChange(refused.message) from refused


def move_due(one, cast):
    SignOff.of(one).move_due(studio_day() + dt.timedelta(days=9), by=cast.sam)


TAX = {"number": 1, "name": "VAT", "bp": 900, "is_reverse": False}
ACTS = {
    ("estimate", "wording"): write(title="Another title"),
    ("estimate", "lines"): lambda one, cast: one.add_line(by=cast.sam, what="One more"),
    ("estimate", "taxes"): write(taxes=[TAX], discount_bp=500, contingency_bp=500),
    ("estimate", "terms"): write(terms="Other terms", valid_until_on=LATER),
    ("estimate", "launch"): write(launch_on=LATER),
    ("ballpark", "wording"): write(title="Another title"),
    ("change", "wording"): rewrite(title="Another title"),
    ("change", "effects"): rewrite(make.change_row() | make.ADDED | {"title": "More"}),
    ("change", "launch"): rewrite(launch_on=LATER + dt.timedelta(days=1)),
    ("prototype", "wording"): lambda one, cast: one.describe(title="Another title", note=""),
    ("prototype", "screens"): lambda one, cast: one.add_link("More", "https://example.org/"),
    ("prototype", "items"): lambda one, cast: one.prototype.link_items([1], by=cast.sam),
    ("prototype", "rounds"): lambda one, cast: one.prototype.set_terms(
        by=cast.sam, included_rounds=3
    ),
    ("sign_off", "due"): move_due,
    ("sign_off", "people"): leave,
    ("sign_off", "role"): decide_no_longer,
    ("project", "facts"): lambda one, cast: cast.project.describe(by=cast.sam, name="Another"),
    ("project", "launch"): move_launch,
    ("company", "identity"): lambda one, cast: cast.client.describe(
        name="Harbour Museum", legal_name="Harbour Museum Ltd", address="Quay 2"
    ),
    ("company", "rates"): lambda one, cast: Rate.add(
        role="Design", currency="EUR", hour_minor=95_00, from_on=LATER
    ),
}

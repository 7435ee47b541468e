"""What signatures come to: the fold of the amendments, on any number."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings

from portal.projects.models import Project
from portal.scope import baseline
from portal.scope.models import Action, Edit, ScopeItem
from tests import make
from tests.scope.histories import histories, replay, rows_of, signed

LAUNCH = dt.date(2026, 5, 22)


@pytest.fixture
def contract(cast):
    """Two items, signed by Cleo."""
    pages = make.added("Visit pages", 8_300_00, section="Site")
    plan = make.added("Floor plan", 1_200_00, section="Site", detail="For print")
    return make.amendment(cast.project, pages, plan, by=cast.cleo, launch_on=LAUNCH)


def item(project, number):
    return ScopeItem.get(project=project, number=number)


def test_nothing_signed_is_baseline_0(cast):
    found = baseline.of(cast.project)

    assert (found.number, found.items, found.total_minor, found.launch_on) == (0, (), 0, None)
    assert baseline.number_of(cast.project) == 0


def test_an_item_knows_who_signed_it_and_where_the_receipt_is(cast, contract):
    pages = baseline.of(cast.project).items[0]

    assert (pages.number, pages.section, pages.title) == (1, "Site", "Visit pages")
    assert (pages.signed_by, pages.subject, pages.edited_by) == ("Cleo Janssen", "estimate 1", 1)
    assert pages.receipt == contract.decision.receipts.get().public_id


def test_a_change_keeps_what_it_does_not_mention(cast, contract):
    plan = item(cast.project, 2)
    dearer = Edit(Action.CHANGED, item=plan, title="", price_minor=300_00)
    make.amendment(cast.project, dearer, by=cast.cleo, kind="change")

    found = baseline.of(cast.project).item(2)

    assert (found.title, found.detail, found.price_minor) == ("Floor plan", "For print", 1_500_00)
    assert [touch.price_minor for touch in found.touches] == [1_200_00, 300_00]
    assert (found.edited_by, found.subject) == (2, "change request 2")


def test_a_removed_item_keeps_its_place_and_says_what_came_back(cast, contract):
    gone = Edit(Action.REMOVED, item=item(cast.project, 2), title="", price_minor=-1_000_00)
    make.amendment(cast.project, gone, by=cast.cleo, kind="change")

    found = baseline.of(cast.project)

    assert [one.is_removed for one in found.items] == [False, True]
    assert (found.item(2).price_minor, found.item(2).last.price_minor) == (200_00, -1_000_00)
    assert (found.contract_minor, found.changes_minor) == (9_500_00, -1_000_00)


def test_an_older_baseline_is_as_it_was(cast, contract):
    gone = Edit(Action.REMOVED, item=item(cast.project, 1), title="", price_minor=-8_300_00)
    later = dt.date(2026, 6, 12)
    make.amendment(cast.project, gone, by=cast.cleo, kind="change", launch_on=later)

    before, now = baseline.of(cast.project, 1), baseline.of(cast.project)

    assert (before.number, before.total_minor, before.launch_on) == (1, 9_500_00, LAUNCH)
    assert not before.item(1).is_removed
    assert (now.number, now.total_minor, now.launch_on) == (2, 1_200_00, later)


def test_sections_stand_in_the_order_they_came(cast, contract):
    tickets = make.added("Tickets", 100, section="Shop")
    map_ = make.added("Map", 100, section="Site")
    make.amendment(cast.project, tickets, map_, by=cast.cleo)

    sections = baseline.of(cast.project).sections

    assert {name: [one.title for one in items] for name, items in sections.items()} == {
        "Site": ["Visit pages", "Floor plan", "Map"],
        "Shop": ["Tickets"],
    }


def test_the_strip_adds_one_more_amount(cast, contract):
    make.amendment(cast.project, make.added("Map", 850_00), by=cast.cleo, kind="change")
    cast.project.launch_on = LAUNCH

    strip = baseline.strip(cast.project, 500_00, dt.date(2026, 6, 1))

    assert (strip.contract_minor, strip.changes_minor, strip.changes_count) == (9_500_00, 850_00, 1)
    assert (strip.total_minor, strip.launch_before_on) == (10_850_00, LAUNCH)


def test_what_others_signed_since_a_yes_is_listed(cast, contract):
    change = make.amendment(
        cast.project, make.added("Map", 850_00), by=cast.vic, kind="change", title="A map"
    )

    since = baseline.changed_since(cast.project, contract.decision)

    assert [(row.what, row.change_minor) for row in since.rows] == [("A map", 850_00)]
    assert "signed by Vic Aalto" in since.rows[0].note
    assert not baseline.changed_since(cast.project, change.decision)


# Any history at all ------------------------------------------------------------------------------


@given(histories())
def test_the_fold_is_the_amendments_one_by_one_and_so_is_its_sum(history):
    by = {number: signed(number) for number in range(1, len(history) + 1)}

    items = baseline.fold(rows_of(history), by)

    assert {
        number: (one.title, one.detail, one.price_minor, one.last.action)
        for number, one in items.items()
    } == replay(history)
    amounts = [sum(price for *_, price in edits) for edits in history]
    assert sum(one.price_minor for one in items.values()) == sum(amounts)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(histories())
def test_the_database_folds_every_baseline_as_replaying_does(cast, history):
    """Sums, order and empty words are the same on both databases, on every number."""
    slug = Project.free_slug("Any")
    project = make.project(slug, by=cast.sam, client=cast.client)
    for edits in history:
        intended = [
            Edit(
                action,
                item=ScopeItem.get_or_none(project=project, number=number),
                title=title,
                detail=detail,
                price_minor=price,
            )
            for number, action, title, detail, price in edits
        ]
        make.amendment(project, *intended, by=cast.cleo)

    for number in range(1, len(history) + 1):
        found = baseline.of(project, number)
        assert {
            one.number: (one.title, one.detail, one.price_minor, one.last.action)
            for one in found.items
        } == replay(history[:number])
        assert found.total_minor == sum(one.price_minor for one in found.items)

"""What of the scope a prototype shows: chosen by the studio, read by both sides, on record."""

import pytest

from portal.core.errors import DomainError
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.prototypes.models import PrototypeItem
from portal.scope.models import Action, Edit, ScopeItem
from tests import make

PAGE = "/projects/harbour/prototypes/1"


@pytest.fixture
def draft(cast):
    """A draft, and three items of the scope."""
    items = (make.added(title, 100_00, section="Site") for title in ("Pages", "Map", "Shop"))
    make.amendment(cast.project, *items, by=cast.cleo)
    return make.prototype(cast.project, by=cast.sam)


def recorded(project):
    """What the client's chain says of links, oldest first."""
    mine = (Event.project_id == project.id, Event.verb == Verb.PROTOTYPE_LINKED)
    return [event.body["items"] for event in Event.select().where(*mine).order_by(Event.seq)]


def parts(draft):
    return [part.title for part in draft.prototype.parts()]


def test_links_of_a_draft_are_nobody_elses_business(cast, draft):
    draft.prototype.link_items([1, 3], by=cast.sam)

    assert parts(draft) == ["Pages", "Shop"]
    assert recorded(cast.project) == []


def test_the_first_sending_tells_what_it_shows(cast, draft):
    draft.prototype.link_items([3, 1], by=cast.sam)
    draft.send(by=cast.sam, deciders=[cast.cleo])

    assert recorded(cast.project) == [[1, 3]]


def test_from_then_on_each_change_is_recorded_and_nothing_else(cast, draft):
    draft.send(by=cast.sam, deciders=[cast.cleo])
    for numbers in ([1], [1], [2], []):
        draft.prototype.link_items(numbers, by=cast.sam)

    assert recorded(cast.project) == [[1], [2], []]
    assert not PrototypeItem.select().exists()


@pytest.mark.parametrize("number", [0, 9])
def test_what_is_not_in_the_scope_cannot_be_shown(cast, draft, number):
    with pytest.raises(DomainError):
        draft.prototype.link_items([1, number], by=cast.sam)
    assert parts(draft) == []


def test_a_removed_item_keeps_its_link_and_gets_no_new_one(cast, draft):
    draft.prototype.link_items([2], by=cast.sam)
    for number in (2, 3):
        item = ScopeItem.get(project=cast.project, number=number)
        gone = Edit(Action.REMOVED, item=item, title="", price_minor=-100_00)
        make.amendment(cast.project, gone, by=cast.cleo, kind="change")

    draft.prototype.link_items([1, 2], by=cast.sam)
    assert parts(draft) == ["Pages", "Map"]
    with pytest.raises(DomainError):
        draft.prototype.link_items([3], by=cast.sam)


def test_the_studio_chooses_on_a_page_of_its_own(cast, draft, as_):
    browser = as_(cast.dora)
    assert "Pages" in browser.get(f"{PAGE}/items").text

    answer = browser.post(f"{PAGE}/items", data={"items": ["1", "2"]})

    assert (answer.status_code, answer.location) == (303, f"{PAGE}/versions/1")
    assert parts(draft) == ["Pages", "Map"]
    assert 'value="2" checked' in browser.get(f"{PAGE}/items").text


def test_an_item_that_left_the_scope_meanwhile_is_refused(cast, draft, as_):
    answer = as_(cast.sam).post(f"{PAGE}/items", data={"items": ["1", "77"]})

    assert answer.status_code == 422
    assert "The scope has changed." in answer.text


def test_both_sides_get_from_the_prototype_to_its_items(cast, draft, as_):
    draft.prototype.link_items([1], by=cast.sam)
    draft.send(by=cast.sam, deciders=[cast.cleo])

    for who in (cast.sam, cast.cleo):
        assert '<a href="/projects/harbour/scope/1">Pages</a>' in as_(who).get(draft.path).text
    assert "Change what it shows" not in as_(cast.cleo).get(draft.path).text


def test_no_client_reaches_the_page(cast, draft, as_):
    draft.send(by=cast.sam, deciders=[cast.cleo])

    assert as_(cast.cleo).get(f"{PAGE}/items").status_code == 403
    assert as_(cast.cleo).post(f"{PAGE}/items", data={"items": "1"}).status_code == 403
    assert as_(cast.otto).get(f"{PAGE}/items").status_code == 404

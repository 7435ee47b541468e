"""A change request says which feedback or pins it came of, and both sides can open them."""

import io

import pytest
from werkzeug.datastructures import FileStorage

from portal.changes.models import ChangeOrigin, ChangeRequest, ChangeVersion
from portal.core.errors import DomainError
from portal.feedback import pictures
from portal.feedback.models import Feedback
from portal.feedback.words import VerdictKind
from portal.prototypes.models import turn_into_change
from tests import make


@pytest.fixture
def version(cast):
    draft = make.prototype(cast.project, by=cast.sam)
    draft.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])
    return draft


@pytest.fixture
def batch(cast, version):
    """Pins 1 and 2 of Cleo."""
    return make.pins(version, by=cast.cleo, texts=("Too blue", "Add a map"))


def named(change):
    return [(one.kind, one.number) for one in change.came_of.order_by(ChangeOrigin.id)]


def test_new_scope_becomes_a_change_request_that_names_it(cast):
    item = make.feedback(cast.project, by=cast.cleo, text="Sound the foghorn.")
    make.verdict(item, by=cast.sam, kind=VerdictKind.NEW_SCOPE)

    change = item.turn_into_change(by=cast.sam)

    assert named(change) == [("feedback", 1)]
    draft = ChangeVersion.draft(cast.project, change.number)
    assert (draft.title, draft.why) == ("Sound the foghorn.",) * 2
    assert item.turn_into_change(by=cast.sam) == change


def test_feedback_made_of_pins_names_the_pins_too(cast, batch):
    change = Feedback.get().turn_into_change(by=cast.sam)

    assert named(change) == [("feedback", 1), ("pin", 1), ("pin", 2)]


def test_some_pins_become_one_draft_and_only_once(cast, batch):
    prototype = batch.version.prototype

    change = turn_into_change(prototype, [2, 1], by=cast.sam)

    assert named(change) == [("pin", 1), ("pin", 2)]
    assert "Pin 1, " in ChangeVersion.draft(cast.project, change.number).why
    assert turn_into_change(prototype, [1, 2], by=cast.sam) == change
    assert turn_into_change(prototype, [1], by=cast.sam) != change


@pytest.mark.parametrize("numbers", [[], [99]])
def test_pins_that_are_not_there_become_nothing(cast, batch, numbers):
    with pytest.raises(DomainError, match="at least one pin"):
        turn_into_change(batch.version.prototype, numbers, by=cast.sam)

    assert not ChangeRequest.select().exists()


def test_a_draft_of_a_pin_is_no_origin(cast, version):
    make.pins(version, by=cast.cleo, publish=False)

    with pytest.raises(DomainError):
        turn_into_change(version.prototype, [1], by=cast.sam)


def test_pins_of_another_prototype_are_not_these(cast, batch):
    other = make.prototype(cast.project, by=cast.sam)

    with pytest.raises(DomainError):
        turn_into_change(other.prototype, [1], by=cast.sam)


def test_what_it_came_of_is_sealed_with_the_picture_and_no_name(cast, contract, batch):
    turn_into_change(batch.version.prototype, [1], by=cast.sam)
    draft = ChangeVersion.draft(cast.project, 1)
    words = {"title": "T", "summary": "S", "why": "W"}
    draft = draft.write([make.change_row() | make.ADDED], by=cast.sam, edits=draft.edits, **words)

    sign_off = draft.send(by=cast.sam, deciders=[cast.cleo])

    [origin] = sign_off.offer().sheet.origins
    assert (origin.label, origin.path("harbour")) == (
        "pin 1",
        "/projects/harbour/prototypes/pins/1",
    )
    assert origin.pictures[0].sha256 in sign_off.snapshot
    assert cast.cleo.name not in sign_off.snapshot


def test_every_picture_of_the_feedback_arrives_in_the_draft_and_before_the_client(
    cast, contract, as_
):
    kept = pictures.keep([FileStorage(io.BytesIO(make.image(n)), f"{n}.png") for n in (1, 2)])
    item = make.feedback(cast.project, by=cast.vic, text="The door", pictures=kept)
    as_(cast.sam).post("/projects/harbour/feedback/1/change-request")
    shas = {one.small.sha256 for one in kept}
    draft = ChangeVersion.draft(cast.project, 1)
    draft = draft.write(
        [make.change_row() | make.ADDED], by=cast.sam, edits=draft.edits, summary="S"
    )

    sign_off = draft.send(by=cast.sam, deciders=[cast.cleo])

    [origin] = sign_off.offer().sheet.origins
    assert {one.sha256 for one in origin.pictures} == shas
    page = as_(cast.cleo).get(sign_off.path).text
    assert page.count('class="thumb"><img') == 2
    assert item.path in page


def test_both_sides_can_open_what_it_came_of(cast, contract, batch, as_):
    turn_into_change(batch.version.prototype, [1], by=cast.sam)
    draft = ChangeVersion.draft(cast.project, 1)
    draft = draft.write(
        [make.change_row() | make.ADDED], by=cast.sam, edits=draft.edits, summary="S"
    )
    sign_off = draft.send(by=cast.sam, deciders=[cast.cleo])

    for who in (cast.cleo, cast.sam, cast.vic):
        assert "prototypes/pins/1" in as_(who).get(sign_off.path).text
        assert as_(who).get("/projects/harbour/prototypes/pins/1").status_code == 200


def test_the_studio_begins_one_from_the_page_of_the_pins(cast, batch, as_):
    path = f"/projects/harbour/prototypes/{batch.version.number}"

    answer = as_(cast.sam).post(f"{path}/change-requests", data={"pin": ["1", "2"]})

    assert (answer.status_code, answer.location) == (303, "/projects/harbour/changes/1")
    assert "Turn into change request" in as_(cast.sam).get(batch.version.path).text
    assert "Turn into change request" not in as_(cast.cleo).get(batch.version.path).text


def test_no_client_turns_pins_into_a_change_request(cast, batch, as_):
    path = f"/projects/harbour/prototypes/{batch.version.number}/change-requests"

    assert as_(cast.cleo).post(path, data={"pin": "1"}).status_code == 403
    assert as_(cast.otto).post(path, data={"pin": "1"}).status_code == 404

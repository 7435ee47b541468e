"""A pin may be a region of a picture: it lies inside, says where, and keeps its size."""

import pytest

from portal.core.errors import DomainError
from portal.prototypes.models import Pin, PinBatch
from portal.prototypes.places import WHOLE_BP, Place

FIRST = "/projects/harbour/prototypes/1/versions/1"
REGION = {"x_bp": 2_000, "y_bp": 1_000, "w_bp": 5_000, "h_bp": 2_500}
FORM = {"key": "k", "screen": 1, "text": "All of this"}


def leave(sent, by, **place):
    return Pin.leave(sent, by=by, screen=1, text="All of this", **place)


def test_a_region_is_kept_and_named_by_its_middle(cast, sent):
    pin = leave(sent, cast.cleo, **REGION)

    assert pin.is_region
    assert (pin.w_bp, pin.h_bp) == (5_000, 2_500)
    assert pin.place == "top centre"


@pytest.mark.parametrize(
    "wrong",
    [
        {"w_bp": 0},
        {"h_bp": 0},
        {"w_bp": -5},
        {"w_bp": 8_001},
        {"h_bp": 9_001},
        {"x_bp": WHOLE_BP},
    ],
)
def test_a_region_lies_inside_the_picture_and_has_a_size(cast, sent, wrong):
    with pytest.raises(DomainError, match="inside the picture"):
        leave(sent, cast.cleo, **REGION | wrong)


def test_the_whole_picture_is_a_region(cast, sent):
    assert leave(sent, cast.cleo, x_bp=0, y_bp=0, w_bp=WHOLE_BP, h_bp=WHOLE_BP).is_region


def test_half_a_size_is_a_place_without_one(cast, sent):
    assert not leave(sent, cast.cleo, **REGION | {"h_bp": None}).is_region
    assert not Place(x_bp=1, y_bp=1).is_region


def test_a_drawn_region_arrives_as_drawn_and_is_shown(cast, sent, as_):
    answer = as_(cast.cleo).post(f"{FIRST}/pins?screen=1", data=FORM | REGION)

    assert answer.status_code == 303
    pin = Pin.get()
    assert {name: getattr(pin, name) for name in REGION} == REGION
    page = as_(cast.cleo).get(FIRST).text
    assert '<rect class="region draft" x="20.0%" y="10.0%" width="50.0%" height="25.0%"/>' in page


def test_a_published_region_is_everybodys(cast, sent, as_):
    leave(sent, cast.cleo, **REGION)
    PinBatch.publish(sent, by=cast.cleo)

    assert '<rect class="region"' in as_(cast.sam).get(FIRST).text


def test_a_size_out_of_range_keeps_what_was_typed(cast, sent, as_):
    answer = as_(cast.cleo).post(f"{FIRST}/pins", data=FORM | REGION | {"w_bp": 10_001})

    assert answer.status_code == 422
    assert "All of this" in answer.text

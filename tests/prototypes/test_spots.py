"""Two pins are on one spot when a reader would say that they mean the same place."""

from types import SimpleNamespace

import pytest

from portal.prototypes import spots
from portal.prototypes.models import ScreenKind

NOWHERE = {
    "x_bp": None,
    "y_bp": None,
    "w_bp": None,
    "h_bp": None,
    "at_ms": None,
    "until_ms": None,
    "route": "",
    "element": "",
}


def pin(kind, *, screen=1, **place):
    size = {"kind": kind, "screen_id": screen, "width": 1_200, "height": 1_600}
    return SimpleNamespace(**NOWHERE | size | place)


def at(x_bp, y_bp, w_bp=None, h_bp=None, **more):
    return pin(ScreenKind.IMAGE, x_bp=x_bp, y_bp=y_bp, w_bp=w_bp, h_bp=h_bp, **more)


def moment(at_ms, until_ms=None):
    return pin(ScreenKind.CLIP, at_ms=at_ms, until_ms=until_ms)


def element(route, path):
    return pin(ScreenKind.SITE, route=route, element=path)


# The diagonal of 1200 × 1600 is 2000 pixels: 60 of them are near, 500 basis points across.
@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        (at(5_000, 5_000), at(5_500, 5_000), True),
        (at(5_000, 5_000), at(5_501, 5_000), False),
        (at(5_000, 5_000), at(5_000, 5_375), True),
        (at(5_000, 5_000), at(5_000, 5_376), False),
        (at(5_000, 5_000), at(5_000, 5_000, screen=2), False),
        (at(1_000, 1_000, 2_000, 2_000), at(2_500, 2_500), True),
        (at(1_000, 1_000, 2_000, 2_000), at(2_900, 2_900, 500, 500), True),
        (at(1_000, 1_000, 2_000, 2_000), at(3_100, 1_000, 500, 500), False),
        (moment(1_000), moment(2_000), True),
        (moment(1_000), moment(2_001), False),
        (moment(1_000, 5_000), moment(4_000), True),
        (element("a.html", "main > h1"), element("a.html", "main > h1"), True),
        (element("a.html", "main > h1"), element("b.html", "main > h1"), False),
        (element("a.html", ""), element("a.html", ""), False),
        (pin(ScreenKind.LINK, route="/a"), pin(ScreenKind.LINK, route="/a"), False),
    ],
)
def test_what_is_near_depends_on_the_kind(one, other, is_near):
    assert spots.is_near(one, other) == spots.is_near(other, one) == is_near


def test_a_chain_of_near_pins_is_one_spot_and_a_lonely_pin_is_none():
    first, second, third, lonely = (
        at(1_000, 1_000),
        at(1_800, 1_000),
        at(1_400, 1_000),
        at(9_000, 1),
    )

    assert spots.groups([first, lonely, second, third]) == [[first, second, third]]
    assert spots.groups([lonely]) == spots.groups([]) == []

"""An item is priced by quantity × rate, as in an estimate, or by a fixed price."""

import pytest

from portal.changes.models import Incomplete
from portal.documents.paper import PARTS
from portal.scope import baseline
from portal.scope.models import Action
from tests import make

BY_THE_HOUR = {"unit": "h", "quantity_thousandths": 7_500, "rate_minor": 95_33}


def added(**columns):
    return {"action": Action.ADDED, "title": "Map", "section": "Visit"} | columns


@pytest.mark.parametrize(
    ("columns", "total_minor", "words"),
    [
        (BY_THE_HOUR, 714_98, "7.5 h × 95.33"),
        (
            {"unit": "day", "quantity_thousandths": 1000, "rate_minor": 800_00},
            800_00,
            "1 day × 800",
        ),
        (
            {"unit": "piece", "quantity_thousandths": 3000, "rate_minor": 9_00},
            27_00,
            "3 pieces × 9",
        ),
        ({"unit": "h", "quantity_thousandths": 0, "rate_minor": 95_00}, 0, "0 h × 95"),
        ({"price_minor": 500_00}, 500_00, ""),
    ],
)
def test_the_client_sees_how_a_price_is_made(cast, send, columns, total_minor, words):
    sign_off = send(impacts=[added(**columns)])

    [effect] = sign_off.offer().sheet.effects
    assert (effect.price_minor, effect.effort("EUR")) == (total_minor, words)
    assert words in repr(PARTS["change"](sign_off.shown, None))
    make.answer(sign_off, by=cast.cleo)
    assert baseline.of(cast.project).total_minor == 9_500_00 + total_minor


def test_an_item_can_take_fewer_hours(cast, send):
    fewer = BY_THE_HOUR | {"quantity_thousandths": -4_000, "rate_minor": 95_00}

    [effect] = send(impacts=[{"action": Action.CHANGED, "item": 1} | fewer]).offer().sheet.effects

    assert (effect.price_minor, effect.becomes_minor) == (-380_00, 7_920_00)
    assert effect.effort("EUR") == "−4 h × 95"


@pytest.mark.parametrize("lacking", ["quantity_thousandths", "rate_minor"])
@pytest.mark.parametrize("action", [Action.ADDED, Action.CHANGED])
def test_half_a_price_is_none(cast, contract, action, lacking):
    item = {"item": 1} if action == Action.CHANGED else {"title": "Map"}
    row = {"action": action} | item | BY_THE_HOUR | {lacking: None}
    draft = make.change(cast.project, by=cast.sam, impacts=[row])

    with pytest.raises(Incomplete, match="costs"):
        draft.send(by=cast.sam, deciders=[cast.cleo])


def test_a_quantity_left_behind_does_not_change_a_fixed_price(cast, send):
    left = {"quantity_thousandths": 7_500, "price_minor": 500_00}

    assert send(impacts=[added(**left)]).amount_minor == 500_00

"""An outline in another currency: amounts stay behind, and hours get the price of the rate card."""

from copy import deepcopy
from dataclasses import dataclass

from portal.estimates.library.outline import lines_of
from portal.estimates.models.lines import LineKind
from portal.estimates.ranges import DAY_MINUTES
from portal.studio.rates import HOUR_MINUTES, Rate

HOURS = {"h": 1, "day": DAY_MINUTES // HOUR_MINUTES}  # That one unit of a line has.


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of the prices on the way. No amount is ever turned into another currency."""

    outline: dict
    was: str
    emptied: int = 0  # Lines that need a price now.
    from_card: int = 0  # Lines with the price of the rate card.

    @property
    def is_other(self):
        return self.was != self.outline["currency"]


def convert(outline, currency, day):
    """Return a Converted whose outline is in `currency`, by the rate card of a day.

    In the same currency every amount stays; a line without one takes the card's, too.
    """
    was, card = outline["currency"], Rate.all_on(currency, day)
    outline = deepcopy(outline) | {"currency": currency}
    if was == currency:
        for line in lines_of(outline):
            if line["rate_minor"] is None and line["fixed_minor"] is None:
                _reprice(line, card)
        return Converted(outline, was)
    results = [_reprice(line, card) for line in lines_of(outline)]
    return Converted(outline, was, results.count(False), results.count(True))


def _reprice(line, card):
    """Take a line's amounts out; answer whether the card has one, or None if there was none."""
    had = line["rate_minor"] is not None or line["fixed_minor"] is not None
    line["rate_minor"] = line["fixed_minor"] = None
    rate = card.get(line["role"].casefold()) if line["role"] else None
    if rate and line["kind"] == LineKind.QUANTITY and line["unit"] in HOURS:
        line["rate_minor"] = rate.hour_minor * HOURS[line["unit"]]
        return True
    return False if had else None

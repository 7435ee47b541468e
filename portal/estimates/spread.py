"""How far a ballpark may spread, for any choice of the client. Pure functions: integers only.

A line says how little and how much it may come to. The whole is narrower than the sum of its
lines, which seldom all go the same way: the distances from the price are added as independent
ones are, by the root of the sum of their squares.
"""

import math

from portal.core import money
from portal.estimates.ranges import DAY_MINUTES, Effort
from portal.estimates.sheet import Range

PER_HOUR = {"h": 60, "day": DAY_MINUTES}  # Minutes in one of them.


def sealed(line, currency):
    """Return what a snapshot says of the spread of a draft's Line, or None if nothing is known.

    Hours and days are worth what the client pays for them; another price moves with the effort.
    """
    guesses = (line.low_minutes, line.likely_minutes, line.high_minutes)
    price = line.price_minor
    if price is None or price < 0 or None in guesses:
        return None
    effort = Effort(*sorted(guesses))
    minutes = PER_HOUR.get(line.unit)
    if line.is_fixed or not minutes:
        worth, per = price, effort.expected
    else:
        worth, per = line.rate_minor, minutes
    if not per:
        return None
    low, high = (money.half_up(one * worth, per) for one in (effort.low, effort.high))
    ends = {"low": min(low, price), "high": max(high, price)}
    return {name: {"minor": minor, "currency": currency} for name, minor in ends.items()}


def of(line, quantity_thousandths):
    """Return the Range of a snapshot's line at this quantity, or None if it carries none."""
    if line["spread"] is None:
        return None
    low, high = line["spread"]["low"]["minor"], line["spread"]["high"]["minor"]
    sent = line["quantity_thousandths"]
    if sent and quantity_thousandths != sent:
        low, high = (money.half_up(one * quantity_thousandths, sent) for one in (low, high))
    return whole(low, high, line["price"]["currency"])


def together(lines, currency):
    """Return the Range of the sum of priced lines, or None if none of them has one.

    >>> together([], "EUR")
    """
    spreads = [(line.price_minor, line.range) for line in lines if line.range]
    if not spreads:
        return None
    total = sum(line.price_minor for line in lines)
    less = math.isqrt(sum((price - one.low_minor) ** 2 for price, one in spreads))
    more = math.isqrt(sum((one.high_minor - price) ** 2 for price, one in spreads))
    return whole(total - less, total + more, currency)


def whole(low_minor, high_minor, currency):
    """Return a Range in whole units of the currency, rounded outward: it is no closer than that.

    >>> whole(581_582, 861_743, "EUR")
    Range(low_minor=581500, high_minor=861800)
    """
    unit = 10 ** money.decimals(currency)
    return Range(low_minor // unit * unit, -(-high_minor // unit) * unit)

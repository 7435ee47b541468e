"""What a draft costs the studio, and what is left of its price. Only the studio's keepers ask."""

from portal.estimates.ranges import Effort
from portal.studio.costs import cost_of
from portal.studio.hourly import today


def cost(parts, currency, day=None):
    """Return the `costs.Cost` of a draft's `parts()`: expected minutes times what an hour costs.

    Options count like the rest. A line without effort costs nothing that anybody knows of: it is
    left out, and `minutes` says how much was counted.
    """
    lines = [line for _, lines in parts for line in lines]
    efforts = [(line.role, expected_minutes(line)) for line in lines]
    return cost_of([one for one in efforts if one[1] is not None], currency, day or today())


def expected_minutes(line):
    """Return the expected effort of a line in minutes, or None if it is not estimated whole."""
    guesses = (line.low_minutes, line.likely_minutes, line.high_minutes)
    if None in guesses or not 0 <= guesses[0] <= guesses[1] <= guesses[2]:
        return None
    return Effort(*guesses).expected

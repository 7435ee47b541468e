"""How far the work may spread. Pure functions on effort: whole units in, whole units out.

Each line says how little, how likely and how much it may take. That is a beta-PERT distribution;
the whole is the sum of its lines, taken as independent of each other.

Source: Malcolm, Roseboom, Clark & Fazar, "Application of a Technique for Research and Development
Program Evaluation", Operations Research, 1959.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from heapq import heapify, heappop, heappush

from portal.core.money import half_up

DAY_MINUTES = 480  # Eight hours.
STEPS_MOST = 4096  # Of a whole; a line has its share of them.
SLICES = 64  # Of one line's curve.
SCALE_BITS = 48  # A chance of 1 is 2^48.
SLOT_BYTES = 2 * SCALE_BITS // 8 + 1  # Holds the product of two chances, and any sum of such.


@dataclass(frozen=True, slots=True)
class Effort:
    """What one line takes: three guesses in one unit, minutes or minor units."""

    low: int
    likely: int
    high: int

    def __post_init__(self):
        if not 0 <= self.low <= self.likely <= self.high:
            raise ValueError("need 0 <= low <= likely <= high")

    @property
    def expected(self):
        """The mean, (low + 4 × likely + high) / 6, rounded half-up.

        >>> Effort(120, 240, 720).expected
        300
        """
        return half_up(self.low + 4 * self.likely + self.high, 6)

    @property
    def spread(self):
        """The standard deviation, (high - low) / 6, rounded half-up."""
        return half_up(self.high - self.low, 6)

    def times(self, worth, per):
        """Return each guess × worth / per, rounded half-up: minutes as money, at a rate per hour.

        >>> Effort(90, 120, 180).times(95_00, 60)
        Effort(low=14250, likely=19000, high=28500)
        """
        return Effort(*(half_up(one * worth, per) for one in (self.low, self.likely, self.high)))


@dataclass(frozen=True, slots=True)
class Spread:
    """The whole: what is expected, and how likely each outcome is.

    `chances[k]` of 2^48 is that it comes to `least + k × step`, in the unit of its lines.
    """

    expected: int
    deviation: int
    least: int
    most: int
    step: int
    chances: tuple[int, ...]

    def at(self, percent):
        """Return the least outcome that is not passed in `percent` of 100 cases."""
        wanted = sum(self.chances) * percent
        seen = 0
        for k, chance in enumerate(self.chances):
            seen += chance
            if seen * 100 >= wanted:
                return min(self.least + k * self.step, self.most)
        return self.most

    def chance_of(self, outcome):
        """Return in how many of 100 cases the whole comes to `outcome` or less."""
        within = max(0, (outcome - self.least) // self.step + 1)
        return half_up(sum(self.chances[:within]) * 100, sum(self.chances))

    def bars(self, count):
        """Return (from, chance in parts of 1,000) of `count` equal parts of what can well happen:
        all but 1 in 1,000 at either end.
        """
        first, last = self.at(0.1), self.at(99.9)
        width = max(1, -(-(last - first + 1) // count))
        bars = [0] * count
        for k, chance in enumerate(self.chances):
            at = (self.least + k * self.step - first) // width
            bars[min(max(at, 0), count - 1)] += chance
        total = sum(bars)
        return [(first + at * width, half_up(bar * 1000, total)) for at, bar in enumerate(bars)]


@lru_cache(maxsize=64)
def add_up(efforts, fixed=0):
    """Return the Spread of the sum of a tuple of Efforts and of what does not vary."""
    least, most = (fixed + sum(getattr(one, name) for one in efforts) for name in ("low", "high"))
    width = most - least
    step = max(1, -(-width // STEPS_MOST))
    sixths = sum(one.low + 4 * one.likely + one.high for one in efforts)
    variance = sum((one.high - one.low) ** 2 for one in efforts)
    curves = [_curve(one, step) for one in efforts if one.high > one.low]
    return Spread(
        expected=fixed + half_up(sixths, 6),
        deviation=half_up(math.isqrt(variance * 100), 60),
        least=least,
        most=most,
        step=step,
        chances=_sum_of(curves),
    )


def _curve(effort, step):
    """Return the chances of one line on steps from its low on, of which all together are 2^48.

    Each slice of the curve is shared by the two steps beside it, so that the mean stays.
    """
    width = effort.high - effort.low
    before = 4 * (effort.likely - effort.low) / width  # The two exponents of a beta-PERT.
    after = 4 * (effort.high - effort.likely) / width
    slices = max(SLICES, min(width, 2 * width // step))
    heights = [
        ((k + 0.5) / slices) ** before * (1 - (k + 0.5) / slices) ** after for k in range(slices)
    ]
    chances = [0.0] * (-(-width // step) + 2)
    for k, height in enumerate(heights):
        at, rest = divmod((k + 0.5) / slices * width / step, 1)
        chances[int(at)] += height * (1 - rest)
        chances[int(at) + 1] += height * rest
    whole = 2**SCALE_BITS / sum(heights)
    return [round(chance * whole) for chance in chances]


def _sum_of(curves):
    """Return the chances of the sum: the curves multiplied as polynomials, the shortest first."""
    heap = [(len(curve), at, curve) for at, curve in enumerate(curves)]
    heapify(heap)
    count = len(heap)
    while len(heap) > 1:
        (_, _, one), (_, at, other) = heappop(heap), heappop(heap)
        product = _product(one, other)
        heappush(heap, (len(product), at + count, product))
    return tuple(heap[0][2]) if heap else (2**SCALE_BITS,)


def _product(one, other):
    """Return the chances of the sum of two. One multiplication of two large numbers, whose digits
    are the chances: exact, the same on every machine, and far faster than a loop.
    """
    length = len(one) + len(other) - 1
    product = (_number(one) * _number(other)).to_bytes(length * SLOT_BYTES, "little")
    ends = range(SLOT_BYTES, len(product) + 1, SLOT_BYTES)
    digits = [int.from_bytes(product[end - SLOT_BYTES : end], "little") for end in ends]
    return [(digit + 2 ** (SCALE_BITS - 1)) >> SCALE_BITS for digit in digits]


def _number(chances):
    return int.from_bytes(b"".join(one.to_bytes(SLOT_BYTES, "little") for one in chances), "little")

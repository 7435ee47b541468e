"""What the studio sees beside a draft: how long the work may take, and what that may cost.

Pure functions on the lines of a draft. Nothing of it reaches a client.
"""

from dataclasses import dataclass
from math import isqrt

from portal.core import money
from portal.estimates.ranges import DAY_MINUTES, Effort, Spread, add_up

PER = {"h": 60, "day": DAY_MINUTES}  # Minutes in one unit.
BARS = 22
FIGURES = 4  # Digits that a forecast is shown with.


@dataclass(frozen=True, slots=True)
class Part:
    """The effort of one section's counted lines, in minutes."""

    title: str
    expected: int
    spread: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """The effort of every line by its number, and of all that counts together."""

    currency: str
    lines: dict[int, Effort]  # In minutes.
    parts: tuple[Part, ...]
    minutes: Spread
    minor: Spread  # What the counted lines are worth, those without effort at their price.
    total_minor: int  # The price without tax.
    roles: tuple[tuple[str, int], ...]  # Of what counts: role, expected minutes.

    @property
    def covered(self):
        """In how many of 100 cases the price covers the work."""
        return self.minor.chance_of(self.total_minor)

    def shown(self, minor):
        """Return an amount as a forecast shows it."""
        return rounded(minor, self.currency)

    @property
    def bars(self):
        return self.minor.bars(BARS)


def of(parts, sheet):
    """Return the Outlook of a draft's `parts()` and their Sheet, or None without any effort."""
    counted = {line.number for line in sheet.lines if line.is_in}
    known = {line.number: effort_of(line) for _, lines in parts for line in lines}
    known = {number: effort for number, effort in known.items() if effort}
    if not known.keys() & counted:
        return None
    its = [(section, [one for one in lines if one.number in counted]) for section, lines in parts]
    lines = [line for _, some in its for line in some]
    varied = [worth(line, known[line.number]) for line in lines if line.number in known]
    fixed = sum(line.price_minor or 0 for line in lines if line.number not in known)
    return Outlook(
        currency=sheet.currency,
        lines=known,
        parts=tuple(_parts(its, known)),
        minutes=add_up(tuple(known[line.number] for line in lines if line.number in known)),
        minor=add_up(tuple(varied), fixed),
        total_minor=sheet.total_minor,
        roles=tuple((one.role, known[one.number].expected) for one in lines if one.number in known),
    )


def effort_of(line):
    """Return the Effort of a draft's line in minutes, or None while it is not said whole."""
    guesses = (line.low_minutes, line.likely_minutes, line.high_minutes)
    if None in guesses or not 0 <= guesses[0] <= guesses[1] <= guesses[2]:
        return None
    return Effort(*guesses)


def worth(line, effort):
    """Return effort as money: hours and days at the line's rate, another price moves with it."""
    minutes = None if line.is_fixed else PER.get(line.unit)
    if minutes:
        return effort.times(line.rate_minor or 0, minutes)
    return effort.times(max(line.price_minor or 0, 0), effort.expected or 1)


def expected_thousandths(line):
    """Return the expected effort as a quantity in the line's unit, or None."""
    effort, minutes = effort_of(line), None if line.is_fixed else PER.get(line.unit)
    return money.half_up(effort.expected * 1000, minutes) if effort and minutes else None


def rounded(minor, currency):
    """Return an amount as a forecast shows it: whole, and not finer than anybody knows.

    >>> rounded(1_234_567_89, "EUR")
    123500000
    """
    unit = 10 ** money.decimals(currency)
    step = unit * 10 ** max(0, len(str(abs(minor) // unit)) - FIGURES)
    return money.half_up(minor, step) * step


def _parts(its, known):
    for section, lines in its:
        efforts = [known[line.number] for line in lines if line.number in known]
        if efforts:
            sixths = sum(one.low + 4 * one.likely + one.high for one in efforts)
            root = isqrt(100 * sum((one.high - one.low) ** 2 for one in efforts))
            yield Part(section.title, money.half_up(sixths, 6), money.half_up(root, 60))

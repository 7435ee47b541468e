"""What a client may choose in an estimate, and the one way to write down what was chosen.

`7` is an optional line that is taken, `7=2500` a quantity in thousandths that differs from what was
sent, `s3` the package that is taken. What does not count, because its package or its line was not
taken, is not written. Pure functions on a snapshot.
"""

import re
from dataclasses import dataclass

from portal.core import money
from portal.core.errors import DomainError
from portal.estimates.sheet import word

UNKNOWN = "One of these choices is not in this version of the estimate."
STEP_THOUSANDTHS = 1000  # What the buttons beside a quantity add or take.
_WRITTEN = re.compile(r"(s?)([1-9][0-9]{0,8})(?:=([0-9]{1,12}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Numbers of optional lines and of packages that are taken, and quantities by line."""

    lines: frozenset[int]
    packages: frozenset[int]
    quantities: dict[int, int]  # In thousandths; only those that differ from what was sent.

    @property
    def options(self):
        """Return it as strings, sorted: two ways to say the same are the same here."""
        return tuple(
            sorted(
                [str(number) for number in self.lines]
                + [f"s{number}" for number in self.packages]
                + [f"{number}={quantity}" for number, quantity in self.quantities.items()]
            )
        )

    def takes(self, section, line):
        """Answer whether a line of the snapshot counts."""
        is_taken = not line["is_optional"] or line["number"] in self.lines
        return is_taken and (not section["choice"] or section["number"] in self.packages)

    def quantity(self, line):
        return self.quantities.get(line["number"], line["quantity_thousandths"])


def choose(snapshot, options=None):
    """Return the Chosen of these strings; None: as it was sent.

    Raises DomainError, in the reader's words, for what is not offered, a quantity out of its
    bounds, and unless exactly one package is taken for each choice.
    """
    wanted = _parse(as_sent(snapshot) if options is None else options)
    _check(snapshot, wanted)
    counted = {
        line["number"]: line
        for section in snapshot["sections"]
        for line in section["lines"]
        if wanted.takes(section, line)
    }
    changed = {
        number: quantity
        for number, quantity in wanted.quantities.items()
        if number in counted and quantity != counted[number]["quantity_thousandths"]
    }
    return Chosen(wanted.lines & counted.keys(), wanted.packages, changed)


def as_sent(snapshot):
    """Return the options that the page opens with."""
    lines = (line for _, line in lines_of(snapshot) if line["is_optional"])
    ticked = (line for line in lines if line["is_chosen_by_default"])
    packages = (one for group in packages_of(snapshot).values() for one in group)
    packages = (one for one in packages if one["is_chosen_by_default"])
    return tuple(str(one["number"]) for one in ticked) + tuple(
        f"s{one['number']}" for one in packages
    )


def words(snapshot, options, locale="en"):
    """Return what was chosen, a few words for each, in the order of the page."""
    chosen, found = choose(snapshot, options), []
    for choice, group in packages_of(snapshot).items():
        found += [f"{s['title']} ({choice})" for s in group if s["number"] in chosen.packages]
    for section, line in lines_of(snapshot):
        if not chosen.takes(section, line):
            continue
        if is_adjustable(line):
            quantity = chosen.quantity(line)
            shown = money.show_thousandths(quantity, locale)
            found.append(f"{line['what']} ({shown} {word(line['unit'], quantity)})")
        elif line["is_optional"]:
            found.append(line["what"])
    return found


def packages_of(snapshot):
    """Return the packages of each choice, by its name, in the order of the page."""
    found = {}
    for section in snapshot["sections"]:
        if section["choice"]:
            found.setdefault(section["choice"], []).append(section)
    return found


def lines_of(snapshot):
    return [(section, line) for section in snapshot["sections"] for line in section["lines"]]


def is_adjustable(line):
    return line["least_thousandths"] is not None


def bounds(line, locale="en"):
    """Return the bounds of a line's quantity in words: from 2 to 10 pieces."""
    least, most = line["least_thousandths"], line["most_thousandths"]
    shown = [money.show_thousandths(one, locale) for one in (least, most)]
    return f"from {shown[0]} to {shown[1]} {word(line['unit'], most)}"


def fits(line, thousandths):
    return line["least_thousandths"] <= thousandths <= line["most_thousandths"]


def _parse(options):
    lines, packages, quantities = set(), set(), {}
    for option in options:
        found = _WRITTEN.fullmatch(option)
        if not found or (found[1] and found[3]):
            raise DomainError(UNKNOWN)
        number = int(found[2])
        if found[3]:
            if quantities.setdefault(number, int(found[3])) != int(found[3]):
                raise DomainError("One quantity, please: two were given for the same line.")
        else:
            (packages if found[1] else lines).add(number)
    return Chosen(frozenset(lines), frozenset(packages), quantities)


def _check(snapshot, wanted):
    lines = [line for _, line in lines_of(snapshot)]
    offered = {line["number"] for line in lines if line["is_optional"]}
    adjustable = {line["number"]: line for line in lines if is_adjustable(line)}
    groups = packages_of(snapshot)
    packages = {one["number"] for group in groups.values() for one in group}
    if not (
        wanted.lines <= offered
        and wanted.packages <= packages
        and wanted.quantities.keys() <= adjustable.keys()
    ):
        raise DomainError(UNKNOWN)
    for number, quantity in wanted.quantities.items():
        line = adjustable[number]
        if not fits(line, quantity):
            raise DomainError(f"“{line['what']}” can be {bounds(line)}.")
    for choice, group in groups.items():
        if len(wanted.packages & {one["number"] for one in group}) != 1:
            names = ", ".join(f"“{one['title']}”" for one in group)
            raise DomainError(f"Choose one for “{choice}”: {names}.")

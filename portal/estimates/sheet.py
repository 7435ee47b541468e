"""A priced estimate as it is shown: lines, sections, packages, taxes, payments and their sums."""

import datetime as dt
from dataclasses import dataclass

ON_APPROVAL = "approval"  # A payment due then is the deposit.
ON_LAUNCH = "launch"
WHEN = {ON_APPROVAL: "On approval", ON_LAUNCH: "At the launch"}


@dataclass(frozen=True, slots=True)
class Range:
    """What a ballpark may come to, in minor units: seldom less, seldom more."""

    low_minor: int
    high_minor: int


@dataclass(frozen=True, slots=True)
class PricedLine:
    """One line as it is shown. `quantity_thousandths` and `rate_minor` are None for a fixed price."""

    number: int
    what: str
    note: str
    unit: str
    quantity_thousandths: int | None
    rate_minor: int | None
    price_minor: int
    is_optional: bool
    is_in: bool  # Counts towards the total.
    least_thousandths: int | None = None  # Both: the client chooses the quantity between them.
    most_thousandths: int | None = None
    taxes: tuple[int, ...] | None = None  # Numbers; None: every tax.
    package: str = ""  # The package it comes with, if it stands in one.
    range: Range | None = None

    @property
    def option(self):
        """What a form calls this line when it is optional."""
        return str(self.number)

    @property
    def is_adjustable(self):
        return self.least_thousandths is not None

    @property
    def unit_word(self):
        """h, day, days: the unit beside this quantity."""
        return word(self.unit, self.quantity_thousandths)

    @property
    def most_word(self):
        """The unit beside the largest quantity."""
        return word(self.unit, self.most_thousandths)


@dataclass(frozen=True, slots=True)
class PricedSection:
    """Some lines under one name. `sum_minor` counts what everyone gets, not the options."""

    number: int
    title: str
    lines: tuple[PricedLine, ...]
    choice: str = ""  # Not empty: a package, one of those that name the same choice.
    is_chosen: bool = True
    sum_minor: int = 0
    range: Range | None = None

    @property
    def option(self):
        """What a form calls this package."""
        return f"s{self.number}"

    @property
    def fixed_lines(self):
        return tuple(line for line in self.lines if not line.is_optional)


@dataclass(frozen=True, slots=True)
class Group:
    """A section of its own, or the packages of one choice. `field` is what a form calls it."""

    choice: str
    field: str
    sections: tuple[PricedSection, ...]


@dataclass(frozen=True, slots=True)
class PricedTax:
    """One tax on `base_minor`; a reverse-charged one comes to nothing, the client accounts for it."""

    number: int
    name: str
    bp: int
    is_reverse: bool
    base_minor: int
    minor: int

    @property
    def sentence(self):
        return f"{self.name} reverse charged: the client accounts for it"


@dataclass(frozen=True, slots=True)
class PricedPayment:
    """One payment of the plan: a share of the total without tax. `on` is a day or an event."""

    what: str
    bp: int
    on: str | None
    minor: int

    @property
    def is_deposit(self):
        return self.on == ON_APPROVAL

    @property
    def day(self):
        """The day it is due, or None if that is an event."""
        try:
            return dt.date.fromisoformat(self.on or "")
        except ValueError:
            return None

    @property
    def when(self):
        """The event it is due on, in words; empty if it is a day or was left open."""
        return "" if self.day else WHEN.get(self.on, self.on or "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole estimate with its sums, in minor units of `currency`."""

    currency: str
    is_binding: bool
    sections: tuple[PricedSection, ...]  # As drafted, options and packages among them.
    options: tuple[str, ...]  # What was chosen, in the one way to write it.
    contingency_bp: int
    contingency_minor: int
    discount_bp: int
    discount_minor: int  # Zero or below.
    total_minor: int  # Excluding tax.
    taxes: tuple[PricedTax, ...]
    payments: tuple[PricedPayment, ...]
    range: Range | None

    @property
    def lines(self):
        return tuple(line for section in self.sections for line in section.lines)

    @property
    def choices(self):
        """The optional lines, wherever they stand."""
        return tuple(line for line in self.lines if line.is_optional)

    @property
    def is_open(self):
        """True if the client has anything to choose."""
        adjustable = any(line.is_adjustable for line in self.lines)
        return adjustable or bool(self.choices) or any(one.choice for one in self.sections)

    @property
    def fixed_sections(self):
        """What everyone gets: the sections without their options, none of them empty."""
        return tuple(one for one in self.sections if not one.choice and one.fixed_lines)

    @property
    def groups(self):
        """What stands above the options, in order: sections, and the packages of a choice together."""
        found = {}
        for one in self.sections:
            if one.choice or one.fixed_lines:
                found.setdefault(("choice", one.choice) if one.choice else one.number, []).append(
                    one
                )
        names = [one[0].choice for one in found.values() if one[0].choice]
        return tuple(
            Group(
                one[0].choice,
                f"package-{names.index(one[0].choice) + 1}" if one[0].choice else "",
                tuple(one),
            )
            for one in found.values()
        )

    @property
    def chosen_packages(self):
        return tuple(one for one in self.sections if one.choice and one.is_chosen)

    @property
    def lines_minor(self):
        """All lines that count."""
        return sum(line.price_minor for line in self.lines if line.is_in)

    @property
    def left_out_minor(self):
        """What the options that are not chosen would add, before contingency and discount."""
        return sum(line.price_minor for line in self.choices if not line.is_in)

    @property
    def has_tax(self):
        """True unless there is none, or the client accounts for all of it."""
        return not all(tax.is_reverse for tax in self.taxes)

    @property
    def tax_minor(self):
        return sum(tax.minor for tax in self.taxes)

    @property
    def with_tax_minor(self):
        return self.total_minor + self.tax_minor

    @property
    def deposit_minor(self):
        """What is due with the yes, excluding tax; 0: nothing is."""
        return sum(one.minor for one in self.payments if one.is_deposit)


def word(unit, thousandths):
    """Return a unit as it stands beside a quantity.

    >>> word("day", 1000), word("day", 2000), word("h", 2000)
    ('day', 'days', 'h')
    """
    return f"{unit}s" if unit not in ("h", "") and thousandths != 1000 else unit

"""What an estimate comes to. Pure functions on a snapshot: integers in, integers out.

Rounded half-up, once each, in the order they are shown: a line; the contingency, on the sum of all
lines that count; the tax, on the total.
"""

from dataclasses import dataclass

from portal.core import money
from portal.core.errors import DomainError


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

    @property
    def option(self):
        """What a form calls this line when it is optional."""
        return str(self.number)

    @property
    def unit_word(self):
        """h, day, days: the unit beside this quantity."""
        is_plural = self.unit != "h" and self.quantity_thousandths != 1000
        return f"{self.unit}s" if is_plural else self.unit


@dataclass(frozen=True, slots=True)
class PricedSection:
    """Some lines under one name. `sum_minor` counts what everyone gets, not the options."""

    title: str
    lines: tuple[PricedLine, ...]

    @property
    def sum_minor(self):
        return sum(line.price_minor for line in self.lines if not line.is_optional)


@dataclass(frozen=True, slots=True)
class PricedTax:
    """One tax on `base_minor`; a reverse-charged one comes to nothing, the client accounts for it."""

    number: int
    name: str
    bp: int
    is_reverse: bool
    base_minor: int
    minor: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole estimate with its sums, in minor units of `currency`."""

    currency: str
    sections: tuple[PricedSection, ...]  # As drafted, options among them.
    contingency_bp: int
    contingency_minor: int
    total_minor: int  # Excluding tax.
    taxes: tuple[PricedTax, ...]

    @property
    def lines(self):
        return tuple(line for section in self.sections for line in section.lines)

    @property
    def choices(self):
        """The optional lines, wherever they stand."""
        return tuple(line for line in self.lines if line.is_optional)

    @property
    def fixed_sections(self):
        """What everyone gets: the sections without their options, none of them empty."""
        fixed = (
            PricedSection(one.title, tuple(line for line in one.lines if not line.is_optional))
            for one in self.sections
        )
        return tuple(section for section in fixed if section.lines)

    @property
    def options(self):
        """The chosen options, as a form posts them, sorted."""
        return tuple(sorted(line.option for line in self.choices if line.is_in))

    @property
    def left_out_minor(self):
        """What the options that are not chosen would add, before contingency."""
        return sum(line.price_minor for line in self.choices if not line.is_in)

    @property
    def tax_minor(self):
        return sum(tax.minor for tax in self.taxes)

    @property
    def with_tax_minor(self):
        return self.total_minor + self.tax_minor


def line_price(quantity_thousandths, rate_minor, fixed_minor, *, is_fixed):
    """Return a line's price in minor units, or None while what makes it up is missing.

    >>> line_price(1500, 333, None, is_fixed=False)
    500
    """
    if is_fixed:
        return fixed_minor
    if quantity_thousandths is None or rate_minor is None:
        return None
    return money.product(quantity_thousandths, rate_minor)


def price(snapshot, options=None):
    """Return the Sheet of a snapshot with these options chosen; None: those it was sent with.

    Raises DomainError for an option that the snapshot does not offer.
    """
    offered = {
        str(line["number"]): line["is_chosen_by_default"]
        for section in snapshot["sections"]
        for line in section["lines"]
        if line["is_optional"]
    }
    if options is None:
        chosen = {option for option, is_chosen in offered.items() if is_chosen}
    else:
        chosen = set(options)
    if not chosen <= offered.keys():
        raise DomainError("One of these choices is not in this version of the estimate.")
    return _sheet(snapshot, chosen)


def _sheet(snapshot, chosen):
    sections = tuple(
        PricedSection(one["title"], tuple(_line(line, chosen) for line in one["lines"]))
        for one in snapshot["sections"]
    )
    lines_minor = sum(line.price_minor for one in sections for line in one.lines if line.is_in)
    contingency = money.share(lines_minor, snapshot["contingency_bp"])
    total = lines_minor + contingency
    return Sheet(
        currency=snapshot["currency"],
        sections=sections,
        contingency_bp=snapshot["contingency_bp"],
        contingency_minor=contingency,
        total_minor=total,
        taxes=tuple(_tax(tax, total) for tax in snapshot["taxes"]),
    )


def _line(line, chosen):
    rate = line["rate"]
    return PricedLine(
        number=line["number"],
        what=line["what"],
        note=line["note"],
        unit=line["unit"],
        quantity_thousandths=line["quantity_thousandths"],
        rate_minor=rate and rate["minor"],
        price_minor=line["price"]["minor"],
        is_optional=line["is_optional"],
        is_in=not line["is_optional"] or str(line["number"]) in chosen,
    )


def _tax(tax, base):
    minor = 0 if tax["is_reverse"] else money.share(base, tax["bp"])
    return PricedTax(**tax, base_minor=base, minor=minor)

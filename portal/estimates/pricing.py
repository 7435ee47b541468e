"""What an estimate comes to. Pure functions on a snapshot: integers in, integers out.

Rounded half-up, once each, in the order they are shown: a line; the contingency, on the sum of all
lines that count; the discount, on that sum with the contingency; each tax, on its base.
"""

from portal.core import money
from portal.estimates import spread
from portal.estimates.choices import choose
from portal.estimates.sheet import (
    ON_APPROVAL,
    PricedLine,
    PricedPayment,
    PricedSection,
    PricedTax,
    Sheet,
)

LARGEST_LINE_MINOR = 10**12  # All lines of an estimate still add up to less than 2^53.


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

    Raises DomainError for options that the snapshot does not offer: see `choices.choose`.
    """
    chosen = choose(snapshot, options)
    sections = tuple(_section(one, chosen, snapshot["currency"]) for one in snapshot["sections"])
    counted = [line for section in sections for line in section.lines if line.is_in]
    lines_minor = sum(line.price_minor for line in counted)
    total, contingency, discount = _on_top(snapshot, lines_minor)
    return Sheet(
        currency=snapshot["currency"],
        is_binding=snapshot["stance"] == "firm",
        sections=sections,
        options=chosen.options,
        contingency_bp=snapshot["contingency_bp"],
        contingency_minor=contingency,
        discount_bp=snapshot["discount_bp"],
        discount_minor=discount,
        total_minor=total,
        taxes=tuple(_tax(tax, total, counted) for tax in snapshot["taxes"]),
        payments=tuple(_payments(snapshot["payments"], total)),
        range=_range(snapshot, counted),
    )


def _on_top(snapshot, lines_minor):
    """Return (total, contingency, discount) on a sum of lines; a discount is below zero."""
    contingency = money.share(lines_minor, snapshot["contingency_bp"])
    discount = -money.share(lines_minor + contingency, snapshot["discount_bp"])
    return lines_minor + contingency + discount, contingency, discount


def _section(section, chosen, currency):
    lines = tuple(_line(line, section, chosen) for line in section["lines"])
    fixed = [line for line in lines if not line.is_optional]
    return PricedSection(
        number=section["number"],
        title=section["title"],
        lines=lines,
        choice=section["choice"],
        is_chosen=not section["choice"] or section["number"] in chosen.packages,
        sum_minor=sum(line.price_minor for line in fixed),
        range=spread.together(fixed, currency),
    )


def _line(line, section, chosen):
    rate, quantity = line["rate"], chosen.quantity(line)
    as_sent = quantity == line["quantity_thousandths"]
    return PricedLine(
        number=line["number"],
        what=line["what"],
        note=line["note"],
        unit=line["unit"],
        quantity_thousandths=quantity,
        rate_minor=rate and rate["minor"],
        price_minor=line["price"]["minor"] if as_sent else money.product(quantity, rate["minor"]),
        is_optional=line["is_optional"],
        is_in=chosen.takes(section, line),
        least_thousandths=line["least_thousandths"],
        most_thousandths=line["most_thousandths"],
        taxes=None if line["taxes"] is None else tuple(line["taxes"]),
        package=section["title"] if section["choice"] else "",
        range=spread.of(line, quantity),
    )


def _tax(tax, total, counted):
    """Return a tax on its base: the total, or the part of it that the taxed lines make up."""
    taxed = [line for line in counted if line.taxes is None or tax["number"] in line.taxes]
    base = total if len(taxed) == len(counted) else _part(total, taxed, counted)
    minor = 0 if tax["is_reverse"] else money.share(base, tax["bp"])
    return PricedTax(**tax, base_minor=base, minor=minor)


def _part(total, some, every):
    part, whole = (sum(line.price_minor for line in lines) for lines in (some, every))
    if whole == 0:
        return 0
    return money.half_up(total * part if whole > 0 else -total * part, abs(whole))


def _payments(plan, total):
    """Yield each payment with its share of the total; the last one is the rest."""
    rest = total
    plan = sorted(plan, key=lambda one: one["on"] != ON_APPROVAL)  # The deposit first.
    for one in plan:
        minor = rest if one is plan[-1] else money.share(total, one["bp"])
        rest -= minor
        yield PricedPayment(what=one["what"], bp=one["bp"], on=one["on"], minor=minor)


def _range(snapshot, counted):
    currency = snapshot["currency"]
    lines = spread.together(counted, currency)
    if lines is None:
        return None
    ends = (_on_top(snapshot, one)[0] for one in (lines.low_minor, lines.high_minor))
    return spread.whole(*ends, currency)

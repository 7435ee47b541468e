"""What a draft still needs before it can be sent."""

from portal.estimates import snapshot
from portal.estimates.choices import packages_of
from portal.estimates.pricing import LARGEST_LINE_MINOR, line_price

LARGEST_TOTAL_MINOR = 10**15  # What JSON and both databases keep to the last digit.
WHOLE_BP = 100_00


def missing(version, parts, today):
    """Return what is missing, as a sentence for the producer, or None if nothing is."""
    lines = [line for _, its_lines in parts for line in its_lines if not line.is_blank]
    if not version.title:
        return "Give the estimate a title."
    if not lines:
        return "Add at least one line before you send the estimate."
    if version.valid_until_on and version.valid_until_on < today:
        return "It would be valid until a day that has passed."
    return (
        next(filter(None, map(_missing_in, lines)), None)
        or next(_missing_packages(version, parts), None)
        or _missing_money(version, lines)
    )


def _missing_in(line):
    if not line.what:
        return "A line with a price has no words yet. Say what the client gets."
    if line.price_minor is None:
        return f"“{line.what}” has no price yet."
    least, most = line.least_thousandths, line.most_thousandths
    if line.is_fixed or (least is None and most is None):
        return None
    if least is None or most is None:
        return f"“{line.what}” needs both a least and a most quantity."
    if not 0 <= least <= line.quantity_thousandths <= most or least == most:
        return f"The quantity of “{line.what}” is not between its least and its most."
    return None


def _missing_packages(version, parts):
    sections = snapshot.priced(version, parts)["sections"]
    chosen = {section.choice for section, _ in parts if section.choice}
    groups = packages_of({"sections": sections})
    for choice in sorted(chosen):
        group = groups.get(choice, [])
        if len(group) < 2:
            yield f"“{choice}” needs at least two packages with lines in them."
        if not all(one["title"] for one in group):
            yield f"Name each package of “{choice}”."


def _missing_money(version, lines):
    taxes = version.taxes
    if any(tax["is_reverse"] for tax in taxes) and not version.project.client.tax_number:
        return "A reverse charge needs the client's tax number. Add it to the client first."
    if not all(tax["name"] for tax in taxes):
        return "Name each tax."
    shares = sum(one["bp"] for one in version.payments)
    if any(one["on"] is None for one in version.payments):
        return "Say when each payment is due."
    if version.payments and shares != WHOLE_BP:
        return "The shares of the payments have to add up to 100 %."
    most = [abs(_most(line)) for line in lines]
    share = WHOLE_BP + sum(tax["bp"] for tax in taxes)
    total = sum(most) * (WHOLE_BP + version.contingency_bp) * share // WHOLE_BP**2
    if max(most) > LARGEST_LINE_MINOR or total > LARGEST_TOTAL_MINOR:
        return "The total is too large."
    return None


def _most(line):
    """Return the most that a line can come to."""
    if line.is_fixed or line.most_thousandths is None:
        return line.price_minor
    return line_price(line.most_thousandths, line.rate_minor, None, is_fixed=False)

"""What a draft still needs before it can be sent."""

from portal.estimates import pricing, snapshot

LARGEST_TOTAL_MINOR = 10**15  # What JSON and both databases keep to the last digit.


def missing(version, parts, today):
    """Return what is missing, as a sentence for the producer, or None if nothing is."""
    lines = [line for _, its_lines in parts for line in its_lines if not line.is_blank]
    if not version.title:
        return "Give the estimate a title."
    if not lines:
        return "Add at least one line before you send the estimate."
    if version.valid_until_on and version.valid_until_on < today:
        return "It would be valid until a day that has passed."
    sheet = pricing.price(snapshot.priced(version, parts))
    if abs(sheet.with_tax_minor) > LARGEST_TOTAL_MINOR:
        return "The total is too large."
    return next(filter(None, map(_missing_in, lines)), None)


def _missing_in(line):
    if not line.what:
        return "A line with a price has no words yet. Say what the client gets."
    return f"“{line.what}” has no price yet." if line.price_minor is None else None

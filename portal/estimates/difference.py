"""What differs between two snapshots of one estimate: everything a reader could have read."""

import datetime as dt

from portal.core import dates, money
from portal.estimates import pricing
from portal.estimates.sheet import word
from portal.signoff.subject import Difference, DiffFact, DiffRow

ELSEWHERE = "Changed, read it below."  # A long text: the place to read it is the page itself.
STANCES = {"firm": "Firm", "ballpark": "Ballpark"}
PARTIES = (("Details of the studio", "studio"), ("Details of the client", "client"))


def between(before, after):
    """Return the Difference of two snapshots: lines by their number, then facts, then the total."""
    old, new = pricing.price(before), pricing.price(after)
    return Difference(
        since=f"Version {before['version']}.",
        rows=(*_lines(old, new), *_shares(old, new)),
        facts=(*_facts(before, after), *_on_top(before, after), *_texts(before, after)),
        total=DiffRow(f"Estimate total, {new.currency}", "", old.total_minor, new.total_minor),
    )


def _lines(old, new):
    before, after = ({line.number: line for line in sheet.lines} for sheet in (old, new))
    for number, line in after.items():
        if number not in before:
            yield DiffRow(line.what, "New", None, line.price_minor)
        elif line != before[number]:
            was = before[number]
            note = ". ".join(_notes(was, line, new.currency))
            if note or was.price_minor != line.price_minor:
                yield DiffRow(line.what, note, was.price_minor, line.price_minor)
    for number, line in before.items():
        if number not in after:
            yield DiffRow(line.what, "Removed", line.price_minor, None)


def _shares(old, new):
    """Yield what comes on top of the lines, so that the rows explain the total."""
    for name, bp, minor in (
        ("Contingency", "contingency_bp", "contingency_minor"),
        ("Discount", "discount_bp", "discount_minor"),
    ):
        was, now = (getattr(sheet, minor) for sheet in (old, new))
        rates = [getattr(sheet, bp) for sheet in (old, new)]
        if was != now or rates[0] != rates[1]:
            shown = [money.show_bp(rate) for rate in rates]
            note = f"{shown[1]}, was {shown[0]}" if rates[0] != rates[1] else shown[1]
            yield DiffRow(name, note, was, now)


def _notes(was, line, currency):
    """Yield what changed in a line besides its price, in words."""
    if was.what != line.what:
        yield f"Was called “{was.what}”"
    if was.note != line.note:
        yield f"Note was “{was.note}”" if was.note else "New note"
    efforts = [_effort(one, currency) for one in (was, line)]
    if efforts[0] != efforts[1]:
        yield f"{efforts[1] or 'Fixed price'}, was {efforts[0] or 'a fixed price'}"
    if _bounds(was) != _bounds(line):
        yield f"Quantity {_bounds(line)}, was {_bounds(was)}"
    if was.package != line.package:
        yield f"Now in “{line.package}”" if line.package else "Now for everyone"
    if was.is_optional != line.is_optional:
        yield "Now your choice" if line.is_optional else "Was your choice, now included"
    elif was.is_optional and was.is_in != line.is_in:
        yield "Ticked when the page opens" if line.is_in else "Not ticked when the page opens"
    if was.taxes != line.taxes:
        yield "Other taxes apply"
    if was.range != line.range:
        yield f"{_range(line, currency)}, was {_range(was, currency)}".capitalize()


def _effort(line, currency):
    if line.quantity_thousandths is None:
        return ""
    quantity = f"{money.show_thousandths(line.quantity_thousandths)} {line.unit_word}"
    return f"{quantity} × {money.show(line.rate_minor, currency, brief=True)}"


def _bounds(line):
    if not line.is_adjustable:
        return "fixed"
    ends = (line.least_thousandths, line.most_thousandths)
    least, most = (money.show_thousandths(one) for one in ends)
    return f"from {least} to {most} {word(line.unit, ends[1])}, your choice"


def _range(line, currency):
    if line.range is None:
        return "no range"
    ends = (line.range.low_minor, line.range.high_minor)
    return "between " + " and ".join(money.show(one, currency, brief=True) for one in ends)


def _facts(before, after):
    if before["stance"] != after["stance"]:
        yield DiffFact("Stance", STANCES[before["stance"]], STANCES[after["stance"]])
    for name, key in (("Launch", "launch"), ("Valid until", "valid_until")):
        if before[key] != after[key]:
            yield DiffFact(name, _day(before[key]), _day(after[key]))
    if before["title"] != after["title"]:
        yield DiffFact("Title", before["title"], after["title"])


def _on_top(before, after):
    if before["taxes"] != after["taxes"]:
        yield DiffFact("Tax", taxes_in_words(before["taxes"]), taxes_in_words(after["taxes"]))
    if before["payments"] != after["payments"]:
        yield DiffFact("Payments", _payments(before), _payments(after))
    packages = [_packages(one) for one in (before, after)]
    if packages[0] != packages[1]:
        yield DiffFact("Packages", packages[0] or "none", packages[1] or "none")


def _texts(before, after):
    names = [[s["title"] for s in one["sections"] if not s["choice"]] for one in (before, after)]
    if names[0] != names[1]:
        yield DiffFact("Sections", ", ".join(names[0]), ", ".join(names[1]))
    if before["terms_name"] != after["terms_name"]:
        own = "written for this estimate"
        yield DiffFact("Terms", before["terms_name"] or own, after["terms_name"] or own)
    elif before["terms"] != after["terms"]:
        yield DiffFact("Terms", "", ELSEWHERE)
    for name, key in (("Summary", "summary"), ("Without an answer", "silence"), *PARTIES):
        if before[key] != after[key]:
            yield DiffFact(name, "", ELSEWHERE)


def taxes_in_words(taxes):
    """Return the taxes of an estimate in one line: VAT 21 %, or none."""
    found = [
        f"{tax['name']} {'reverse charged' if tax['is_reverse'] else money.show_bp(tax['bp'])}"
        for tax in taxes
    ]
    return ", ".join(found) or "none"


def _payments(snapshot):
    found = [
        f"{money.show_bp(one.bp)} {_day(one.on) if one.day else one.when.lower() or one.what}"
        for one in pricing.price(snapshot).payments
    ]
    return ", ".join(found) or "none"


def _packages(snapshot):
    """Level of care: Basic, Standard (chosen when the page opens)"""
    groups = (one for one in pricing.price(snapshot).groups if one.choice)
    return "; ".join(
        f"{one.choice}: "
        + ", ".join(s.title + " (as it opens)" * s.is_chosen for s in one.sections)
        for one in groups
    )


def _day(text):
    return dates.day(dt.date.fromisoformat(text)) if text else "none"

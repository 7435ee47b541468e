"""What differs between two snapshots of one estimate: everything a reader could have read."""

import datetime as dt

from portal.core import dates, money
from portal.estimates import pricing
from portal.signoff.subject import Difference, DiffFact, DiffRow

ELSEWHERE = "Changed, read it below."  # A long text: the place to read it is the page itself.


def between(before, after):
    """Return the Difference of two snapshots: lines by their number, then facts, then the total."""
    old, new = pricing.price(before), pricing.price(after)
    return Difference(
        since=f"Version {before['version']}.",
        rows=tuple(_rows(old, new)),
        facts=tuple(_facts(before, after)),
        total=DiffRow(f"Estimate total, {new.currency}", "", old.total_minor, new.total_minor),
    )


def _rows(old, new):
    before, after = ({line.number: line for line in sheet.lines} for sheet in (old, new))
    for number, line in after.items():
        if number not in before:
            yield DiffRow(line.what, "New", None, line.price_minor)
        elif line != before[number]:
            was = before[number]
            note = _note(was, line, new.currency)
            yield DiffRow(line.what, note, was.price_minor, line.price_minor)
    for number, line in before.items():
        if number not in after:
            yield DiffRow(line.what, "Removed", line.price_minor, None)


def _note(was, line, currency):
    """Return what changed in a line besides its price, in words."""
    efforts = [_effort(one, currency) for one in (was, line)]
    notes = []
    if was.what != line.what:
        notes.append(f"Was called “{was.what}”")
    if was.note != line.note:
        notes.append(f"Note was “{was.note}”" if was.note else "New note")
    if efforts[0] != efforts[1]:
        notes.append(f"{efforts[1] or 'Fixed price'}, was {efforts[0] or 'a fixed price'}")
    if was.is_optional != line.is_optional:
        notes.append("Now your choice" if line.is_optional else "Was your choice, now included")
    elif was.is_in != line.is_in:
        notes.append(
            "Ticked when the page opens" if line.is_in else "Not ticked when the page opens"
        )
    return ". ".join(notes)


def _effort(line, currency):
    if line.quantity_thousandths is None:
        return ""
    quantity = f"{money.show_thousandths(line.quantity_thousandths)} {line.unit_word}"
    return f"{quantity} × {money.show(line.rate_minor, currency, brief=True)}"


def _facts(before, after):
    for name, key in (("Launch", "launch"), ("Valid until", "valid_until")):
        if before[key] != after[key]:
            yield DiffFact(name, _day(before[key]), _day(after[key]))
    if before["contingency_bp"] != after["contingency_bp"]:
        yield DiffFact(
            "Contingency",
            money.show_bp(before["contingency_bp"]),
            money.show_bp(after["contingency_bp"]),
        )
    if before["taxes"] != after["taxes"]:
        yield DiffFact("Tax", _taxes(before["taxes"]), _taxes(after["taxes"]))
    if before["title"] != after["title"]:
        yield DiffFact("Title", before["title"], after["title"])
    yield from _texts(before, after)


def _texts(before, after):
    names = [[section["title"] for section in one["sections"]] for one in (before, after)]
    if names[0] != names[1]:
        yield DiffFact("Sections", ", ".join(names[0]), ", ".join(names[1]))
    for name, key in (
        ("Summary", "summary"),
        ("Terms", "terms"),
        ("Without an answer", "silence"),
        ("Details of the studio", "studio"),
        ("Details of the client", "client"),
    ):
        if before[key] != after[key]:
            yield DiffFact(name, "", ELSEWHERE)


def _taxes(taxes):
    return ", ".join(f"{tax['name']} {money.show_bp(tax['bp'])}" for tax in taxes) or "none"


def _day(text):
    return dates.day(dt.date.fromisoformat(text)) if text else "none"

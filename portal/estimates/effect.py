"""What a yes to an estimate adds to the scope."""

from portal.core import money
from portal.scope.models import Action, Edit


def edits(sheet):
    """Return one Edit for each line that counts, one for the contingency, one for the discount.

    Their prices add up to the sheet's total, excluding tax.
    """
    added = [
        Edit(
            Action.ADDED,
            section=_name(section),
            title=line.what,
            detail=_detail(line),
            price_minor=line.price_minor,
            line=line.number,
        )
        for section in sheet.sections
        for line in section.lines
        if line.is_in
    ]
    for name, bp, minor in (
        ("Contingency", sheet.contingency_bp, sheet.contingency_minor),
        ("Discount", sheet.discount_bp, sheet.discount_minor),
    ):
        if minor:
            title = f"{name} {money.show_bp(bp)}"
            added.append(Edit(Action.ADDED, title=title, price_minor=minor))
    return added


def _name(section):
    return f"{section.choice}: {section.title}" if section.choice else section.title


def _detail(line):
    """Return the line's note, and the quantity where the client chose it."""
    if not line.is_adjustable:
        return line.note
    quantity = f"{money.show_thousandths(line.quantity_thousandths)} {line.unit_word}"
    return f"{line.note}\n{quantity}".strip()

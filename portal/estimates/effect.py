"""What a yes to an estimate adds to the scope."""

from portal.core import money
from portal.scope.models import Action, Edit


def edits(sheet):
    """Return one Edit for each line that counts and one for the contingency.

    Their prices add up to the sheet's total, excluding tax.
    """
    added = [
        Edit(
            Action.ADDED,
            section=section.title,
            title=line.what,
            detail=line.note,
            price_minor=line.price_minor,
        )
        for section in sheet.sections
        for line in section.lines
        if line.is_in
    ]
    if sheet.contingency_minor:
        title = f"Contingency {money.show_bp(sheet.contingency_bp)}"
        added.append(Edit(Action.ADDED, title=title, price_minor=sheet.contingency_minor))
    return added

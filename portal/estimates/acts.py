"""What the buttons of the editor do to a draft, besides saving it."""

import re

from portal.core.filters import READER
from portal.estimates.models import EstimateVersion
from portal.estimates.rows import cells_of, left_over, read_rows

PASTED = "pasted"  # The field that rows of a spreadsheet are pasted into.
INTO = "pasted_into"  # The id of the section that they go to.

#: Each with how many numbers it is told, `place-line:7:3:2`.
ACTS = {
    "add-line": (EstimateVersion.add_line, 1),
    "duplicate-line": (EstimateVersion.duplicate_line, 1),
    "duplicate-section": (EstimateVersion.duplicate_section, 1),
    "line-down": (EstimateVersion.lower_line, 1),
    "line-up": (EstimateVersion.raise_line, 1),
    "place-line": (EstimateVersion.place_line, 3),
    "place-section": (EstimateVersion.place_section, 2),
    "remove-line": (EstimateVersion.remove_line, 1),
    "remove-section": (EstimateVersion.remove_section, 1),
    "section-down": (EstimateVersion.lower_section, 1),
    "section-up": (EstimateVersion.raise_section, 1),
    "take-expected": (EstimateVersion.take_expected, 1),
    "take-rate": (EstimateVersion.take_rate, 1),
    "undo": (EstimateVersion.undo, 0),
}
#: What an act writes that a person may have typed something else into: as it is now, it is shown.
RENEWED = {"take-expected": "quantity", "take-rate": "rate"}
_NUMBERS = re.compile(r"(:[0-9]{1,9})*", re.ASCII)


def carry_out(draft, typed, *, by):
    """Do what a button named, and take out of `typed` what the draft now says otherwise.

    Returns the number of a line that came of it or was moved, or None.
    """
    name, _, which = typed.get("act", "").partition(":")
    is_told = which and _NUMBERS.fullmatch(f":{which}")
    numbers = [int(one) for one in which.split(":")] if is_told else []
    if name == "add-section":
        return draft.add_section(by=by).lines.get().number
    if name in ("take-rows", "paste-at"):
        return _add_rows(draft, typed, numbers, by=by)
    if name == "take-terms" and typed.get("terms_from", "").isdecimal():
        typed.poplist("terms")
        draft.take_terms(int(typed["terms_from"][:9]), by=by)
        return None
    act, count = ACTS.get(name, (None, 0))
    if act is None or len(numbers) != count:
        return None
    made = act(draft, *numbers, by=by)
    if name in RENEWED:
        typed.poplist(f"line-{made.number}-{RENEWED[name]}")
    return made and made.number


def rows_in(draft, typed):
    """Return the rows that were pasted, as they are read now."""
    return read_rows(cells_of(typed.get(PASTED, "")), READER.get().locale, draft.project.currency)


def _add_rows(draft, typed, numbers, *, by):
    """Make lines of the pasted rows; those that could not be read stay in the field."""
    rows = rows_in(draft, typed)
    good = [row for row in rows if not row.errors]
    typed[PASTED] = left_over(cells_of(typed.get(PASTED, "")), rows)
    if not good:
        return None
    section = typed.get(INTO, "")
    place = {"section_id": int(section[:9])} if section.isdecimal() else {}
    if typed["act"].startswith("paste-at") and numbers:
        place = {"after": numbers[0]}
    return draft.add_rows(good, by=by, **place).number

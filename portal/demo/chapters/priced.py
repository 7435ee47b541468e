"""How the story writes estimates: lines in a few words, and changes to them by name."""

from portal.estimates.library import outline
from portal.estimates.models import LineKind

VAT = {"number": 1, "name": "VAT", "bp": 21_00, "is_reverse": False}
SOUNDWALK_TERMS = (
    "The prices are fixed. Half is invoiced after your yes, half at the launch of the soundwalk, "
    "each payable in 30 days.\n\n"
    "If the recording day is lost to weather, we move it once at our cost. A third language later "
    "costs 890 EUR for each seven stops.\n\n"
    "The museum owns the recordings and the texts; the reader's voice may be used for the "
    "soundwalk for ten years."
)


def draft(project, by, title, sections, packages=(), **head):
    """Write an estimate: `sections` are lines by the section's title. Returns its draft.

    `packages` names sections that are packages, each as (choice, is it the one to begin with).
    """
    packages = dict(packages)
    parts = [
        dict(zip(outline.SECTION, (name, *packages.get(name, ("", False))), strict=True))
        | {"lines": [outline.blank() | line for line in lines]}
        for name, lines in sections.items()
    ]
    said = {name: head.pop(name) for name in outline.VERSION if name in head}
    whole = outline.empty(project.currency) | {"title": title, "taxes": [VAT], "sections": parts}
    version = outline.begin(project, whole | said, by=by).draft
    version.save_draft(by=by, edits=version.edits, values=head)
    return version


def change(version, by, lines, **head):
    """Change lines of a draft by what they are called, and its head."""
    numbers = {line.what: line.number for _, found in version.parts() for line in found}
    values = {"lines": {numbers[what]: fields for what, fields in lines.items()}, **head}
    version.save_draft(by=by, edits=version.edits, values=values)


def drop(version, by, what):
    """Take the line of that name out of a draft."""
    line = next(line for _, found in version.parts() for line in found if line.what == what)
    version.remove_line(line.number, by=by)


def hours(what, quantity, rate_minor, note=""):
    return _by_rate(what, quantity, rate_minor, note, "h")


def days(what, quantity, rate_minor, note=""):
    return _by_rate(what, quantity, rate_minor, note, "day")


def pieces(what, quantity, rate_minor, note=""):
    return _by_rate(what, quantity, rate_minor, note, "piece")


def fixed(what, price_minor, note=""):
    return {"what": what, "note": note, "kind": LineKind.FIXED, "fixed_minor": price_minor}


def option(line, *, chosen=False):
    """Make a line the client's choice; `chosen` is how the page opens."""
    return {**line, "is_optional": True, "is_chosen_by_default": chosen}


def between(line, least, most):
    """Let the client choose the quantity of a line."""
    return {**line, "least_thousandths": least * 1000, "most_thousandths": most * 1000}


def effort(line, role, *hours):
    """Say what the studio thinks a line takes: low, likely and high, in hours."""
    names = ("low_minutes", "likely_minutes", "high_minutes")
    return {**line, "role": role, **dict(zip(names, (one * 60 for one in hours), strict=True))}


def _by_rate(what, quantity, rate_minor, note, unit):
    return {
        "what": what,
        "note": note,
        "kind": LineKind.QUANTITY,
        "quantity_thousandths": quantity * 1000,
        "unit": unit,
        "rate_minor": rate_minor,
    }

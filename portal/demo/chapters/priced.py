"""How the story writes estimates: lines in a few words, and changes to them by name."""

from portal.estimates.models import Estimate, LineKind

VAT = {"number": 1, "name": "VAT", "bp": 21_00, "is_reverse": False}
SOUNDWALK_TERMS = (
    "The prices are fixed. Half is invoiced after your yes, half at the launch of the soundwalk, "
    "each payable in 30 days.\n\n"
    "If the recording day is lost to weather, we move it once at our cost. A third language later "
    "costs 890 EUR for each seven stops.\n\n"
    "The museum owns the recordings and the texts; the reader's voice may be used for the "
    "soundwalk for ten years."
)


def draft(project, by, title, sections, **head):
    """Write an estimate: `sections` are lines by the section's title. Returns its draft."""
    version = Estimate.start(project, by=by, title=title).draft
    version.remove_line(1, by=by)  # The blank one that every draft begins with.
    first, *others = sections
    blank = version.sections.get()
    at = {first: blank.id} | {name: version.add_section(by=by, title=name).id for name in others}
    for name, lines in sections.items():
        for line in lines:
            version.add_line(at[name], by=by, **line)
    head = {"taxes": [VAT], "sections": {blank.id: {"title": first}}, **head}
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


def _by_rate(what, quantity, rate_minor, note, unit):
    return {
        "what": what,
        "note": note,
        "kind": LineKind.QUANTITY,
        "quantity_thousandths": quantity * 1000,
        "unit": unit,
        "rate_minor": rate_minor,
    }

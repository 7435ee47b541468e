"""An outline: all that a draft says, as plain data. Templates, copies and exports are made of it.

It holds no numbers of rows, no dates and no people: what it fills counts from one again.
"""

import datetime as dt
from copy import deepcopy

from portal.estimates.models.lines import Line, LineKind, Section
from portal.estimates.models.versions import Estimate, EstimateVersion, Stance

FORMAT = "outline/1"
VERSION = (
    *("title", "summary", "silence", "stance", "terms", "terms_name"),
    *("contingency_bp", "discount_bp", "taxes", "payments"),
)
SECTION = ("title", "choice", "is_chosen_by_default")
LINE = (
    *("what", "note", "kind", "quantity_thousandths", "unit", "rate_minor", "fixed_minor"),
    *("is_optional", "is_chosen_by_default", "least_thousandths", "most_thousandths", "taxes"),
    *("role", "low_minutes", "likely_minutes", "high_minutes"),
)
#: What only the studio reads: no client's export has it.
INTERNAL = ("role", "low_minutes", "likely_minutes", "high_minutes")
WORDS = ("title", "summary", "silence")


def of(version, parts=None):
    """Return the outline of a version as it is now, without blank lines and empty sections."""
    parts = version.parts() if parts is None else parts
    sections = [
        _values(section, SECTION)
        | {"lines": [_values(line, LINE) for line in lines if not line.is_blank]}
        for section, lines in parts
    ]
    payments = [payment | {"on": _event(payment["on"])} for payment in version.payments]
    return {
        "format": FORMAT,
        "currency": version.project.currency,
        **deepcopy(_values(version, VERSION)),
        "payments": payments,
        "sections": [section for section in sections if section["lines"]],
    }


def lines_of(outline):
    """Return every line of an outline, in order."""
    return [line for section in outline["sections"] for line in section["lines"]]


def begin(project, outline, *, by):
    """Start an estimate whose first draft says what an outline says, and return it.

    Amounts are taken as they are: `currency.convert` comes first where it is another one.
    """
    if outline["currency"] != project.currency:
        raise ValueError(f"an outline in {outline['currency']} in a project of {project.currency}")
    with project.change() as held:
        estimate = Estimate.start(held, by=by, title=outline["title"])
        fill(estimate.draft, outline)
    return estimate


def fill(version, outline):
    """Write an outline into a draft in place of what it has. Call it inside `project.change()`."""
    said = {name: outline[name] for name in VERSION}
    if not said["terms"]:
        del said["terms"], said["terms_name"]  # The project's own stay.
    if not said["taxes"]:
        del said["taxes"]
    EstimateVersion.update(**said).where(EstimateVersion.id == version.id).execute()
    Section.delete().where(Section.version == version).execute()
    number = 0
    sections = outline["sections"] or [dict.fromkeys(SECTION, "") | {"lines": []}]
    for position, section in enumerate(sections, 1):
        columns = {name: section[name] or Section._meta.fields[name].default for name in SECTION}
        row = Section.create(version=version, number=position, position=position, **columns)
        lines = section["lines"] or [blank()]
        rows = [
            {"section": row, "number": number + at, "position": at, **line}
            for at, line in enumerate(lines, 1)
        ]
        Line.insert_many(rows).execute()
        number += len(lines)


def blank():
    """Return a line in which nothing is written."""
    return {name: Line._meta.fields[name].default for name in LINE}


def empty(currency):
    """Return the outline of an estimate in which nothing is written."""
    values = {name: EstimateVersion._meta.fields[name].default for name in VERSION}
    return {
        "format": FORMAT,
        "currency": currency,
        **values,
        "stance": str(Stance.FIRM),
        "taxes": [],
        "payments": [],
        "sections": [],
    }


def without_words(outline):
    """Return an outline without what was written for one client: title, summary, own terms."""
    kept = deepcopy(outline) | dict.fromkeys(WORDS, "")
    if not kept["terms_name"]:
        kept["terms"] = ""
    return kept


def without_taxes(outline):
    """Return an outline that bears the taxes of whichever client it is begun for."""
    kept = deepcopy(outline) | {"taxes": []}
    for line in lines_of(kept):
        line["taxes"] = None
    return kept


def _event(on):
    """Return when a payment is due if that is an event; a day belongs to the one estimate."""
    try:
        dt.date.fromisoformat(on or "")
    except ValueError:
        return on or ""
    return ""


def _values(row, names):
    values = {name: getattr(row, name) for name in names}
    if "kind" in values:
        values["kind"] = str(LineKind(values["kind"]))
    if "stance" in values:
        values["stance"] = str(Stance(values["stance"]))
    return values

"""The canonical dict of a version: all that the client is shown, without names of people."""

from portal.estimates import spread
from portal.signoff.parties import party
from portal.studio.models import Studio

FORMAT = "estimate/1"
BALLPARK = "ballpark"


def whole(version, parts):
    """Return everything that is sealed when `version` is sent. `parts` are its `parts()`."""
    project = version.project
    return {
        "kind": version.KIND,
        "format": FORMAT,
        "project": {"slug": project.slug, "name": project.name},
        "studio": party(Studio.here()),
        "client": party(project.client),
        "number": version.number,
        "version": version.version,
        "title": version.title,
        "summary": version.summary,
        "terms": version.terms,
        "terms_name": version.terms_name if version.terms else "",
        "silence": version.silence,
        "valid_until": _day(version.valid_until_on),
        "launch": _day(version.launch_on),
        "launch_before": _day(project.launch_on),
        **priced(version, parts),
    }


def priced(version, parts):
    """Return what `pricing.price` needs. Blank lines and empty sections are left out."""
    taxes = [tax["number"] for tax in version.taxes]
    sections = [
        {
            "number": section.number,
            "title": section.title,
            "choice": section.choice,
            "is_chosen_by_default": section.is_chosen_by_default,
            "lines": [_line(line, version, taxes) for line in lines if not line.is_blank],
        }
        for section, lines in parts
    ]
    return {
        "currency": version.project.currency,
        "stance": str(version.stance),
        "sections": _one_package_each([section for section in sections if section["lines"]]),
        "contingency_bp": version.contingency_bp,
        "discount_bp": version.discount_bp,
        "taxes": version.taxes,
        "payments": version.payments,
    }


def _one_package_each(sections):
    """Let exactly one package of each choice be the one that the page opens with."""
    first = {}
    for section in sorted(sections, key=lambda one: not one["is_chosen_by_default"]):
        first.setdefault(section["choice"], section["number"])
    for section in sections:
        is_first = section["number"] == first[section["choice"]]
        section["is_chosen_by_default"] = bool(section["choice"]) and is_first
    return sections


def _line(line, version, taxes):
    currency = version.project.currency
    is_adjustable = not line.is_fixed and None not in (
        line.least_thousandths,
        line.most_thousandths,
    )

    def amount(minor):
        return {"minor": minor, "currency": currency}

    return {
        "number": line.number,
        "what": line.what,
        "note": line.note,
        "unit": "" if line.is_fixed else line.unit,
        "quantity_thousandths": None if line.is_fixed else line.quantity_thousandths,
        "rate": None if line.is_fixed else amount(line.rate_minor or 0),
        "price": amount(line.price_minor or 0),
        "is_optional": line.is_optional,
        "is_chosen_by_default": line.is_optional and line.is_chosen_by_default,
        "least_thousandths": line.least_thousandths if is_adjustable else None,
        "most_thousandths": line.most_thousandths if is_adjustable else None,
        "taxes": line.taxes and sorted(set(line.taxes) & set(taxes)),
        "spread": spread.sealed(line, currency) if version.stance == BALLPARK else None,
    }


def _day(on):
    return on and on.isoformat()

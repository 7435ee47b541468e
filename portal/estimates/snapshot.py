"""The canonical dict of a version: all that the client is shown, without names of people."""

from portal.studio.models import Studio

FORMAT = "estimate/1"


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
        "silence": version.silence,
        "valid_until": _day(version.valid_until_on),
        "launch": _day(version.launch_on),
        "launch_before": _day(project.launch_on),
        **priced(version, parts),
    }


def priced(version, parts):
    """Return what `pricing.price` needs. Blank lines and empty sections are left out."""
    currency = version.project.currency
    sections = [
        {
            "title": section.title,
            "lines": [_line(line, currency) for line in lines if not line.is_blank],
        }
        for section, lines in parts
    ]
    return {
        "currency": currency,
        "sections": [section for section in sections if section["lines"]],
        "contingency_bp": version.contingency_bp,
        "taxes": version.taxes,
    }


def party(company):
    """Return who a studio or a client is on paper."""
    return {
        "name": company.name,
        "legal_name": company.legal_name,
        "address": company.address,
        "tax_number": company.tax_number,
    }


def _line(line, currency):
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
    }


def _day(on):
    return on and on.isoformat()

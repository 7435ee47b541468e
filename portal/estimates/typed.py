"""The choices of a client as a browser's form says them."""

from portal.core import money
from portal.estimates.choices import (
    STEP_THOUSANDTHS,
    as_sent,
    bounds,
    choose,
    fits,
    is_adjustable,
    lines_of,
    packages_of,
)
from portal.signoff.refusals import Misread


def options(snapshot, form, locale):
    """Return the options that a form names: `option`, `package-1`, `quantity-7`, `more`, `less`.

    `form` is a multi-dict of text; numbers are written as in `locale`. A package that the form does
    not name is the one that was sent. Raises Misread for quantities that cannot be taken as they
    are typed, DomainError for what the estimate does not offer.
    """
    said = set(form.getlist("option"))
    said |= set(_packages(snapshot, form, said))
    errors = {}
    for _, line in lines_of(snapshot):
        field = f"quantity-{line['number']}"
        if is_adjustable(line) and field in form:
            try:
                said.add(f"{line['number']}={_quantity(line, form, form[field], locale)}")
            except ValueError as wrong:
                errors[field] = f"{wrong} Counted as {_as_sent(line, locale)} until then."
    found = choose(snapshot, said).options
    if errors:
        raise Misread("One quantity needs another look.", errors=errors, options=found)
    return found


def _packages(snapshot, form, said):
    """Return the package of each choice: what the form says, or what was sent."""
    usual = as_sent(snapshot)
    for index, group in enumerate(packages_of(snapshot).values(), 1):
        offered = {f"s{one['number']}" for one in group}
        if f"package-{index}" in form:
            yield form[f"package-{index}"]
        elif not offered & said:
            yield from offered.intersection(usual)


def _quantity(line, form, text, locale):
    """Return what was typed, or the next step from there, in thousandths. Raises ValueError."""
    if not text.strip():
        raise ValueError(f"Write a number {bounds(line, locale)}.")
    quantity = money.parse_thousandths(text, locale)
    step = {"more": STEP_THOUSANDTHS, "less": -STEP_THOUSANDTHS}
    for button, by in step.items():
        if form.get(button) == str(line["number"]):
            quantity = min(max(quantity + by, line["least_thousandths"]), line["most_thousandths"])
    if not fits(line, quantity):
        raise ValueError(f"It can be {bounds(line, locale)}.")
    return quantity


def _as_sent(line, locale):
    return money.show_thousandths(line["quantity_thousandths"], locale)

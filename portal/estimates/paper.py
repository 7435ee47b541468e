"""An estimate on paper: every line, what it comes to, the terms and the two sides."""

from portal.core import money
from portal.documents.paper import (
    Fact,
    Group,
    Part,
    Prose,
    Row,
    Table,
    between,
    dates_part,
    day,
    paper,
)
from portal.estimates import pricing

NO_BREAK = "\u00a0"


@paper("estimate")
def parts(snapshot, options):
    sheet = pricing.price(snapshot, options)
    note = f"Fixed prices in {sheet.currency}, excluding tax"
    found = [Part("What you get", [_table(sheet)], note), dates_part(snapshot, _launch(snapshot))]
    if snapshot["terms"]:
        found.append(Part("Terms", [Prose.of(snapshot["terms"])]))
    return [*found, between(snapshot)]


def _table(sheet):
    groups = [Group(one.title, list(_rows(one, sheet))) for one in sheet.fixed_sections]
    if sheet.choices:
        groups.append(Group("Your choice", [_line(line, sheet) for line in sheet.choices]))
    head = ("Line", "Quantity × rate", sheet.currency)
    return Table(head, groups, list(_totals(sheet)))


def _rows(section, sheet):
    for line in section.lines:
        yield _line(line, sheet)
    if section.title and len(section.lines) > 1:
        sum_ = money.show(section.sum_minor, sheet.currency)
        yield Row(section.title, ("", sum_), look="sum")


def _line(line, sheet):
    effort = ""
    if line.quantity_thousandths is not None:
        rate = money.show(line.rate_minor, sheet.currency, brief=True)
        quantity = money.show_thousandths(line.quantity_thousandths)
        effort = f"{quantity} {line.unit_word} × {rate}".replace(" ", NO_BREAK)
    notes = [line.note] if line.note else []
    if line.is_optional:
        notes.append("Chosen" if line.is_in else "Not chosen, not in the total")
    cells = (effort, money.show(line.price_minor, sheet.currency))
    return Row(line.what, cells, tuple(notes), look="" if line.is_in else "off")


def _totals(sheet):
    def row(what, minor, look=""):
        return Row(what, (money.show(minor, sheet.currency),), look=look)

    if sheet.contingency_minor:
        title = f"Contingency {money.show_bp(sheet.contingency_bp)}"
        yield row(title, sheet.contingency_minor)
    yield row(f"Total, {sheet.currency}", sheet.total_minor, "grand")
    for tax in sheet.taxes:
        yield row(f"{tax.name} {money.show_bp(tax.bp)}", tax.minor)
    if sheet.taxes:
        yield row("Total with tax", sheet.with_tax_minor)


def _launch(snapshot):
    launch, before = snapshot["launch"], snapshot["launch_before"]
    if launch:
        more = (f"Before: {day(before)}",) if before and before != launch else ()
        return Fact("Launch", day(launch), more)
    if before:
        return Fact("Launch", f"{day(before)}, unchanged")
    return Fact("Launch", "No day is set by this", look="quiet")

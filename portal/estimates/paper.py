"""An estimate on paper: every line, what it comes to, when it is paid, the terms, the two sides."""

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
    found = [] if sheet.is_binding else [_ballpark()]
    what = "Fixed prices" if sheet.is_binding else "Ballpark prices"
    rounding = Prose.of(rounding_words(sheet))
    note = f"{what} in {sheet.currency}, excluding tax"
    found.append(Part("What you get", [_table(sheet), rounding], note))
    if sheet.payments:
        found.append(Part("Payment", [_payments(sheet)], "Shares of the total, excluding tax"))
    found.append(dates_part(snapshot, _launch(snapshot)))
    if snapshot["terms"]:
        found.append(Part("Terms", [Prose.of(snapshot["terms"])], snapshot["terms_name"]))
    return [*found, between(snapshot)]


def rounding_words(sheet):
    """Return how it is rounded: said once, where the sums stand."""
    smallest = money.show(1, sheet.currency)
    return f"Each line is rounded to {smallest} {sheet.currency}, each sum once."


def _ballpark():
    words = (
        "This is a ballpark, not an offer. A yes asks for a firm estimate and commits neither "
        "side to an amount."
    )
    return Part("Ballpark", [Prose.of(words)], "Not binding")


def _table(sheet):
    groups = [Group(_name(one), list(_rows(one, sheet))) for one in _sections(sheet)]
    if sheet.choices:
        groups.append(Group("Your choice", [_line(line, sheet) for line in sheet.choices]))
    head = ("Line", "Quantity × rate", sheet.currency)
    return Table(head, groups, list(_totals(sheet)))


def _sections(sheet):
    return [section for group in sheet.groups for section in group.sections]


def _name(section):
    if not section.choice:
        return section.title
    chosen = "chosen" if section.is_chosen else "not chosen, not in the total"
    return f"{section.choice}: {section.title}, {chosen}"


def _rows(section, sheet):
    for line in section.fixed_lines:
        yield _line(line, sheet)
    if section.choice or (section.title and len(section.fixed_lines) > 1):
        sum_ = money.show(section.sum_minor, sheet.currency)
        notes = _range(section.range, sheet.currency)
        yield Row(section.title, ("", sum_), notes, look="sum" if section.is_chosen else "off")


def _line(line, sheet):
    effort = ""
    if line.quantity_thousandths is not None:
        rate = money.show(line.rate_minor, sheet.currency, brief=True)
        effort = f"{_quantity(line.quantity_thousandths, line.unit_word)} × {rate}"
    cells = (effort.replace(" ", NO_BREAK), money.show(line.price_minor, sheet.currency))
    return Row(line.what, cells, tuple(_notes(line, sheet)), look="" if line.is_in else "off")


def _notes(line, sheet):
    if line.note:
        yield line.note
    if line.is_adjustable:
        least = money.show_thousandths(line.least_thousandths)
        most = _quantity(line.most_thousandths, line.most_word)
        yield f"Quantity from {least} to {most}, as the client chooses"
    if line.is_optional:
        yield "Chosen" if line.is_in else "Not chosen, not in the total"
        if line.package:
            yield f"Only with {line.package}"
    yield from _range(line.range, sheet.currency)


def _quantity(thousandths, unit_word):
    return f"{money.show_thousandths(thousandths)} {unit_word}"


def _range(range_, currency):
    if range_ is None:
        return ()
    ends = [money.show(one, currency, brief=True) for one in (range_.low_minor, range_.high_minor)]
    return (f"Between {ends[0]} and {ends[1]}",)


def _totals(sheet):
    def row(what, minor, look=""):
        return Row(what, (money.show(minor, sheet.currency),), look=look)

    if sheet.contingency_minor:
        yield row(f"Contingency {money.show_bp(sheet.contingency_bp)}", sheet.contingency_minor)
    if sheet.discount_minor:
        yield row(f"Discount {money.show_bp(sheet.discount_bp)}", sheet.discount_minor)
    about = "Total" if sheet.is_binding else "Total, about"
    yield row(f"{about}, {sheet.currency}", sheet.total_minor, "grand")
    for words in _range(sheet.range, sheet.currency):
        yield Row(words, ("",))
    for tax in sheet.taxes:
        name = tax.sentence if tax.is_reverse else f"{tax.name} {money.show_bp(tax.bp)}"
        if tax.base_minor != sheet.total_minor:
            name += f", on {money.show(tax.base_minor, sheet.currency)}"
        yield row(name, tax.minor)
    if sheet.has_tax:
        yield row("Total with tax", sheet.with_tax_minor)


def _payments(sheet):
    rows = [_payment(one, sheet) for one in sheet.payments]
    total = Row("Total", (money.show(sheet.total_minor, sheet.currency),))
    return Table(("Payment", "Share and day", sheet.currency), [Group("", rows)], [total])


def _payment(one, sheet):
    when = day(one.on) if one.day else one.when.lower()
    share = ", ".join(filter(None, (money.show_bp(one.bp), when))).replace(" ", NO_BREAK)
    name = one.what or ("Deposit" if one.is_deposit else "Payment")
    return Row(name, (share, money.show(one.minor, sheet.currency)))


def _launch(snapshot):
    launch, before = snapshot["launch"], snapshot["launch_before"]
    if launch:
        more = (f"Before: {day(before)}",) if before and before != launch else ()
        return Fact("Launch", day(launch), more)
    if before:
        return Fact("Launch", f"{day(before)}, unchanged")
    return Fact("Launch", "No day is set by this", look="quiet")

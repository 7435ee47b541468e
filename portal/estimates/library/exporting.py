"""An estimate as rows of cells: what `spreadsheet` and `commas` write. Pure functions.

What goes to a client is made from the snapshot alone; only a draft's rows know effort and roles.
"""

from dataclasses import dataclass

from portal.core import money

#: Headings, which are also what an import knows the columns by.
HEADINGS = (
    *("Section", "Description", "Note", "Quantity", "Unit", "Rate", "Price"),
    *("Optional", "In the total"),
)
RANGE = ("From", "To")
INTERNAL = ("Internal: role", "Internal: low, h", "Internal: likely, h", "Internal: high, h")
FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Scaled:
    """A number as an integer and how many decimals it has: minor units, thousandths, minutes."""

    units: int
    per_one: int
    decimals: int

    @property
    def value(self):
        """Return it as programs for spreadsheets hold numbers."""
        return self.units / self.per_one


@dataclass(frozen=True, slots=True)
class Book:
    """A table with its sums below, and what else there is to say, as pairs."""

    headings: tuple[str, ...]
    rows: tuple[tuple, ...]  # Cells: text, a Scaled, or None.
    sums: tuple  # (label, Scaled, what makes it up) for each sum below the table.
    about: tuple[tuple[str, str], ...]
    currency: str
    file_name: str


def book(shown, sheet, *, digest="", parts=None):
    """Return the Book of a snapshot and its priced Sheet.

    `digest` says that it was sent; with `parts`, a draft's, its internal columns come along.
    """
    internal = {line.number: line for _, lines in parts or () for line in lines}
    has_range = not sheet.is_binding
    headings = HEADINGS + (RANGE if has_range else ()) + (INTERNAL if internal else ())
    rows = []
    for section in sheet.sections:
        for line in section.lines:
            cells = _cells(section, line, sheet.currency)
            cells += _range(line, sheet.currency) if has_range else ()
            cells += _effort(internal.get(line.number)) if internal else ()
            rows.append(cells)
    name = f"estimate-{shown['number']}-version-{shown['version']}"
    return Book(
        headings=headings,
        rows=tuple(rows),
        sums=tuple(_sums(sheet)),
        about=tuple(_about(shown, sheet, digest)),
        currency=sheet.currency,
        file_name=name if digest else f"draft-{name}",
    )


def amount(minor, currency):
    decimals = money.decimals(currency)
    return Scaled(minor, 10**decimals, decimals)


def _cells(section, line, currency):
    is_fixed = line.quantity_thousandths is None
    return (
        f"{section.choice}: {section.title}" if section.choice else section.title,
        line.what,
        line.note,
        None if is_fixed else Scaled(line.quantity_thousandths, 1000, 3),
        FIXED if is_fixed else line.unit,
        None if is_fixed else amount(line.rate_minor, currency),
        amount(line.price_minor, currency),
        "yes" if line.is_optional else "",
        "yes" if line.is_in else "no",
    )


def _range(line, currency):
    if line.range is None:
        return (None, None)
    return (amount(line.range.low_minor, currency), amount(line.range.high_minor, currency))


def _effort(line):
    if line is None:
        return ("", None, None, None)
    guesses = (line.low_minutes, line.likely_minutes, line.high_minutes)
    return (line.role, *(None if one is None else Scaled(one, 60, 2) for one in guesses))


def _sums(sheet):
    """Yield (label, amount, kind, basis points) in the order in which each is made of those before."""

    def row(label, minor, kind, bp=0):
        return label, amount(minor, sheet.currency), kind, bp

    lines = sum(line.price_minor for line in sheet.lines if line.is_in)
    if sheet.contingency_minor or sheet.discount_minor:
        yield row("Lines in the total", lines, "lines")
    if sheet.contingency_minor:
        label = f"Contingency {money.show_bp(sheet.contingency_bp)}"
        yield row(label, sheet.contingency_minor, "contingency", sheet.contingency_bp)
    if sheet.discount_minor:
        label = f"Discount {money.show_bp(sheet.discount_bp)}"
        yield row(label, sheet.discount_minor, "discount", sheet.discount_bp)
    yield row(f"Total, {sheet.currency}", sheet.total_minor, "total")
    for tax in sheet.taxes:
        is_on_all = tax.base_minor == sheet.total_minor and not tax.is_reverse
        label = tax.sentence if tax.is_reverse else f"{tax.name} {money.show_bp(tax.bp)}"
        yield row(label, tax.minor, "tax" if is_on_all else "part of tax", tax.bp)
    if sheet.taxes:
        yield row("Total with tax", sheet.with_tax_minor, "with tax")


def _about(shown, sheet, digest):
    yield "Estimate", f"{shown['number']}, version {shown['version']}"
    yield "Title", shown["title"]
    yield "Summary", shown["summary"]
    yield "Kind", "Firm: fixed prices" if sheet.is_binding else "Ballpark: not binding"
    yield "From", _party(shown["studio"])
    yield "To", _party(shown["client"])
    yield "Prices", f"{sheet.currency}, excluding tax"
    yield "Valid until", shown["valid_until"] or ""
    yield "Launch", shown["launch"] or ""
    for one in sheet.payments:
        sum_ = money.show(one.minor, sheet.currency)
        yield "Payment", f"{one.what}: {money.show_bp(one.bp)}, {sum_}, {one.when or one.on or ''}"
    yield "Terms", shown["terms_name"]
    yield "Terms, in full", shown["terms"]
    words = f"As sent, sealed with SHA-256 {digest}" if digest else "A draft: not sent, not binding"
    yield "State", words


def _party(party):
    facts = (party["legal_name"] or party["name"], party["address"], party["tax_number"])
    return ", ".join(" ".join(fact.split()) for fact in facts if fact)

"""Rows of a spreadsheet, read as lines. Pure functions: cells in, rows out, nothing lost.

A row is description, quantity, unit and rate; or description and price. Where the first row names
its columns, in any order, those names hold: section, note, price and optional may then be there.
"""

import csv
import io
import re
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest

from babel.numbers import get_currency_symbol

from portal.core import money
from portal.core.fields import line as one_line
from portal.estimates.models.lines import LineKind
from portal.estimates.pricing import LARGEST_LINE_MINOR, line_price

WHAT_CHARACTERS = 200
NOTE_CHARACTERS = 250

NAMES = {
    "what": "description what item task line title name deliverable omschrijving beschreibung",
    "note": "note notes remark remarks detail details",
    "quantity": "quantity qty aantal menge anzahl",
    "hours": "hours uren stunden heures",
    "unit": "unit units per eenheid einheit",
    "rate": "rate hourly unitprice tarief satz",
    "price": "price amount total fixed linetotal subtotal prijs preis bedrag betrag",
    "section": "section phase group category fase abschnitt",
    "optional": "optional option optioneel",
}
COLUMNS = {word: column for column, words in NAMES.items() for word in words.split()}
UNITS = {
    "h": "h hr hrs hour hours u uur uren std stunde stunden heure heures",
    "day": "d day days dag dagen tag tage jour jours",
    "piece": "x pc pcs piece pieces st stk stuk stuks stück unit units each ea",
    "fixed": "fixed flat lump lumpsum vast pauschal forfait",
}
UNIT_OF = {word: unit for unit, words in UNITS.items() for word in words.split()}
SUMS = frozenset({"total", "totals", "subtotal", "sum", "grandtotal", "totaal", "summe", "gesamt"})
NO = {"", "0", "-", "n", "no", "false", "nee", "nein"}
ONE_THOUSANDTHS = 1000
BY_COUNT = {1: ("what",), 2: ("what", "price"), 3: ("what", "quantity", "rate")}
USUAL = ("what", "quantity", "unit", "rate", "price")


@dataclass(slots=True)
class Row:
    """One row as it was read. With `errors`, sentences for a person, it makes no line."""

    number: int  # As the spreadsheet counts, from 1.
    cells: tuple[str, ...]
    what: str = ""
    note: str = ""
    section: str = ""
    quantity_thousandths: int | None = None
    unit: str = "h"
    rate_minor: int | None = None
    fixed_minor: int | None = None
    is_optional: bool = False
    unread: tuple[str, ...] = ()  # Cells in columns that mean nothing here.
    errors: list[str] = field(default_factory=list)

    @property
    def is_fixed(self):
        return self.fixed_minor is not None

    @property
    def price_minor(self):
        """The price, or None while what makes it up is missing."""
        return line_price(
            self.quantity_thousandths, self.rate_minor, self.fixed_minor, is_fixed=self.is_fixed
        )

    def fields(self):
        """Return the columns of the line that it makes."""
        names = ("what", "note", "quantity_thousandths", "rate_minor", "fixed_minor", "is_optional")
        kind = LineKind.FIXED if self.is_fixed else LineKind.QUANTITY
        return {name: getattr(self, name) for name in names} | {"kind": kind, "unit": self.unit}


def cells_of(text):
    """Return the cells of rows that were copied from a spreadsheet; a cell in quotes may hold
    tabs and newlines.

    >>> cells_of('Design\\t12\\th\\t95\\nTest\\t3')
    [['Design', '12', 'h', '95'], ['Test', '3']]
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # A quote mark that closes nowhere is a word's, not the spreadsheet's.
    is_quoted = text.count('"') % 2 == 0
    quoting = csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE
    try:
        return list(csv.reader(io.StringIO(text), delimiter="\t", quoting=quoting))
    except csv.Error:  # A cell longer than any spreadsheet has.
        return [row.split("\t") for row in text.split("\n")]


def left_over(cells, rows):
    """Return the rows that made no line, below their headings, as text for `cells_of`."""
    kept = [row.cells for row in rows if row.errors]
    head = next((row for row in cells if any(map(str.strip, row))), ())
    if kept and headings_of(head):
        kept.insert(0, head)
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(kept)
    return out.getvalue()


def read_rows(cells, locale, currency):
    """Return a Row for each row of cells that holds anything, what could not be read marked.

    `cells` are lists of text; numbers are read as `locale` writes them.
    """
    filled = [
        (number, tuple(one_line(cell) for cell in row))
        for number, row in enumerate(cells, 1)
        if any(cell.strip() for cell in row)
    ]
    headings = headings_of(filled[0][1]) if filled else None
    rows = filled[1:] if headings else filled
    return [_read(number, row, headings, locale, currency) for number, row in rows]


def headings_of(row):
    """Return which column each cell of a first row names, or None if it names none."""
    found = [COLUMNS.get(_word(cell)) for cell in row]
    return found if "what" in found and len(set(filter(None, found))) > 1 else None


def _read(number, cells, headings, locale, currency):
    row = Row(number, cells)
    columns = headings or _guessed(cells)
    pairs = [one for one in zip_longest(columns, cells, fillvalue="") if one[1]]
    named = {name: cell for name, cell in pairs if name}
    if "hours" in named:
        named |= {"quantity": named.pop("hours"), "unit": "h"}
    row.unread = tuple(cell for name, cell in pairs if not name)
    row.what, row.note = named.get("what", ""), named.get("note", "")
    row.section = named.get("section", "")
    row.is_optional = named.get("optional", "").casefold() not in NO
    _read_numbers(row, named, locale, currency)
    row.errors += _missing(row)
    return row


def _guessed(cells):
    """Return which columns a row without headings has."""
    count = max((at for at, cell in enumerate(cells, 1) if cell), default=0)
    if count == 3 and _word(cells[2]) in UNIT_OF:
        return USUAL
    return BY_COUNT.get(count, USUAL)


def _read_numbers(row, named, locale, currency):
    def number(name, parse):
        try:
            return parse(named[name]) if name in named else None
        except ValueError as error:
            row.errors.append(f"{name.capitalize()} “{named[name]}”: {error}")

    def amount(text):
        return money.parse(_bare(text, currency), currency, locale)

    row.quantity_thousandths = number(
        "quantity", lambda text: money.parse_thousandths(text, locale)
    )
    rate, price = number("rate", amount), number("price", amount)
    unit = _word(named.get("unit", ""))
    row.unit = UNIT_OF.get(unit, "piece" if row.quantity_thousandths is not None else "h")
    if unit and unit not in UNIT_OF:
        row.errors.append(f"Unit “{named['unit']}”: write h, day, piece or fixed.")
    if row.unit == "fixed" or (row.quantity_thousandths is None and unit == ""):
        row.fixed_minor = price if price is not None else rate
        row.quantity_thousandths, row.unit = None, "h"
    else:
        row.rate_minor = rate
        _compare(row, price, locale, currency)


def _compare(row, price, locale, currency):
    """Take a price where there is one thing and no rate; beside a rate, it is what the rate makes."""
    if price is None or row.errors:
        return
    if row.rate_minor is None and row.quantity_thousandths not in (None, ONE_THOUSANDTHS):
        said = money.show(price, currency, locale)
        row.errors.append(
            f"Is {said} for one, or for all of them? Call that column Rate, or leave out how many."
        )
    elif row.rate_minor is None:
        row.fixed_minor, row.quantity_thousandths = price, None
    elif row.price_minor is not None and row.price_minor != price:
        made, said = (money.show(one, currency, locale) for one in (row.price_minor, price))
        row.errors.append(f"Quantity times rate makes {made}, and the row says {said}.")


def _missing(row):
    """Return what else keeps a row from being a line."""
    if _word(row.what) in SUMS:
        yield "This looks like a sum. The portal adds up by itself."
    if not row.what:
        yield "It does not say what the client gets."
    if len(row.what) > WHAT_CHARACTERS or len(row.note) > NOTE_CHARACTERS:
        yield f"Longer than {WHAT_CHARACTERS} characters."
    if (row.quantity_thousandths or 0) < 0 or (row.rate_minor or 0) < 0:
        yield "A quantity and a rate are not below zero."
    if abs(row.price_minor or 0) > LARGEST_LINE_MINOR:
        yield "That amount is too large."


def _bare(text, currency):
    """Return an amount without its currency and without “/h”."""
    text = re.sub(r"(/|\bper\b)\s*\w+$", "", text.strip())
    for mark in _marks(currency):
        text = text.removeprefix(mark).removesuffix(mark).strip()
    return text


@cache
def _marks(currency):
    symbols = {get_currency_symbol(currency, locale) for locale in ("en", "de", "fr", "nl", "ja")}
    return sorted({currency, *symbols}, key=len, reverse=True)


def _word(text):
    """Return a word as the tables above have it: small, without signs and spaces.

    >>> _word("Unit price")
    'unitprice'
    """
    return re.sub(r"[\W_]+", "", text.casefold())

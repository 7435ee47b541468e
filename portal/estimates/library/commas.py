"""A Book as CSV: one table, points as decimals, and text that no spreadsheet takes for a formula."""

import csv
import io
from decimal import Decimal

from portal.estimates.library.exporting import Scaled
from portal.estimates.library.spreadsheet import PRICE, RATE

#: What a program for spreadsheets would calculate, were it not for the sign in front.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK = "'"


def write(book):
    """Return the bytes of a CSV in UTF-8, with the mark by which Excel knows it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(book.headings)
    for cells in book.rows:
        writer.writerow([text(cell) for cell in cells])
    for label, scaled, *_ in book.sums:
        row = [""] * len(book.headings)
        row[RATE], row[PRICE] = guarded(label), text(scaled)
        writer.writerow(row)
    return out.getvalue().encode("utf-8-sig")


def text(cell):
    """Return a cell as text: a number plain, words guarded.

    >>> text("=1+1"), text(Scaled(-95_050, 100, 2)), text(Scaled(2_500, 1000, 3)), text(None)
    ("'=1+1", '-950.50', '2.5', '')
    """
    if isinstance(cell, Scaled):
        return _number(cell)
    return guarded(cell or "")


def guarded(words):
    """Return words that no spreadsheet calculates."""
    return MARK + words if words.lstrip(" ").startswith(DANGEROUS) else words


def _number(scaled):
    exact = Decimal(scaled.units) / scaled.per_one
    if 10**scaled.decimals == scaled.per_one and scaled.decimals != 3:
        return f"{exact:.{scaled.decimals}f}"
    return f"{round(exact, scaled.decimals).normalize():f}"

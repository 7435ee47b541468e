"""From an uploaded file to rows of cells, and from those to what they say in somebody's numbers.

The file is opened in the workshop, like every file that comes from outside.
"""

import json
import tempfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from babel.numbers import format_decimal

from portal import workshop
from portal.core.errors import DomainError
from portal.documents.places import place

MAX_BYTES = 5_000_000  # Ten thousand rows of a spreadsheet take one.
TOO_LARGE = "This file is larger than 5 MB. Save the rows that matter as a file of their own."


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds: rows of cells, a number as [digits], any other cell as text."""

    rows: list
    has_decimal_comma: bool  # As far as the file shows.


def read(stream):
    """Return the Table in an uploaded file.

    Raises DomainError for a file that is too large or no table, and Busy while too many are read.
    """
    with place(), tempfile.TemporaryDirectory() as folder:
        path, into = Path(folder) / "table", Path(folder) / "made"
        into.mkdir()
        data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise DomainError(TOO_LARGE)
        path.write_bytes(data)
        told = workshop.run("table", path, into)
        rows = json.loads((into / told["file"]).read_text("utf-8"))
    return Table([[_plain(cell) for cell in row] for row in rows], bool(told["has_decimal_comma"]))


def as_text(rows, locale):
    """Return rows whose numbers are written as `locale` writes them, for `rows.read_rows`."""
    return [[_written(cell, locale) for cell in row] for row in rows]


def _plain(cell):
    """Return a cell as it is kept: a child that was taken over may say anything."""
    return [str(cell[0])] if isinstance(cell, list) and cell else str(cell or "")


def _written(cell, locale):
    if isinstance(cell, str):
        return cell
    return format_decimal(Decimal(cell[0] or 0), "0.######", locale=locale) if cell[0] else ""

"""The tool that reads a spreadsheet or a CSV: its first sheet with anything in it, as rows of cells.

A cell that holds a number is a list with its digits, [“1200.5”]; every other one is text. Nothing
is calculated: a formula counts as what the program that saved it had found.
"""

import csv
import datetime as dt
import io
import json
import math
from decimal import Decimal

import python_calamine as calamine

from portal.storage.limits import Unusable

MAX_ROWS = 10_000  # Of the sheet, blank ones too.
MAX_COLUMNS = 60
MAX_CELL_CHARACTERS = 2_000
MAX_FILLED_ROWS = 1_000  # More than any estimate has lines, with its headings and notes.
DECIMALS = 6  # A float ends where people stop: 0.1 + 0.2 is 0.3.
SHEETS = 20  # Looked at for the first that is not empty.

NO_TABLE = "This file is neither a spreadsheet (XLSX) nor a CSV. Save it as one of these and retry."
BROKEN = "This spreadsheet is damaged or locked with a password. Save it again and retry."
ENCODING = "The letters of this CSV cannot be read. Save it as “CSV UTF-8”, or as XLSX, and retry."
EMPTY = "There is nothing in this file. Choose one with a row for each line."
TOO_LONG = f"This file has more than {MAX_ROWS:,} rows. Keep the ones that belong to this estimate."
TOO_FULL = (
    f"This file has more than {MAX_FILLED_ROWS:,} rows with something in them. An estimate has "
    "far fewer lines: keep the ones that belong to it."
)
TOO_WIDE = f"This file has more than {MAX_COLUMNS} columns. Keep the ones that say something."
TOO_WORDY = f"Row {{}} has a cell with more than {MAX_CELL_CHARACTERS:,} characters. Shorten it."
DELIMITERS = ",;\t|"


def work(path, into, _tell):
    """Return {"file": "rows.json", "has_decimal_comma": bool}; the file holds the rows.

    Blank rows stay in their place, so that the rows keep their numbers. Raises Unusable.
    """
    with path.open("rb") as file:
        head = file.read(8)
    is_sheet = head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
    rows, has_decimal_comma = _sheet(path) if is_sheet else _csv(path)
    rows = _checked(rows)
    (into / "rows.json").write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    return {"file": "rows.json", "has_decimal_comma": has_decimal_comma}


def _sheet(path):
    try:
        with calamine.CalamineWorkbook.from_object(str(path)) as book:
            for sheet in _visible(book)[:SHEETS]:
                rows = _cells(book.get_sheet_by_name(sheet.name))
                if any(any(row) for row in rows):
                    return rows, False
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Unusable(BROKEN) from error
    raise Unusable(EMPTY)


def _visible(book):
    shown = calamine.SheetVisibleEnum.Visible
    return [one for one in book.sheets_metadata if one.visible == shown]


def _cells(sheet):
    if sheet.total_height > MAX_ROWS:
        raise Unusable(TOO_LONG)
    if sheet.total_width > MAX_COLUMNS:
        raise Unusable(TOO_WIDE)
    return [[_cell(one) for one in row] for row in sheet.iter_rows()]


def _cell(value):
    """Return a cell as text, or a number as a list of its digits.

    >>> _cell(1200.5), _cell(0.1 + 0.2), _cell("10%"), _cell(True)
    (['1200.5'], ['0.3'], '10%', 'yes')
    """
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, int | float):
        return [_digits(value)]
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return value if isinstance(value, str) else str(value)


def _digits(number):
    if not math.isfinite(number):
        return ""
    digits = f"{round(Decimal(repr(number)), DECIMALS):f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _csv(path):
    text = _decoded(path.read_bytes())
    delimiter = _delimiter(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Unusable(NO_TABLE) from error
    return [[_unguarded(cell) for cell in row] for row in rows], delimiter == ";"


def _decoded(data):
    is_utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        is_text = b"\0" not in data
        raise Unusable(ENCODING if is_text else NO_TABLE) from error
    if "\0" in text:
        raise Unusable(NO_TABLE)
    return text


def _delimiter(text):
    """Return what stands between cells: what occurs equally often in the first rows that have it.

    >>> _delimiter("a;b;c" + chr(10) + "1,5;2;3"), _delimiter("a,b" + chr(10) + "1,2")
    (';', ',')
    """
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    counts = {one: [line.count(one) for line in lines] for one in DELIMITERS}
    return max(DELIMITERS, key=lambda one: (sum(map(bool, counts[one])), min(counts[one] or [0])))


def _unguarded(cell):
    """Return a cell without the sign that keeps a spreadsheet from calculating it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@") else cell


def _checked(rows):
    if len(rows) > MAX_ROWS:
        raise Unusable(TOO_LONG)
    rows = [_trimmed(row) for row in rows]
    if max(map(len, rows), default=0) > MAX_COLUMNS:
        raise Unusable(TOO_WIDE)
    if not any(rows):
        raise Unusable(EMPTY)
    if sum(map(bool, rows)) > MAX_FILLED_ROWS:
        raise Unusable(TOO_FULL)
    for number, row in enumerate(rows, 1):
        if any(len(cell) > MAX_CELL_CHARACTERS for cell in row):
            raise Unusable(TOO_WORDY.format(number))
    while not rows[-1]:
        rows.pop()
    return rows


def _trimmed(row):
    """Return a row without the blank cells at its end."""
    row = [cell.strip() if isinstance(cell, str) else cell for cell in row]
    while row and row[-1] in ("", [""]):
        row.pop()
    return row

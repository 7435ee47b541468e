"""A Book as XLSX: numbers are numbers, sums are formulas, and no text is ever calculated."""

import io

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from portal.estimates.library.exporting import Scaled

NO_TEXT_IS_MORE = {"strings_to_formulas": False, "strings_to_urls": False}
WIDTHS = {"Section": 22, "Description": 44, "Note": 34, "Price": 14, "Rate": 12}
USUAL_WIDTH = 11
QUANTITY, RATE, PRICE, COUNTED = 3, 5, 6, 8  # Places of these columns in `HEADINGS`.


def write(book):
    """Return the bytes of an XLSX with the Book's table on one sheet and the rest on another."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **NO_TEXT_IS_MORE}) as file:
        formats = _formats(file, book)
        _table(file.add_worksheet("Estimate"), book, formats)
        _about(file.add_worksheet("About"), book, formats)
    return out.getvalue()


def _formats(file, book):
    zeros = "0" * _decimals(book)
    amounts = "#,##0" + (f".{zeros}" if zeros else "")
    return {
        "head": file.add_format({"bold": True, "bottom": 1, "valign": "top"}),
        "text": file.add_format({"text_wrap": True, "valign": "top"}),
        "number": file.add_format({"num_format": "#,##0.###", "valign": "top"}),
        "amount": file.add_format({"num_format": amounts, "valign": "top"}),
        "label": file.add_format({"bold": True, "align": "right"}),
        "sum": file.add_format({"num_format": amounts, "bold": True, "top": 1}),
    }


def _table(sheet, book, formats):
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for column, heading in enumerate(book.headings):
        sheet.set_column(column, column, WIDTHS.get(heading, USUAL_WIDTH))
        sheet.write_string(0, column, heading, formats["head"])
    for at, cells in enumerate(book.rows, 1):
        for column, cell in enumerate(cells):
            _write(sheet, at, column, cell, formats)
        if cells[QUANTITY] is not None:
            _formula(sheet, (at, PRICE), _product(at, book), cells[PRICE], formats["amount"])
    _sums(sheet, book, formats)


def _write(sheet, at, column, cell, formats):
    if isinstance(cell, Scaled):
        kind = "amount" if column in (RATE, PRICE) else "number"
        sheet.write_number(at, column, cell.value, formats[kind])
    elif cell:
        sheet.write_string(at, column, cell, formats["text"])


def _product(at, book):
    quantity, rate = xl_rowcol_to_cell(at, QUANTITY), xl_rowcol_to_cell(at, RATE)
    return f"=ROUND({quantity}*{rate},{_decimals(book)})"


def _sums(sheet, book, formats):
    """Write each sum below the table as a formula of those it is made of."""
    first = len(book.rows) + 1
    places = {}
    for at, (label, scaled, kind, bp) in enumerate(book.sums, first + 1):
        sheet.write_string(at, RATE, label, formats["label"])
        formula = _formula_of(kind, bp, places, book)
        if formula:
            _formula(sheet, (at, PRICE), formula, scaled, formats["sum"])
        else:
            sheet.write_number(at, PRICE, scaled.value, formats["sum"])
        places.setdefault(kind, []).append(xl_rowcol_to_cell(at, PRICE))


def _formula_of(kind, bp, places, book):
    """Return how a sum is made of the cells above, or None where only its amount is known."""
    lines, decimals = _lines(book), _decimals(book)
    lines = places.get("lines", [lines])[0]
    before = "+".join([lines, *places.get("contingency", [])])
    formulas = {
        "lines": f"={lines}",
        "contingency": f"=ROUND({lines}*{bp}/10000,{decimals})",
        "discount": f"=-ROUND(({before})*{bp}/10000,{decimals})",
        "total": "=" + "+".join([before, *places.get("discount", [])]),
        "tax": f"=ROUND({places.get('total', [''])[0]}*{bp}/10000,{decimals})",
        "with tax": "="
        + "+".join(
            [*places.get("total", []), *places.get("tax", []), *places.get("part of tax", [])]
        ),
    }
    return formulas.get(kind)


def _lines(book):
    last = max(len(book.rows), 1)
    counted = f"{xl_rowcol_to_cell(1, COUNTED)}:{xl_rowcol_to_cell(last, COUNTED)}"
    prices = f"{xl_rowcol_to_cell(1, PRICE)}:{xl_rowcol_to_cell(last, PRICE)}"
    return f'SUMIF({counted},"yes",{prices})'


def _formula(sheet, place, formula, scaled, format_):
    """Write a formula with the result we know, for programs that calculate nothing."""
    sheet.write_formula(*place, formula, format_, scaled.value)


def _about(sheet, book, formats):
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 90)
    for at, (name, value) in enumerate((name, value) for name, value in book.about if value):
        sheet.write_string(at, 0, name, formats["head"])
        sheet.write_string(at, 1, value, formats["text"])


def _decimals(book):
    return book.sums[0][1].decimals

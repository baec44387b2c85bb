"""A report as a table for other programs: the same lines as on the screen, as CSV or as a workbook (XLSX)."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from xlsxwriter import Workbook

type Cell = str | int | float | timedelta | None

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for the beginning of a formula."""
HOUR = timedelta(hours=1)
WIDEST = 60
LONGEST_SHEET = 31
"""Excel takes no longer name of a sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A title, the columns' names, and rows as long as these. Times are written as hours.

    `decimal` is how the reader's language writes the point; their spreadsheet expects it in CSV.
    """

    title: str
    sheet: str
    decimal: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def as_csv(table: Table) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads it too; one line for each row.

    Where decimals stand behind a comma, spreadsheets expect semicolons between the columns.
    """
    written = io.StringIO()
    lines = csv.writer(written, delimiter=";" if table.decimal == "," else ",")
    lines.writerow(table.columns)
    lines.writerows([_plain(cell, table.decimal) for cell in row] for row in table.rows)
    return written.getvalue().encode("utf-8-sig")


def as_workbook(table: Table) -> bytes:
    """One sheet with a bold first row that stays in sight; numbers are numbers."""
    written = io.BytesIO()
    with Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(table.sheet[:LONGEST_SHEET])
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, table.columns, book.add_format({"bold": True}))
        for number, row in enumerate(table.rows, start=1):
            sheet.write_row(number, 0, [_number(cell) for cell in row])
        for number, width in enumerate(_widths(table)):
            sheet.set_column(number, number, width)
        book.set_properties({"title": table.title})
    return written.getvalue()


def _widths(table: Table) -> list[int]:
    """So wide that each column's name and cells can be read."""
    lines = [table.columns, *([_number(cell) for cell in row] for row in table.rows)]
    return [min(max(len(str(cell)) for cell in column) + 2, WIDEST) for column in zip(*lines, strict=True)]


def _plain(cell: Cell, decimal: str) -> str | int | float:
    value = _number(cell)
    if isinstance(value, float):
        return str(value).replace(".", decimal)
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value


def _number(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    return round(cell / HOUR, 4) if isinstance(cell, timedelta) else cell

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import timedelta

from tresen.reports.exporting import Table, as_csv, as_workbook

TABLE = Table(
    title="What was kept",
    sheet="Limits and targets",
    decimal=".",
    columns=["Store", "Met", "Hours"],
    rows=[["=HYPERLINK('x')", 3, timedelta(hours=1, minutes=30)], ["Größe", 0, None]],
)


def test_a_table_is_read_by_other_programs_line_by_line():
    written = as_csv(TABLE)

    assert written.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(written.decode("utf-8-sig")))) == [
        ["Store", "Met", "Hours"],
        ["'=HYPERLINK('x')", "3", "1.5"],
        ["Größe", "0", ""],
    ]


def test_where_decimals_stand_behind_a_comma_columns_are_told_by_semicolons():
    written = as_csv(replace(TABLE, decimal=",")).decode("utf-8-sig")

    assert written.splitlines()[:2] == ["Store;Met;Hours", "'=HYPERLINK('x');3;1,5"]


def test_a_workbook_holds_numbers_as_numbers_and_no_formula():
    with zipfile.ZipFile(io.BytesIO(as_workbook(TABLE))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        words = book.read("xl/sharedStrings.xml").decode()
        named = book.read("xl/workbook.xml").decode()

    assert 'name="Limits and targets"' in named
    assert "<v>1.5</v>" in sheet
    assert "<f>" not in sheet
    assert "HYPERLINK" in words


def test_every_column_of_a_workbook_is_as_wide_as_what_stands_in_it():
    table = replace(TABLE, columns=["Store", "Met", "Hours of working time, 50 of 100"])
    with zipfile.ZipFile(io.BytesIO(as_workbook(table))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    widths = [float(width) for width in re.findall(r'<col [^>]*width="([0-9.]+)"', sheet)]
    assert len(widths) == 3
    assert widths[0] > len("=HYPERLINK('x')")
    assert widths[2] > len("Hours of working time, 50 of 100") > widths[1]

"""Tables as CSV and XLSX in which no cell that somebody sent can act as a formula.

A spreadsheet takes text that begins with one of a few characters for a formula (OWASP, “CSV Injection”). In CSV such
text is preceded by an apostrophe, after which all of it, a telephone number too, is there to be read. XLSX says of each
cell what it is: text stays text, unchanged.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

Value = str | int | datetime | None
Row = Sequence[Value]

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# With their full-width forms, and after any space or invisible character, which some programs skip.
_FORMULA = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
_LONGEST_CELL = 32_000  # Excel's limit is 32,767


def csv_file(header: Sequence[str], rows: Iterable[Row]) -> bytes:
    """UTF-8 with a byte order mark, by which Excel knows Arabic."""
    text = StringIO()
    writer = csv.writer(text)
    for row in (header, *rows):
        writer.writerow([_csv_cell(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def xlsx_file(header: Sequence[str], rows: Iterable[Row], *, right_to_left: bool) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.sheet_view.rightToLeft = right_to_left
    sheet.freeze_panes = "A2"
    heads = [WriteOnlyCell(sheet, _text(value)) for value in header]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for row in rows:
        sheet.append([_xlsx_cell(sheet, value) for value in row])
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def _csv_cell(value: Value) -> str | int:
    if isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    text = _text(value or "")
    return f"'{text}" if _FORMULA.match(text) else text


def _xlsx_cell(sheet: Any, value: Value) -> Cell:
    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, timezone.localtime(value).replace(tzinfo=None))
        cell.number_format = "yyyy-mm-dd hh:mm"
        return cell
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, _text(value))
        cell.data_type = "s"
        # Text it stays when somebody edits the cell.
        cell.number_format = "@"
        return cell
    return WriteOnlyCell(sheet, value)


def _text(value: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_CELL]

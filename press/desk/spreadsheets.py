"""Tables as CSV and XLSX in which no cell that somebody sent can act as a formula.

How CSV is protected is described in core.text.csv_text. XLSX states the type of each cell, so text stays text,
unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from core.text.csv_text import BYTE_ORDER_MARK, cell_text, csv_line

if TYPE_CHECKING:
    from openpyxl.cell import Cell

Value = str | int | datetime | None
Row = Sequence[Value]

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_file(header: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Return a file in UTF-8 with a byte order mark, by which Excel recognises Arabic."""
    lines = (csv_line(_csv_value(value) for value in row) for row in (header, *rows))
    return (BYTE_ORDER_MARK + "".join(lines)).encode()


def xlsx_file(header: Sequence[str], rows: Iterable[Row], *, right_to_left: bool) -> bytes:
    from openpyxl import Workbook  # late, as below: only exports need it
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.sheet_view.rightToLeft = right_to_left
    sheet.freeze_panes = "A2"
    heads = [WriteOnlyCell(sheet, cell_text(value)) for value in header]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for row in rows:
        sheet.append([_xlsx_cell(sheet, value) for value in row])
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def _csv_value(value: Value) -> str | int | None:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value


def _xlsx_cell(sheet: Any, value: Value) -> Cell:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, timezone.localtime(value).replace(tzinfo=None))
        cell.number_format = "yyyy-mm-dd hh:mm"
        return cell
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, cell_text(value))
        cell.data_type = "s"
        # It stays text when somebody edits the cell.
        cell.number_format = "@"
        return cell
    return WriteOnlyCell(sheet, value)

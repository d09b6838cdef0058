"""Write CSV in which no cell can act as a formula.

A spreadsheet takes text that begins with one of a few characters for a formula (OWASP, “CSV Injection”). Such text is
preceded by an apostrophe, after which all of it, even a telephone number, remains readable.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from io import StringIO

CSV_TYPE = "text/csv; charset=utf-8"
# Tells Excel that a file is UTF-8; without it Arabic is unreadable there. Other programs ignore it.
BYTE_ORDER_MARK = "\ufeff"
# Including full-width forms, and after any space or invisible character, which some programs skip.
_FORMULA = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
_NOT_IN_CELLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST_CELL = 32_000  # Excel's limit is 32,767


def cell_text(value: str) -> str:
    """Return the text without characters that no cell can contain, cut to the longest cell."""
    return _NOT_IN_CELLS.sub("", value)[:_LONGEST_CELL]


def csv_line(values: Iterable[str | int | None]) -> str:
    """Return one line of the file, with its line ending."""
    text = StringIO()
    csv.writer(text).writerow([value if isinstance(value, int) else _guarded(value or "") for value in values])
    return text.getvalue()


def _guarded(value: str) -> str:
    text = cell_text(value)
    return f"'{text}" if _FORMULA.match(text) else text

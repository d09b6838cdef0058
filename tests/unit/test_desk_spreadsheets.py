"""Values that journalists have sent are text in a spreadsheet, whatever they look like."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from press.desk.spreadsheets import Value, csv_file, xlsx_file

FORMULAS = [
    '=HYPERLINK("http://example.org","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\u200f=1",
    "＝1",
    "+20 2 2736 5140",
    "+20-2-27365140",
]


def from_csv(file: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(file.decode("utf-8-sig"), newline="")))


def from_xlsx(file: bytes) -> Any:
    return load_workbook(BytesIO(file)).active


@pytest.mark.parametrize("text", FORMULAS)
def test_formula_is_text_in_csv_with_all_its_characters(text: str) -> None:
    assert from_csv(csv_file(["a"], [[text]])) == [["a"], [f"'{text}"]]


@pytest.mark.parametrize("text", FORMULAS)
def test_formula_is_unchanged_text_in_xlsx(text: str) -> None:
    cell = from_xlsx(xlsx_file(["a"], [[text]], right_to_left=False))["A2"]
    assert (cell.data_type, cell.value.strip()) == ("s", text.strip())


@pytest.mark.parametrize("text", ["Leïla", "وكالة الأنباء", "00 20 2 1234", "a=b", "one\ntwo", 'say "x", then', ""])
def test_other_text_is_untouched(text: str) -> None:
    assert from_csv(csv_file(["a"], [[text, "b"]]))[1] == [text, "b"]


@given(st.text())
def test_no_text_at_all_breaks_a_file_or_begins_like_a_formula(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    cell = from_csv(csv_file([], [[text, "end"]]))[1]
    assert cell[-1] == "end"
    assert not cell[0].startswith(("=", "+", "-", "@", "\t", "\r"))
    sheet = from_xlsx(xlsx_file(["a", "b"], [[text, "end"]], right_to_left=True))
    assert sheet["A2"].data_type != "f"
    assert sheet["B2"].value == "end"


def test_times_are_the_office_s_and_numbers_are_numbers() -> None:
    row: list[Value] = [datetime(2026, 7, 1, 9, 30, tzinfo=UTC), 5, -3, None]
    assert from_csv(csv_file([], [row]))[1] == ["2026-07-01 12:30", "5", "-3", ""]
    sheet = from_xlsx(xlsx_file(["a"], [row], right_to_left=False))
    assert [cell.value for cell in sheet[2]] == [datetime(2026, 7, 1, 12, 30), 5, -3]


def test_arabic_table_reads_from_right_to_left() -> None:
    assert from_xlsx(xlsx_file(["a"], [], right_to_left=True)).sheet_view.rightToLeft

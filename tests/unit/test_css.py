"""The style sheet holds for both directions: no physical side, nothing that breaks Arabic letters."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CSS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "static").rglob("*.css"))]
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin)-(?:left|right)\b|(?:left|right)\s*:"
    r"|(?:float|clear|text-align|justify-[\w-]+)\s*:\s*(?:left|right)\b|border-(?:top|bottom)-(?:left|right)-radius)"
)


def test_no_declaration_names_left_or_right() -> None:
    assert CSS
    assert [match[0] for css in CSS for match in PHYSICAL.finditer(css)] == []


def test_the_check_itself_sees_physical_sides() -> None:
    for declaration in (
        "margin-left: 1px",
        "left: 0",
        "float: right",
        "text-align:left",
        "border-top-left-radius: 1px",
    ):
        assert PHYSICAL.search(declaration), declaration
    assert not PHYSICAL.search("margin-inline-start: 1px; text-align: start; content: 'left'")


def test_text_is_never_justified_spaced_or_upper_cased() -> None:
    forbidden = re.compile(r"text-align\s*:\s*justify|letter-spacing\s*:|text-transform\s*:\s*uppercase")
    assert [match[0] for css in CSS for match in forbidden.finditer(css)] == []


def test_the_style_sheets_are_small() -> None:
    assert len(gzip.compress("".join(CSS).encode())) <= 10 * 1024


def test_the_scripts_are_small() -> None:
    scripts = [path.read_bytes() for path in sorted((ROOT / "static").rglob("*.js"))]
    assert scripts
    assert len(gzip.compress(b"".join(scripts))) <= 2 * 1024

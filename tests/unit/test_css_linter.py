"""The linter of the style sheets refuses what would not mirror for Arabic, and what breaks Arabic letters."""

from __future__ import annotations

import json
import subprocess

import pytest

from deploy.css import STYLELINT

pytestmark = pytest.mark.stylelint

REFUSED = (
    "margin-left: 1px",
    "padding-right: 1px",
    "left: 0",
    "width: 1px",
    "max-height: 2px",
    "float: right",
    "clear: left",
    "text-align: left",
    "justify-content: left",
    "border-top-left-radius: 1px",
    "scroll-margin-top: 1px",
    "background-position: left",
    "background: linear-gradient(to left, red, blue)",
    "transform: translateX(1px)",
    "text-align: justify",
    "letter-spacing: 1px",
    "text-transform: uppercase",
    "font-style: italic",
    "font-style: oblique 10deg",
    "font: italic 1rem serif",
    "word-break: break-all",
)
ALLOWED = (
    "margin-inline-start: 1px",
    "text-align: start",
    'content: "left"',
    "inset: 0",
)


def test_linter_refuses_physical_sides_and_what_breaks_arabic_letters() -> None:
    assert _refused(REFUSED) == set(REFUSED)


def test_linter_allows_logical_sides() -> None:
    assert _refused(ALLOWED) == set()
    assert _refused(["inline-size: 1px"], "@media (min-width: 40rem) { %s }") == set()


def _refused(declarations: tuple[str, ...] | list[str], around: str = "%s") -> set[str]:
    """Return the declarations, each in a rule on a line of its own, that the linter reports."""
    css = "\n\n".join(around % f".a{number} {{ {text}; }}" for number, text in enumerate(declarations))
    found = subprocess.run([*STYLELINT, "--formatter", "json"], input=css, capture_output=True, text=True, check=False)
    (report,) = json.loads(found.stdout or found.stderr)
    return {declarations[(warning["line"] - 1) // 2] for warning in report["warnings"]}

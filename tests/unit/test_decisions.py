"""The tests that documents name exist: the decisions, and the points of docs/security.md."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DECISIONS = sorted((ROOT / "docs/decisions").glob("0*.md"))
DOCUMENTS = [*DECISIONS, ROOT / "docs/security.md"]
NAMED = re.compile(r"(tests/[\w/]+\.(?:py|js|ts))((?:::\w+)*)")


def named_in(text: str) -> list[tuple[str, str]]:
    """Return (file, name of a test in it, or an empty string for the whole file) of every test that a text names."""
    return [(path, names.removeprefix("::")) for path, names in NAMED.findall(text)]


@cache
def functions_of(path: str) -> frozenset[str]:
    """Return the names of the functions of a file; methods are prefixed with the name of their class."""
    found = set()
    for node in ast.parse((ROOT / path).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{each.name}" for each in node.body if isinstance(each, ast.FunctionDef)}
    return frozenset(found)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_test_that_a_document_names_exists(document: Path) -> None:
    for path, name in named_in(document.read_text(encoding="utf-8")):
        assert (ROOT / path).is_file(), path
        assert not name or name in functions_of(path), f"{path}::{name}"


def test_the_counts_of_the_security_document_are_those_of_its_tables() -> None:
    text = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    points = re.findall(r"^\| \d+\.\d+\.\d+ \| (\d) \| [^|]+ \| ([a-z ]+) \|", text, re.M)
    states = ("met", "partly", "not yet", "does not apply")
    assert {state for _level, state in points} == set(states)
    for name, levels in (("1", "1"), ("2", "2"), ("both", "12")):
        counts = [sum(level in levels and state == each for level, state in points) for each in states]
        assert f"\n| {name} | {' | '.join(map(str, [*counts, sum(counts)]))} |\n" in text


def test_the_check_itself_sees_a_test_that_is_missing() -> None:
    this = "tests/unit/test_decisions.py"
    assert named_in(f"`{this}::test_a`, {this}") == [(this, "test_a"), (this, "")]
    assert "test_every_test_that_a_document_names_exists" in functions_of(this)
    assert "test_a" not in functions_of(this)


def test_the_list_of_decisions_is_complete() -> None:
    listed = re.findall(r"\((0\d{3}-[\w-]+\.md)\)", (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8"))
    assert listed == [path.name for path in DECISIONS]

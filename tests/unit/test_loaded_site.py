"""A kept site is reused only if loading it today would give the same result (tests.loaded_site.evidence)."""

from __future__ import annotations

import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.loaded_site import evidence
from tests.loaded_site.evidence import Evidence, Recording

MODULE = """
SIZE = 3

def called(folder):
    def inside():
        return (folder / "read.html").read_text()
    return inside() * SIZE

def not_called():
    return 1

class Thing:
    colour = "red"

    def called(self):
        return self.colour

    def not_called(self):
        return 2
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with a module and the files that it reads."""
    monkeypatch.setattr(evidence, "ROOT", tmp_path)
    site = tmp_path / "site"
    (tmp_path / "static").mkdir()
    site.mkdir()
    (site / "module.py").write_text(MODULE)
    (site / "helper.py").write_text("VALUE = 1\n")
    (site / "worker.py").write_text("import helper\n")
    for name in ("read.html", "unread.html", "data.csv"):
        (site / name).write_text("a text")
    (tmp_path / "static" / "style.css").write_text("a sheet")
    return site


@pytest.fixture
def recorded(site: Path) -> Callable[..., Evidence]:
    def record(*, closely: bool = True) -> Evidence:
        with Recording(closely=closely) as recording:
            module = runpy.run_path(str(site / "module.py"))
            module["called"](site)
            module["Thing"]().called()
            (site.parent / "static" / "style.css").read_text()
            subprocess.run([sys.executable, "-m", "worker"], cwd=site, check=True)
        return recording.evidence()

    return record


def _replace(path: Path, before: str, after: str) -> None:
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("module.py", "* SIZE", "* SIZE * 2"),
        ("module.py", "return (folder", "return 'x' + (folder"),
        ("module.py", "return self.colour", "return 'blue'"),
        ("module.py", "SIZE = 3", "SIZE = 4"),
        ("module.py", '"red"', '"blue"'),
        ("module.py", "def not_called()", "@print\ndef not_called()"),
        ("worker.py", "import helper", "import helper, os"),
        ("helper.py", "1", "2"),
        ("read.html", "a text", "another"),
        ("data.csv", "a text", "another"),
        ("../static/style.css", "a sheet", "another"),
    ],
)
def test_what_may_have_decided_is_not_the_same_any_more(
    site: Path, recorded: Callable[..., Evidence], name: str, before: str, after: str
) -> None:
    found = recorded()
    assert found.holds()
    _replace(site / name, before, after)
    assert not found.holds()


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("module.py", "return 1", "return 10"),
        ("module.py", "return 2", "return 20"),
        ("module.py", "SIZE = 3", "SIZE = 3  # a comment"),
        ("unread.html", "a text", "another"),
    ],
)
def test_what_took_no_part_may_change(
    site: Path, recorded: Callable[..., Evidence], name: str, before: str, after: str
) -> None:
    found = recorded()
    _replace(site / name, before, after)
    assert found.holds()
    careless = recorded(closely=False)
    _replace(site / name, after, before)
    assert not careless.holds()


def test_new_file_and_a_lost_one_may_decide(site: Path, recorded: Callable[..., Evidence]) -> None:
    found = recorded()
    (site / "new.html").write_text("a text")
    assert not found.holds()
    (site / "new.html").unlink()
    assert found.holds()
    (site / "unread.html").unlink()
    assert not found.holds()


def test_evidence_outlives_its_process(recorded: Callable[..., Evidence], tmp_path: Path) -> None:
    found = recorded()
    found.write(tmp_path / "var.json")
    assert Evidence.read(tmp_path / "var.json") == found
    assert found.holds()


def test_what_goes_on_from_something_rests_on_it_too(site: Path, recorded: Callable[..., Evidence]) -> None:
    with Recording(recorded()) as recording:
        pass
    further = recording.evidence()
    assert further.holds()
    _replace(site / "module.py", "* SIZE", "* SIZE * 2")
    assert not further.holds()


def test_file_that_changes_meanwhile_never_holds(site: Path) -> None:
    with Recording() as recording:
        _replace(site / "module.py", "return 1", "return 10")
    assert not recording.evidence().holds()

"""The project's own documents are correct about versions, files and commands."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PAPERS = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", ".github/SECURITY.md", "docs/licences.md", "docs/code.md")
# Folders of a working tree that are not in the repository.
NOT_IN_THE_TREE = (".venv", ".tools", ".engines", "var")
MOST_ENTRIES = 30
SHOWN = (".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".svg", ".pdf", ".ttf", ".otf", ".woff", ".woff2", ".mp4")


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def tracked() -> list[str]:
    """Return the files of the repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for path in listed.stdout.split("\0") if path and (ROOT / path).exists()]


def links_in(text: str) -> list[str]:
    """Return the targets of links within the repository, without their fragments."""
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    return [target.partition("#")[0] for target in targets if "://" not in target and not target.startswith("#")]


def files_in_code(text: str) -> list[str]:
    """Return what is marked as code and looks like the path of a file or folder: `docs/code.md`, `templates/icons/`."""
    named = re.findall(r"`([\w.-]+(?:/[\w.-]+)*/(?:[\w.-]+)?|[\w./-]+\.(?:py|md|toml|yml|html|txt|conf|json))`", text)
    return [path for path in named if not path.startswith((*NOT_IN_THE_TREE, "/"))]


@pytest.mark.parametrize("paper", PAPERS)
def test_every_link_leads_to_a_file(paper: str) -> None:
    folder = (ROOT / paper).parent
    assert [target for target in links_in(text_of(paper)) if not (folder / target).exists()] == []


@pytest.mark.parametrize("paper", ["CHANGELOG.md", "CONTRIBUTING.md", ".github/SECURITY.md", "docs/licences.md"])
def test_every_file_named_exists(paper: str) -> None:
    assert [path for path in files_in_code(text_of(paper)) if not (ROOT / path).exists()] == []


CHANGES = (
    "A page type",
    "A language",
    "A field of news in API and search",
    "The retention rule",
    "Another embedded engine",
)


def changes_described() -> dict[str, str]:
    """Return the descriptions of the five changes in docs/code.md by name."""
    section = text_of("docs/code.md").partition("## Five changes, file by file\n")[2].partition("\n## ")[0]
    return dict(re.findall(r"^\*\*(.+?)\.\*\*(.*?)(?=^\*\*|\Z)", section, re.MULTILINE | re.DOTALL))


@pytest.mark.parametrize("change", CHANGES)
def test_every_file_of_a_usual_change_exists(change: str) -> None:
    files = files_in_code(changes_described()[change])
    assert len(files) > 5
    assert [path for path in files if not (ROOT / path).exists()] == []


def test_no_other_module_decides_by_the_code_of_a_language() -> None:
    """Modules that name both Arabic and French must be reviewed when a language is added."""
    named = files_in_code(changes_described()["A language"])
    apart = (
        "deploy/drawings/",
        "site/core/design/components.py",
        "deploy/relevance/",
        "deploy/benchmarks/",
        "examples/",
    )
    code = [
        path for path in tracked() if path.endswith(".py") and not re.search(r"migrations/|^tests/|^clients/", path)
    ]
    naming = [
        path
        for path in code
        if re.search(r"\bar: |[\"'_]ar\b", text_of(path)) and re.search(r"[\"'_]fr\b", text_of(path))
    ]
    naming = [path for path in naming if not path.startswith(apart)]
    assert [path for path in naming if path not in named] == []


def test_what_reads_as_a_path_is_recognized() -> None:
    assert files_in_code(
        "`docs/code.md`, `templates/icons/`, `make test`, `.venv/bin/python`, `rights`, `/media/`"
    ) == [
        "docs/code.md",
        "templates/icons/",
    ]
    assert links_in("[a](x/y.md#z) [b](https://example.org) [c](#d)") == ["x/y.md"]


def test_newest_version_of_the_changes_is_the_projects() -> None:
    versions = re.findall(r"^## (\S+) \((\d{4}-\d\d-\d\d)\)$", text_of("CHANGELOG.md"), re.MULTILINE)
    assert versions[0][0] == tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    numbers = [tuple(map(int, version.split("."))) for version, _day in versions]
    assert numbers == sorted(numbers, reverse=True)
    assert [day for _version, day in versions] == sorted((day for _version, day in versions), reverse=True)


def test_readme_needs_two_commands() -> None:
    commands = re.findall(r"^    (\S.*)$", text_of("README.md"), re.MULTILINE)
    assert commands == ["make run", "make test"]


def test_top_of_the_tree_is_seen_at_a_glance() -> None:
    entries = {path.partition("/")[0] for path in tracked()}
    assert len(entries) <= MOST_ENTRIES, sorted(entries)


def test_whatever_is_shown_has_its_licence() -> None:
    covered = tuple(re.findall(r"`([^`]+)`", "".join(re.findall(r"^\| ([^|]+) \|", text_of("docs/licences.md"), re.M))))
    assert [path for path in tracked() if path.endswith(SHOWN) and not path.startswith(covered)] == []


def test_commands_are_listed_in_groups() -> None:
    lines = text_of("Makefile").splitlines()
    described = [line for line in lines if re.match(r"[a-z-]+:.*## ", line)]
    before_a_group = [line for line in lines[: lines.index("##@ Run the site")] if line in described]
    listed = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert before_a_group == []
    shown = [line.split()[0] for line in listed.stdout.splitlines() if line.startswith("  ")]
    assert shown == [line.partition(":")[0] for line in described]


def test_hooks_find_faults_in_the_files_of_a_commit(tmp_path: Path) -> None:
    faults = {"ruff": "import os\n", "ruff-format": "a  =  1\n", "djlint": "<div>\n{% block a %}\n</span>\n"}
    hooks = yaml.safe_load(text_of(".pre-commit-config.yaml"))["repos"][0]["hooks"]
    assert [hook["id"] for hook in hooks] == list(faults)
    for hook in hooks:
        file = tmp_path / ("page.html" if hook["id"] == "djlint" else "code.py")
        file.write_text(faults[hook["id"]])
        found = subprocess.run([*hook["entry"].split(), str(file)], cwd=ROOT, capture_output=True, check=False)
        assert found.returncode == 1, hook["id"]


def test_servers_and_containers_install_what_the_tests_install() -> None:
    workflow = yaml.safe_load(text_of(".github/workflows/test.yml"))
    assert "bash .ci/run" in [step.get("run") for step in workflow["jobs"]["test"]["steps"]]
    assert "bash .ci/packages" in text_of(".ci/run")
    assert "bash .ci/stack" in [step.get("run") for step in workflow["jobs"]["stack"]["steps"]]
    assert json.loads(text_of(".devcontainer/devcontainer.json"))["onCreateCommand"] == "sudo bash .ci/packages"
    for script in (".ci/run", ".ci/packages", ".ci/stack"):
        assert subprocess.run(["bash", "-n", script], cwd=ROOT, check=False).returncode == 0

"""Locked requirements are compared with advisories as the OSV format says it (deploy/dependencies)."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from packaging.utils import canonicalize_name
from packaging.version import Version

from deploy.dependencies.audit import Note, faults_of, hits_of, main
from deploy.dependencies.database import advisories_of
from deploy.dependencies.errors import DependencyError
from deploy.dependencies.locked import ALL, ROOT, locked
from deploy.dependencies.osv import Advisory

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
TODAY = NOW.date()
LOCK = """django==5.2.1 \\
    --hash=sha256:{0} \\
    --hash=sha256:{1}
    # via a-site (pyproject.toml)
zope-interface==7.0rc1 ; python_full_version >= '3.11' \\
    --hash=sha256:{0}
""".format("a" * 64, "b" * 64)


def record(*events: dict[str, str], name: str = "django", versions: Any = (), **fields: Any) -> dict[str, Any]:
    """Return an advisory on a package of PyPI as JSON holds it."""
    ranges = [{"type": "ECOSYSTEM", "events": list(events)}] if events else []
    affected = {"package": {"ecosystem": "PyPI", "name": name}, "versions": versions, "ranges": ranges}
    return {"id": "PYSEC-2026-1", "modified": "2026-11-30T10:00:00Z", "affected": [affected], **fields}


def concerns(advisory: dict[str, Any], version: str, name: str = "django") -> bool:
    return Advisory.model_validate_json(json.dumps(advisory)).concerns(canonicalize_name(name), Version(version))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with locks and a pyproject.toml."""
    (tmp_path / "requirements").mkdir()
    for path in ALL:
        (tmp_path / path).write_text(LOCK if path.name != "uv.txt" else "uv==0.9.0 \\\n    --hash=sha256:00\n")
    (tmp_path / "pyproject.toml").write_text("[tool.audit]\nnotes = []\n")
    return tmp_path


def database(folder: Path, *records: dict[str, Any]) -> Path:
    """Write the advisories as osv.dev does: a zip of one JSON file for each."""
    path = folder / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number, advisory in enumerate(records):
            archive.writestr(f"{number}.json", json.dumps(advisory))
    return path


def audited(project: Path, *records: dict[str, Any]) -> int:
    """Audit a project against advisories that were changed just now."""
    fresh = [one | {"modified": datetime.now(UTC).isoformat()} for one in records]
    return main([str(database(project, *fresh))], root=project)


@pytest.mark.parametrize(
    ("version", "hit"),
    [
        ("4.1.9", False), ("4.2rc1", False), ("4.2", True), ("4.2.0", True), ("4.2.7", True), ("4.2.8rc1", True),
        ("4.2.8", False), ("4.2.8.post1", False), ("5.0a1", False), ("5.0", True), ("5.0.1", True), ("5.0.2", False),
    ],
)  # fmt: skip
def test_ranges_begin_with_introduced_and_end_before_fixed(version: str, hit: bool) -> None:
    events = [{"introduced": "5.0"}, {"fixed": "5.0.2"}, {"introduced": "4.2"}, {"fixed": "4.2.8"}]
    assert concerns(record(*events), version) is hit


@pytest.mark.parametrize(("version", "hit"), [("0.dev0", True), ("2.0", True), ("2.0.post1", False), ("2.1", False)])
def test_last_affected_is_affected_and_zero_is_before_every_version(version: str, hit: bool) -> None:
    assert concerns(record({"introduced": "0"}, {"last_affected": "2.0"}), version) is hit


def test_range_without_an_end_covers_every_later_version() -> None:
    assert concerns(record({"introduced": "3"}), "99")


def test_listed_version_is_affected_however_it_is_written() -> None:
    advisory = record(versions=["2004b", "5.2.0", "5.3.RC1"])
    assert [concerns(advisory, version) for version in ("5.2", "5.3rc1", "5.3")] == [True, True, False]


def test_what_is_no_version_covers_too_much_rather_than_too_little() -> None:
    assert concerns(record({"introduced": "first"}, {"fixed": "2019-09-12"}), "5.2")


def test_commits_are_not_compared_with_versions() -> None:
    advisory = record()
    advisory["affected"][0]["ranges"] = [{"type": "GIT", "repo": "x", "events": [{"introduced": "0"}, {"fixed": "1f"}]}]
    assert not concerns(advisory, "5.2")


def test_names_are_compared_as_pypi_normalizes_them() -> None:
    assert concerns(record({"introduced": "0"}, name="Zope.Interface"), "7", name="zope_interface")
    assert not concerns(record({"introduced": "0"}, name="zopeinterface"), "7", name="zope_interface")


def test_other_ecosystem_with_the_same_name_is_none_of_ours() -> None:
    advisory = record({"introduced": "0"})
    advisory["affected"][0]["package"]["ecosystem"] = "npm"
    assert not concerns(advisory, "5.2")


def test_lists_may_be_null_and_a_package_missing() -> None:
    advisory = {"id": "A-1", "modified": "2026-11-30T10:00:00Z", "aliases": None, "affected": [{"versions": None}]}
    assert not concerns(advisory, "5.2")


def test_zip_folder_and_file_are_read_alike(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    file = tmp_path / "deep" / "er" / "a.json"
    file.write_text(json.dumps(record({"introduced": "0"})))
    for path in (database(tmp_path, record({"introduced": "0"})), tmp_path / "deep", file):
        assert [advisory.id for advisory in advisories_of(path, now=NOW)] == ["PYSEC-2026-1"]


def test_withdrawn_advisories_are_left_out(tmp_path: Path) -> None:
    withdrawn = record({"introduced": "0"}, withdrawn="2026-11-29T00:00:00Z")
    assert advisories_of(database(tmp_path, withdrawn), now=NOW) == []


def test_database_is_too_old_after_thirty_days(tmp_path: Path) -> None:
    path = database(
        tmp_path, record(modified="2026-10-01T00:00:00.123456789Z"), record(modified="2026-11-01T12:00:00Z")
    )
    assert len(advisories_of(path, now=NOW)) == 2
    with pytest.raises(DependencyError, match="too old: its newest advisory is of 2026-11-01"):
        advisories_of(path, now=NOW + timedelta(seconds=1))


def damaged_zip(folder: Path) -> Path:
    path = database(folder, record({"introduced": "0"}))
    path.write_bytes(path.read_bytes().replace(b"PYSEC", b"PYSEQ"))
    return path


def file_of(text: str, folder: Path) -> Path:
    path = folder / "a.json"
    path.write_text(text)
    return path


def zip_of_another_ecosystem(folder: Path) -> Path:
    return database(folder, record() | {"affected": [{"package": {"ecosystem": "npm", "name": "django"}}]})


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda folder: folder / "nowhere.zip", "is missing"),
        (lambda folder: folder, "holds no advisory"),
        (database, "holds no advisory"),
        (zip_of_another_ecosystem, "holds no advisory"),
        (damaged_zip, "cannot be read"),
        (partial(file_of, ""), "a.json is not one advisory in the OSV format"),
        (partial(file_of, '{"vulns": []}'), "a.json is not one advisory in the OSV format"),
    ],
)
def test_what_is_no_database_is_said_in_a_sentence(make: Callable[[Path], Path], told: str, tmp_path: Path) -> None:
    with pytest.raises(DependencyError, match=told):
        advisories_of(make(tmp_path), now=NOW)


def test_hit_is_one_line_and_ends_with_1(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    branches = [{"introduced": "4.2"}, {"fixed": "4.2.8"}, {"introduced": "5.0"}, {"fixed": "5.2.3"}]
    advisory = record(*branches, aliases=["CVE-2026-9", "GHSA-x"], summary="Pages\nare \x1b[1mslow")
    assert audited(project, advisory, record({"introduced": "6.0"}, id="PYSEC-2026-2")) == 1
    assert capsys.readouterr().out.splitlines()[1:] == [
        "django 5.2.1: PYSEC-2026-1 (CVE-2026-9, GHSA-x): fixed in 5.2.3: Pages are [1mslow",
        "2 advisories were compared with 3 packages: 1 hits, 0 notes, 1 to mend.",
    ]


def test_each_lock_is_audited_and_a_missing_fix_is_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert audited(project, record({"introduced": "0"}, name="uv", details="It is told at length.")) == 1
    assert "uv 0.9.0: PYSEC-2026-1: no fix is known: It is told at length." in capsys.readouterr().out


def test_pre_release_that_is_pinned_is_compared(project: Path) -> None:
    assert audited(project, record({"introduced": "6"}, {"fixed": "7.0"}, name="zope.interface")) == 1
    assert audited(project, record({"introduced": "7.0"}, name="zope.interface")) == 0


def test_no_hit_ends_with_0_and_says_what_was_compared(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert audited(project, record({"introduced": "0"}, {"fixed": "5.2.1"})) == 0
    assert "1 advisories were compared with 3 packages: 0 hits" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[""], ["nowhere.zip"]])
def test_nothing_compared_ends_with_2(arguments: list[str], project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments, root=project) == 2
    assert capsys.readouterr().err.startswith("Nothing was compared. ")


@pytest.mark.parametrize("line", ["django>=5.2", "django==5.*", "django", "django @ https://example.org/django.whl"])
def test_requirement_that_is_not_pinned_cannot_be_compared(line: str, project: Path) -> None:
    (project / ALL[0]).write_text(f"{line}\n")
    assert audited(project, record({"introduced": "0"})) == 2


def test_lock_is_read_as_pip_reads_it(project: Path) -> None:
    django, interface = locked(project / ALL[0])
    assert (django.name, django.version, django.hashes) == ("django", Version("5.2.1"), ("a" * 64, "b" * 64))
    assert (interface.name, str(interface.marker)) == ("zope-interface", 'python_full_version >= "3.11"')


@pytest.mark.parametrize("path", ALL)
def test_locks_of_this_project_are_read_whole(path: Path) -> None:
    requirements = locked(ROOT / path)
    pinned = re.findall(r"^([a-z0-9-]+)==", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)
    assert [requirement.name for requirement in requirements] == pinned
    assert all(requirement.hashes for requirement in requirements)


def noted(project: Path, identifier: str, until: date) -> list[str]:
    advisories = [Advisory.model_validate(record({"introduced": "0"}, aliases=["CVE-2026-9"]))]
    note = Note(id=identifier, reason="We do not use it.", until=until)
    return faults_of(hits_of(advisories, locked(project / ALL[0])), [note], today=TODAY)


@pytest.mark.parametrize("identifier", ["PYSEC-2026-1", "CVE-2026-9"])
def test_note_takes_a_hit_away_through_its_last_day(identifier: str, project: Path) -> None:
    assert noted(project, identifier, TODAY) == []


def test_expired_note_is_a_fault_beside_its_hit(project: Path) -> None:
    hit, expired = noted(project, "CVE-2026-9", TODAY - timedelta(days=1))
    assert hit.startswith("django 5.2.1: PYSEC-2026-1")
    assert expired == "The note on CVE-2026-9 held until 2026-11-30: judge it anew."


def test_note_without_a_hit_is_a_fault(project: Path) -> None:
    assert noted(project, "CVE-2025-1", TODAY)[1:] == [
        "The note on CVE-2025-1 has no hit: take it out of pyproject.toml."
    ]


def test_notes_stand_in_pyproject(project: Path) -> None:
    advisory = record({"introduced": "0"})
    note = '{ id = "PYSEC-2026-1", reason = "We do not use it.", until = 9999-01-01 }'
    (project / "pyproject.toml").write_text(f"[tool.audit]\nnotes = [{note}]\n")
    assert audited(project, advisory) == 0
    assert audited(project, record({"introduced": "6"})) == 1


@pytest.mark.parametrize(
    "note",
    ['{ id = "A-1", until = 9999-01-01 }', '{ id = "A-1", reason = " ", until = 9999-01-01 }', '{ ids = "A-1" }'],
)
def test_note_without_reason_or_day_is_refused(note: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "pyproject.toml").write_text(f"[tool.audit]\nnotes = [{note}]\n")
    assert audited(project, record({"introduced": "0"})) == 2
    assert "Each of the notes in [tool.audit] of pyproject.toml has an id, a reason" in capsys.readouterr().err

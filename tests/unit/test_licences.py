"""What is installed beside the site may be used by it (deploy/dependencies/licences.py)."""

from __future__ import annotations

from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest

from deploy.dependencies.errors import DependencyError
from deploy.dependencies.licences import EXCEPTIONS, STATED, licence_of, refused
from deploy.dependencies.locked import ROOT, RUNTIME, locked

INSTALLED = {requirement.name for requirement in locked(ROOT / RUNTIME) if requirement.is_for_this_python}


def package(folder: Path, *headers: str, name: str = "a-package") -> Distribution:
    """Return an installed package with these lines in its metadata."""
    path = folder / "a_package-1.0.dist-info"
    path.mkdir(exist_ok=True)
    (path / "METADATA").write_text(
        "\n".join(["Metadata-Version: 2.4", f"Name: {name}", "Version: 1.0", *headers]) + "\n\n"
    )
    return Distribution.at(path)


def test_every_package_that_the_site_runs_with_may_be_used() -> None:
    assert list(filter(None, (refused(distribution(name)) for name in sorted(INSTALLED)))) == []


def test_what_is_said_of_single_packages_is_said_of_those_installed() -> None:
    assert (STATED.keys() | EXCEPTIONS.keys()) <= INSTALLED


@pytest.mark.parametrize(
    ("headers", "licence"),
    [
        (["License-Expression: mit OR apache-2.0", "License: GPL"], "MIT OR Apache-2.0"),
        (["License: BSD-3-Clause", "Classifier: License :: OSI Approved :: BSD License"], "BSD-3-Clause"),
        (["License: MIT License", "Classifier: License :: OSI Approved :: MIT License"], "MIT"),
        (
            [
                "License: MIT, BSD",
                "Classifier: License :: OSI Approved :: MIT License",
                "Classifier: License :: OSI Approved :: BSD License",
                "Classifier: Programming Language :: Python",
            ],
            "LicenseRef-BSD AND MIT",
        ),
    ],
)
def test_licence_is_read_from_the_first_header_that_says_it(headers: list[str], licence: str, tmp_path: Path) -> None:
    assert licence_of(package(tmp_path, *headers)) == licence


@pytest.mark.parametrize("expression", ["MIT", "MIT AND BSD-3-Clause", "AGPL-3.0-only OR MIT", "LGPL-3.0-only"])
def test_licence_that_leaves_a_choice_may_be_used_by_the_better_one(expression: str, tmp_path: Path) -> None:
    assert refused(package(tmp_path, f"License-Expression: {expression}")) == ""


@pytest.mark.parametrize("expression", ["AGPL-3.0-only", "MIT AND GPL-3.0-only", "LicenseRef-Proprietary"])
def test_licence_that_is_not_listed_is_refused_with_what_to_do(expression: str, tmp_path: Path) -> None:
    told = refused(package(tmp_path, f"License-Expression: {expression}"))
    assert told.startswith(f"a-package 1.0 is under {expression}. Read it: ")
    assert "add it to ALLOWED of deploy/dependencies/licences.py" in told


@pytest.mark.parametrize("header", ["Summary: none", "License: see the file", "Classifier: License :: Free for all"])
def test_package_that_does_not_say_its_licence_is_refused_with_what_to_do(header: str, tmp_path: Path) -> None:
    with pytest.raises(DependencyError):
        licence_of(package(tmp_path, header))
    assert "Read its licence file, and write what it is into CLASSIFIERS or STATED" in refused(
        package(tmp_path, header)
    )


def test_parts_of_a_wheel_count_although_its_metadata_leave_them_out(tmp_path: Path) -> None:
    heif = package(tmp_path, "License: BSD-3-Clause", name="pillow_heif")
    assert "GPL-2.0-or-later" in licence_of(heif)
    assert refused(heif) == ""

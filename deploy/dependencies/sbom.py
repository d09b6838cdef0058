"""`make sbom`: write what the site runs with as a CycloneDX 1.6 document (https://cyclonedx.org/docs/1.6/json/).

The same requirements on the same Python give the same bytes: there is no time in it, and no serial number.
Written by hand: cyclonedx-python-lib would bring four more packages to lock for the document below, and its tool
cyclonedx-bom reads hashes from a lock or licences from an environment, not both.
"""

from __future__ import annotations

import json
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any
from urllib.parse import quote

from packaging.version import Version

from .errors import DependencyError
from .licences import licence_of
from .locked import ROOT, RUNTIME, Locked, locked

TARGET = Path("var/sbom.json")


def main(*, root: Path = ROOT) -> int:
    try:
        requirements = locked(root / RUNTIME)
        document = sbom(requirements, root)
    except DependencyError as error:
        print(error, file=sys.stderr)
        return 1
    (root / TARGET).parent.mkdir(exist_ok=True)
    (root / TARGET).write_text(document, encoding="utf-8")
    print(f"Written: {TARGET}, with {len(requirements)} packages.")
    return 0


def sbom(requirements: list[Locked], root: Path = ROOT) -> str:
    """Return the document. Raise DependencyError if a package is not installed as locked, or its licence unknown."""
    with (root / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": project["name"],
                "name": project["name"],
                "version": project["version"],
                "description": project["description"],
                "licenses": [{"expression": "BSD-3-Clause"}],
            },
        },
        "components": [_component(requirement) for requirement in requirements],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _component(requirement: Locked) -> dict[str, Any]:
    """Return a package with the hashes of all files that pip may install for it, and where it is installed at all. What
    is for other Pythons has no licence: its metadata are not here.
    """
    purl = f"pkg:pypi/{requirement.name}@{quote(str(requirement.version), safe='')}"
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": purl,
        "name": requirement.name,
        "version": str(requirement.version),
        "hashes": [{"alg": "SHA-256", "content": content} for content in requirement.hashes],
        "purl": purl,
    }
    if requirement.is_for_this_python:
        component["licenses"] = [{"expression": _licence(requirement)}]
    if requirement.marker is not None:
        component["properties"] = [{"name": "marker", "value": str(requirement.marker)}]
    return component


def _licence(requirement: Locked) -> str:
    try:
        installed = distribution(requirement.name)
    except PackageNotFoundError:
        installed = None
    if installed is None or Version(installed.version) != requirement.version:
        raise DependencyError(f"{requirement.name} {requirement.version} is not installed: run make setup first.")
    return licence_of(installed)


if __name__ == "__main__":
    sys.exit(main())

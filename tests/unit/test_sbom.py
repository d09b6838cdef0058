"""The list of what the site runs with is a CycloneDX document, and the same each time (deploy/dependencies/sbom.py)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from packaging.licenses import canonicalize_license_expression
from packaging.markers import Marker
from packaging.utils import canonicalize_name
from packaging.version import Version

from deploy.dependencies.errors import DependencyError
from deploy.dependencies.locked import ROOT, RUNTIME, Locked, locked
from deploy.dependencies.sbom import main, sbom

# What https://cyclonedx.org/schema/bom-1.6.schema.json asks of the parts that the document has.
COMPONENT = {
    "type": "object",
    "required": ["type", "name"],
    "additionalProperties": False,
    "properties": {
        "type": {"enum": ["application", "library"]},
        "bom-ref": {"type": "string", "minLength": 1},
        "name": {"type": "string"},
        "version": {"type": "string", "maxLength": 1024},
        "description": {"type": "string"},
        "purl": {"type": "string", "pattern": "^pkg:pypi/[a-z0-9-]+@[^/ ]+$"},
        "hashes": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["alg", "content"],
                "additionalProperties": False,
                "properties": {"alg": {"const": "SHA-256"}, "content": {"type": "string", "pattern": "^[a-f0-9]{64}$"}},
            },
        },
        "licenses": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1,
            "items": {
                "type": "object",
                "required": ["expression"],
                "additionalProperties": False,
                "properties": {"expression": {"type": "string"}},
            },
        },
        "properties": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name"],
                "additionalProperties": False,
                "properties": {"name": {"type": "string"}, "value": {"type": "string"}},
            },
        },
    },
}
SCHEMA = {
    "type": "object",
    "required": ["bomFormat", "specVersion"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"const": "http://cyclonedx.org/schema/bom-1.6.schema.json"},
        "bomFormat": {"const": "CycloneDX"},
        "specVersion": {"const": "1.6"},
        "version": {"type": "integer", "minimum": 1},
        "metadata": {"type": "object", "additionalProperties": False, "properties": {"component": COMPONENT}},
        "components": {"type": "array", "uniqueItems": True, "items": COMPONENT},
    },
}


@pytest.fixture(scope="module")
def requirements() -> list[Locked]:
    return locked(ROOT / RUNTIME)


@pytest.fixture(scope="module")
def document(requirements: list[Locked]) -> dict[str, Any]:
    return dict(json.loads(sbom(requirements)))


def test_document_is_what_cyclonedx_asks_for(document: dict[str, Any]) -> None:
    assert [error.message for error in jsonschema_rs.Draft7Validator(SCHEMA).iter_errors(document)] == []
    references = [component["bom-ref"] for component in (document["metadata"]["component"], *document["components"])]
    assert len(references) == len(set(references))


def test_every_locked_requirement_is_in_it_with_its_hashes(
    document: dict[str, Any], requirements: list[Locked]
) -> None:
    listed = {
        (one["name"], one["version"]): [item["content"] for item in one["hashes"]] for one in document["components"]
    }
    assert listed == {(one.name, str(one.version)): list(one.hashes) for one in requirements}


def test_what_is_installed_has_a_licence_in_spdx(document: dict[str, Any], requirements: list[Locked]) -> None:
    for component, requirement in zip(document["components"], requirements, strict=True):
        expressions = [item["expression"] for item in component.get("licenses", [])]
        assert len(expressions) == requirement.is_for_this_python, component["name"]
        assert [canonicalize_license_expression(expression) for expression in expressions] == expressions


def test_same_requirements_give_the_same_bytes(requirements: list[Locked]) -> None:
    assert sbom(requirements) == sbom(locked(ROOT / RUNTIME))


@pytest.mark.parametrize(("name", "version"), [("django", "0.0.1"), ("a-package-that-nobody-has", "1.0")])
def test_release_that_is_not_installed_is_refused(name: str, version: str) -> None:
    with pytest.raises(DependencyError, match=rf"^{name} {version} is not installed: run make setup first\.$"):
        sbom([Locked(canonicalize_name(name), Version(version), (), None)])


def test_document_is_written_below_var(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "requirements").mkdir()
    for name in (str(RUNTIME), "pyproject.toml"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    assert main(root=tmp_path) == 0
    assert capsys.readouterr().out.startswith("Written: var/sbom.json, with ")
    assert (tmp_path / "var" / "sbom.json").read_text(encoding="utf-8") == sbom(locked(ROOT / RUNTIME))


def test_what_is_for_another_python_is_listed_with_its_marker_and_a_quoted_version() -> None:
    marker = Marker("python_version < '3'")
    [component] = json.loads(sbom([Locked(canonicalize_name("django"), Version("1!2.0"), (), marker)]))["components"]
    assert component["purl"] == "pkg:pypi/django@1%212.0"
    assert component["properties"] == [{"name": "marker", "value": 'python_version < "3"'}]
    assert "licenses" not in component

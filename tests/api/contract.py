"""Checks an answer of the API against the published OpenAPI document, more strictly than the document itself.

The document allows keys that it does not name, because keys may be added within a version. Our own answers may not have
such keys: everything that we send is documented.
"""

from __future__ import annotations

import gzip
import json
import re
from functools import cache
from typing import Any
from urllib.parse import parse_qs

from django.http import HttpResponse
from jsonschema_rs import Draft202012Validator

from api.openapi import openapi

Json = dict[str, Any]
_BASE = "/api/v1"


@cache
def _document() -> Json:
    document: Json = json.loads(json.dumps(openapi()))
    return document


@cache
def _strict_components() -> Json:
    return {"components": {"schemas": _closed(_document()["components"]["schemas"])}}


def _closed(schema: Any) -> Any:
    """Return the schema with a ban on keys that it does not name."""
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(value) for name, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and "type" in schema:
        closed.setdefault("additionalProperties", False)
    return closed


def operation_at(path: str) -> Json | None:
    """Return the operations of the document's path that matches, by method; None if there is none."""
    paths = _document()["paths"]
    for template in sorted(paths, key=lambda template: ("{" in template, -len(template))):
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template))
        if re.fullmatch(re.escape(_BASE) + pattern, path):
            found: Json = paths[template]
            return found
    return None


def problems_of(method: str, path: str, query: str, response: HttpResponse) -> list[str]:
    """Return the differences between an answer and the document."""
    operations = operation_at(path)
    if operations is None or method.lower() not in operations:
        return _problems_of_unlisted(method, response)
    operation = operations[method.lower()]
    described = operation["responses"].get(str(response.status_code))
    if described is None:
        return [f"status {response.status_code} is not documented"]
    described = _resolved(described)
    problems = [
        f"header {name} is missing"
        for name, header in described.get("headers", {}).items()
        if _resolved(header)["required"] and name not in response
    ]
    if method == "HEAD" or "content" not in described:
        return problems + (["a body where none may be"] if response.getvalue() else [])
    return problems + _problems_of_body(described["content"], query, response)


def _problems_of_unlisted(method: str, response: HttpResponse) -> list[str]:
    """Return the faults of an answer at an undocumented address or method; it must be a problem (OPTIONS: empty)."""
    if method == "OPTIONS" and response.status_code == 204:
        return ["a body where none may be"] if response.content else []
    if response.status_code < 400:
        return [f"status {response.status_code} at an address or method that is not documented"]
    if method == "HEAD":
        return []
    schema = {"$ref": "#/components/schemas/ProblemDocument"}
    content = {"application/problem+json": {"schema": schema}}
    return _problems_of_body(content, "", response)


def _problems_of_body(content: Json, query: str, response: HttpResponse) -> list[str]:
    media_type = response["Content-Type"].partition(";")[0]
    if media_type not in content:
        return [f"media type {media_type} is not documented"]
    if not media_type.endswith("json"):
        return []
    compressed = response.get("Content-Encoding") == "gzip"
    body = json.loads(gzip.decompress(response.content) if compressed else response.content)
    errors = _errors(body, content[media_type]["schema"])
    if "items" in body and "facets" in body and "fields" not in parse_qs(query):
        # Without `fields` every item is complete.
        whole = {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in ("Item", "Card")]}
        errors += [error for item in body["items"] for error in _errors(item, whole)]
    return errors


def _errors(body: Any, schema: Json) -> list[str]:
    errors = _validator(json.dumps(schema)).iter_errors(body)
    return [f"{'/'.join(map(str, error.instance_path))}: {error.message[:300]}" for error in errors]


@cache
def _validator(schema: str) -> Draft202012Validator:
    """Return the validator of a schema, which is given as JSON. Compiling it costs more than an answer."""
    return Draft202012Validator({**_closed(json.loads(schema)), **_strict_components()}, validate_formats=True)


def _resolved(node: Json) -> Json:
    if "$ref" not in node:
        return node
    found: Any = _document()
    for part in node["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return dict(found)

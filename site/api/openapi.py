"""Build the OpenAPI 3.1 document from the operations and schemas that the server itself uses."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from . import openapi_parts as parts
from . import schemas
from .operations import Operation

_EXAMPLES = Path(__file__).with_name("examples.json")
_REFERENCE = "#/components/schemas/{model}"
# Parameters whose value can be well formed and still refer to nothing.
_NAMES_SOMETHING = {"cursor", "since", "topic", "country", "programme", "url", "doi"}
_USUAL_PROBLEMS = (400, 401, 405, 406, 414, 429, 500)

Json = dict[str, Any]


@cache
def openapi() -> Json:
    """Return the whole document. It is the same in every installation: its addresses are relative."""
    from .api import OPERATIONS  # which serves this document

    models = _answers(OPERATIONS)
    references, definitions = TypeAdapter.json_schemas(
        [(name, "serialization", TypeAdapter(model)) for name, model in models.items()]
        + [("body", "validation", TypeAdapter(schemas.SearchParameters))],
        ref_template=_REFERENCE,
    )
    answers = {name: _plain(references[name, "serialization"]) for name in models}
    components = _plain(definitions["$defs"])
    components["SearchParameters"]["description"] = "What stands in the body of a search."
    paths: Json = {}
    for operation in OPERATIONS:
        entry = paths.setdefault(operation.path, {})
        entry[operation.method.lower()] = _operation(operation, answers, head=False)
        if operation.method == "GET":
            entry["head"] = _operation(operation, answers, head=True)
    return {
        "openapi": "3.1.0",
        "info": parts.INFO,
        "servers": [{"url": "/api/v1"}],
        "tags": [{"name": name} for name in dict.fromkeys(operation.tag for operation in OPERATIONS)],
        "security": [{}, {"key": []}],
        "paths": dict(sorted(paths.items())),
        "webhooks": parts.webhooks(answers["WebhookEvent"]),
        "components": {
            "schemas": dict(sorted(components.items())),
            "responses": parts.problem_responses(),
            "headers": parts.HEADERS,
            "parameters": parts.CONDITIONS,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": parts.KEY}},
        },
    }


def with_terms(document: Json, rights: Json) -> Json:
    """Return the document with the terms of use and the contact of this installation, if there are any."""
    licence, holder = rights["license"], rights["copyright_holder"]
    contact = {"name": holder, "email": rights["contact_email"]}
    terms = {
        "termsOfService": rights["terms_url"],
        "contact": {name: value for name, value in contact.items() if value},
        "license": {name: value for name, value in licence.items() if value} if licence else None,
    }
    return {**document, "info": document["info"] | {name: value for name, value in terms.items() if value}}


def _answers(operations: list[Operation]) -> dict[str, Any]:
    """Return the types of responses by name."""
    named = {operation.name: operation.answer for operation in operations if operation.answer}
    return {**named, "WebhookEvent": schemas.WebhookEvent, "ProblemDocument": schemas.ProblemDocument}


def _plain(schema: Any) -> Any:
    """Return a schema without titles that repeat names, and without null as the default of optional values."""
    if isinstance(schema, list):
        return [_plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: _plain(value)
        for name, value in schema.items()
        if not (name == "title" and isinstance(value, str)) and not (name == "default" and value is None)
    }


def _operation(operation: Operation, answers: Json, *, head: bool) -> Json:
    entry: Json = {
        "operationId": f"{operation.name}_head" if head else operation.name,
        "summary": f"{operation.summary[:-1]}: only the headers." if head else operation.summary,
        "tags": [operation.tag],
        "parameters": [*_path_parameters(operation), *query_parameters(operation.parameters)],
        "responses": _responses(operation, answers, head=head),
    }
    if operation.cacheable:
        entry["parameters"] += [{"$ref": f"#/components/parameters/{name}"} for name in parts.CONDITIONS]
    if operation.body:
        content: Json = {"schema": {"$ref": _REFERENCE.format(model=operation.body.__name__)}}
        content["examples"] = {"arabic": {"value": {"q": "الهجرة", "locale": "ar", "facets": "country:5,topic"}}}
        entry["requestBody"] = {"required": True, "content": {"application/json": content}}
    return entry


def _path_parameters(operation: Operation) -> list[Json]:
    return [
        {"name": name, "in": "path", "required": True, **parameter}
        for name, parameter in parts.IN_PATH.items()
        if f"{{{name}}}" in operation.path
    ]


def query_parameters(model: type[schemas.Parameters]) -> list[Json]:
    """Return the query parameters of an operation; no others are accepted."""
    schema = _plain(TypeAdapter(model).json_schema())
    required = schema.get("required", [])
    return [
        _query_parameter(name, dict(value), required=name in required)
        for name, value in schema.get("properties", {}).items()
    ]


def _query_parameter(name: str, schema: Json, *, required: bool) -> Json:
    description = schema.pop("description", "")
    # An omitted parameter is not null.
    kinds = [kind for kind in schema.pop("anyOf", []) if kind.get("type") != "null"]
    if kinds:
        schema = {**schema, **kinds[0]}
    if schema.get("default", "") in (None, []):
        del schema["default"]
    parameter: Json = {"name": name, "in": "query", "required": required, "description": description, "schema": schema}
    if schema.get("type") == "array":
        parameter |= {"style": "form", "explode": True}
    return parameter


def _responses(operation: Operation, answers: Json, *, head: bool) -> Json:
    found: Json = {"200": _good(operation, answers, head=head)}
    if operation.cacheable:
        found["304"] = {"description": "The client's copy is current.", "headers": parts.headers("ETag")}
    problems = {*_USUAL_PROBLEMS, *operation.problems}
    if "{" in operation.path or _NAMES_SOMETHING & {*(operation.body or operation.parameters).model_fields}:
        problems.add(404)
    for status in sorted(problems):
        found[str(status)] = (
            parts.problem_response(status, head=True) if head else {"$ref": f"#/components/responses/Problem{status}"}
        )
    return found


def _good(operation: Operation, answers: Json, *, head: bool) -> Json:
    names = ["Cache-Control", *(["ETag"] if operation.cacheable else [])]
    good: Json = {"description": "The answer.", "headers": parts.headers(*names)}
    if head:
        return good
    media: Json = {"schema": answers.get(operation.name, {"type": "string"})}
    examples = _examples().get(operation.name)
    if examples:
        media["examples"] = {name: {"value": value} for name, value in examples.items()}
    good["content"] = {operation.media: media, **{other: {"schema": {"type": "string"}} for other in operation.also}}
    return good


@cache
def _examples() -> Json:
    """Return example responses of the site itself, by operation and language."""
    found: Json = json.loads(_EXAMPLES.read_text(encoding="utf-8"))
    return found

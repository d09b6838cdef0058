"""The contract as a document for programs and as a page for people, and a page for each kind of problem."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from core.content_types.rights import rights_in
from publishing.documents import compact

from .negotiation import check_accept
from .openapi import openapi, with_terms
from .parameters import read_parameters
from .problems import KINDS, Culprit, Problem
from .responses import etag_of, json_response, not_modified
from .schemas import Parameters

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

Json = dict[str, Any]


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt  # only this page needs it

    return MarkdownIt("commonmark", {"html": False})


def openapi_document(request: HttpRequest, parameters: Parameters) -> HttpResponse:
    """Return the OpenAPI document."""
    text = compact(with_terms(openapi(), rights_in("en")))
    etag = etag_of("openapi", text)
    return not_modified(request, etag) or json_response(text, etag=etag)


def docs_page(request: HttpRequest, parameters: Parameters) -> HttpResponse:
    """Return the OpenAPI document as a page, without scripts or external resources."""
    document = with_terms(openapi(), rights_in("en"))
    description = _markdown().render(document["info"]["description"])
    context = {"document": document, "description": mark_safe(description), "groups": _groups(document)}  # noqa: S308
    html = render_to_string("api/docs.html", context)
    return _page(request, html)


def problem_page(request: HttpRequest, kind: str) -> HttpResponse:
    """Return the page that explains a kind of problem; its address is the `type` of those problem documents."""
    check_accept(request, "text/html")
    read_parameters(Parameters, request)
    if kind not in KINDS:
        detail = "There is no such kind of problem."
        raise Problem("not-found", detail, [Culprit("unknown-kind", detail, parameter="kind")])
    status, title = KINDS[kind]
    return _page(request, render_to_string("api/problem.html", {"kind": kind, "status": status, "title": title}))


def _page(request: HttpRequest, html: str) -> HttpResponse:
    etag = etag_of("page", html)
    return not_modified(request, etag) or json_response(
        html, etag=etag, language="en", content_type="text/html; charset=utf-8"
    )


def _groups(document: Json) -> list[Json]:
    """Return the operations by tag, as the page shows them, without HEAD, which is explained once for all."""
    return [
        {
            "tag": tag["name"],
            "operations": [
                _shown(path, method, operation, document)
                for path, methods in document["paths"].items()
                for method, operation in methods.items()
                if method != "head" and operation["tags"] == [tag["name"]]
            ],
        }
        for tag in document["tags"]
    ]


def _shown(path: str, method: str, operation: Json, document: Json) -> Json:
    good = operation["responses"]["200"]
    media_type, media = next(iter(good["content"].items()))
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": f"{document['servers'][0]['url']}{path}",
        "summary": operation["summary"],
        "parameters": [_parameter(parameter) for parameter in operation["parameters"] if "name" in parameter],
        "media_type": media_type,
        "answer": str(media["schema"].get("$ref", "")).rpartition("/")[2],
        "statuses": [status for status in operation["responses"] if status != "200"],
        "examples": [
            {"name": name, "text": _indented(example["value"])} for name, example in media.get("examples", {}).items()
        ],
    }


def _parameter(parameter: Json) -> Json:
    schema = parameter["schema"]
    item = schema.get("items", schema)
    values = item.get("enum")
    return {
        "name": parameter["name"],
        "required": parameter["required"],
        "place": parameter["in"],
        "description": mark_safe(_markdown().renderInline(parameter.get("description", ""))),  # noqa: S308 (our words)
        "values": ", ".join(values) if values else item.get("format", item.get("type", "")),
        "default": schema.get("default"),
    }


def _indented(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) if not isinstance(value, str) else value

"""The parts of the OpenAPI document that operations share: headers, problems, webhooks."""

from __future__ import annotations

from typing import Any

from .problems import KINDS

Json = dict[str, Any]

INFO: Json = {
    "title": "Content API",
    "version": "1.0.0",
    "description": (
        "The public content of the site in Arabic, English and French, for sites that republish it.\n\n"
        "A content is known by its `content_id`, the same in all languages, and its `locale`. The language of an "
        "answer is what `locale` says, never a header or cookie. A parameter that is not declared here is refused.\n\n"
        "Within version 1 there are only additions: ignore what you do not know. What is to go is marked deprecated "
        "(RFC 9745) and stays for at least twelve months (RFC 8594)."
    ),
}
KEY = "Raises the quota and nothing else; ask the office for one. Without a key everything is readable too."

_UUID = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
IN_PATH: dict[str, Json] = {
    "content_id": {
        "description": "The same in all languages; never changes.",
        "schema": {"type": "string", "format": "uuid", "pattern": f"^{_UUID}$"},
    },
    "token": {
        "description": "From the link that an editor made.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_:-]+$", "minLength": 1, "maxLength": 500},
    },
}
CONDITIONS: dict[str, Json] = {
    "If-None-Match": {
        "name": "If-None-Match",
        "in": "header",
        "required": False,
        "description": "ETags of the copies that the client has.",
        "schema": {"type": "string"},
    },
    "If-Modified-Since": {
        "name": "If-Modified-Since",
        "in": "header",
        "required": False,
        "description": "For single contents only; lists are compared by ETag.",
        "schema": {"type": "string"},
    },
}


def _header(description: str, *, required: bool = False) -> Json:
    return {"description": description, "required": required, "schema": {"type": "string"}}


HEADERS: dict[str, Json] = {
    "ETag": _header("Changes when the answer does (RFC 9110).", required=True),
    "Last-Modified": _header("When what the answer is made from last changed."),
    "Cache-Control": _header("How long a copy is fresh.", required=True),
    "Content-Language": _header("The language of the content."),
    "Link": _header("self, first, next, canonical, alternate (RFC 8288)."),
    "RateLimit": _header("What is left of the quota: r requests, for t more seconds.", required=True),
    "RateLimit-Policy": _header("The quota: q requests in w seconds.", required=True),
    "Retry-After": _header("After how many seconds to ask again.", required=True),
    "Allow": _header("The methods of this address.", required=True),
    "WWW-Authenticate": _header("How to send a key.", required=True),
}
_ALWAYS = ("RateLimit", "RateLimit-Policy")
# Errors that occur, or requests that are refused, outside the counting of requests.
_NOT_COUNTED = (417, 431, 500, 501)
_OF_STATUS = {401: ("WWW-Authenticate",), 405: ("Allow",), 429: ("Retry-After",), 503: ("Retry-After",)}


def headers(*names: str) -> Json:
    """Return references to these headers and to those that every response has."""
    optional = ("Last-Modified", "Content-Language", "Link") if "ETag" in names else ()
    return {name: {"$ref": f"#/components/headers/{name}"} for name in (*names, *optional, *_ALWAYS)}


def problem_response(status: int, *, head: bool) -> Json:
    """Return the response for an error of this status, with an example of each kind."""
    kinds = {kind: title for kind, (kind_status, title) in KINDS.items() if kind_status == status}
    names = ("Cache-Control", *_OF_STATUS.get(status, ()))
    known = {} if status in _NOT_COUNTED else headers(*names)
    response: Json = {"description": "; ".join(kinds.values()) + ".", "headers": known}
    if not head:
        response["content"] = {
            "application/problem+json": {
                "schema": {"$ref": "#/components/schemas/ProblemDocument"},
                "examples": {kind: {"value": _example(kind, title, status)} for kind, title in kinds.items()},
            }
        }
    return response


def problem_responses() -> Json:
    statuses = sorted({status for status, _ in KINDS.values()})
    return {f"Problem{status}": problem_response(status, head=False) for status in statuses}


def _example(kind: str, title: str, status: int) -> Json:
    members: dict[str, Json] = {
        "translation-missing": {"available_locales": ["ar", "en"]},
        "cursor-expired": {"snapshot_url": "/api/v1/changes"},
    }
    errors = []
    if kind == "invalid-parameter":
        detail = "Use a full date of RFC 3339, such as 2026-01-31."
        errors = [{"parameter": "published_from", "code": "value-error", "detail": detail}]
    return {
        "type": f"https://www.example.org/api/problems/{kind}",
        "title": title,
        "status": status,
        "detail": "What exactly is wrong, and what to do.",
        "instance": "urn:uuid:1c6d9c0e-3c1d-4c39-9a3e-7c9b1f8f0f55",
        "errors": errors,
        **members.get(kind, {}),
    }


def webhooks(event: Json) -> Json:
    """Return the messages that the site sends to subscribers (Standard Webhooks 1.0)."""
    example = {
        "seq": 8123,
        "content_id": "3f0c1f9e-5f0a-4f5b-9c7e-2f1f5a1c9b1d",
        "locale": "ar",
        "content_type": "news",
        "api_url": "https://www.example.org/api/v1/items/3f0c1f9e-5f0a-4f5b-9c7e-2f1f5a1c9b1d?locale=ar",
    }
    return {
        "content.upserted": _webhook(event, "A content is new or not what it was.", {**example, "reason": None}),
        "content.deleted": _webhook(
            event, "A content may no longer be shown: take it down.", {**example, "reason": "unpublished"}
        ),
    }


def _webhook(event: Json, summary: str, example: Json) -> Json:
    name = "content.deleted" if example["reason"] else "content.upserted"
    sent = {"type": name, "timestamp": "2026-03-01T09:00:00Z", "data": example}
    described = {
        "webhook-id": "The same when the message is sent again.",
        "webhook-timestamp": "Seconds since 1970; refuse what is older than five minutes.",
        "webhook-signature": "HMAC-SHA256 over id.timestamp.body, one for each live secret.",
    }
    return {
        "post": {
            "operationId": name.replace(".", "_"),
            "summary": summary,
            "tags": ["webhooks"],
            "security": [],
            "parameters": [
                {"name": header, "in": "header", "required": True, "description": words, "schema": {"type": "string"}}
                for header, words in described.items()
            ],
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": event, "examples": {name: {"value": sent}}}},
            },
            "responses": {
                "2XX": {"description": "It has been taken; it is not sent again."},
                "410": {"description": "Nothing more is wanted: the subscription ends."},
            },
        }
    }

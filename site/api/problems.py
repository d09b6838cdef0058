"""Errors as problem documents (RFC 9457) that name the culprit."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpResponse

from publishing.documents import compact

# Kind -> (status, title). The kind is the last part of the problem's `type` address, which never changes.
KINDS: dict[str, tuple[int, str]] = {
    "invalid-parameter": (400, "A parameter is not valid"),
    "invalid-body": (400, "The body of the request is not valid"),
    "invalid-request": (400, "The request is not valid HTTP"),
    "invalid-key": (401, "The API key is not valid"),
    "preview-refused": (403, "The preview link is not valid or has expired"),
    "not-found": (404, "There is no such thing"),
    "translation-missing": (404, "The content does not exist in this language"),
    "unknown-cursor": (404, "There is no such cursor"),
    "method-not-allowed": (405, "This method is not allowed here"),
    "not-acceptable": (406, "There is no representation of the kind asked for"),
    "cursor-of-another-query": (409, "The cursor belongs to another query"),
    "contradicting-parameters": (409, "Parameters contradict each other"),
    "gone": (410, "The content is gone"),
    "cursor-expired": (410, "The cursor is older than the change log"),
    "body-too-large": (413, "The body is too large"),
    "address-too-long": (414, "The address is too long"),
    "unsupported-media-type": (415, "The body must be JSON"),
    "expectation-failed": (417, "The expectation of the request cannot be met"),
    "too-many-requests": (429, "Too many requests"),
    "headers-too-large": (431, "The headers of the request are too large"),
    "internal-error": (500, "Something went wrong on our side"),
    "not-implemented": (501, "The request uses a part of HTTP that the server does not have"),
    "unavailable": (503, "The API is not available now"),
    "search-unavailable": (503, "Search is not available now"),
}


@dataclass(frozen=True)
class Culprit:
    """The exact fault: a parameter of the address, a header, or a place (JSON pointer) in the body."""

    code: str
    detail: str
    parameter: str | None = None
    pointer: str | None = None

    def as_json(self) -> dict[str, str]:
        place = {"parameter": self.parameter, "pointer": self.pointer}
        return {
            **{name: value for name, value in place.items() if value is not None},
            "code": self.code,
            "detail": self.detail,
        }


@dataclass
class Problem(Exception):
    """An error that can be raised anywhere below /api/ and becomes the response."""

    kind: str
    detail: str
    errors: list[Culprit] = field(default_factory=list)
    extra: dict[str, object] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        return KINDS[self.kind][0]

    def response(self) -> HttpResponse:
        body = {
            "type": f"{settings.BASE_URL}/api/problems/{self.kind}",
            "title": KINDS[self.kind][1],
            "status": self.status,
            "detail": self.detail,
            "instance": f"urn:uuid:{uuid.uuid4()}",
            "errors": [culprit.as_json() for culprit in self.errors],
            **self.extra,
        }
        response = HttpResponse(compact(body), status=self.status, content_type="application/problem+json")
        response["Cache-Control"] = "public, max-age=30" if self.status in (404, 410) else "no-store"
        for name, value in self.headers.items():
            response[name] = value
        return response


# In characters. Longer than any address that the parameters allow, including a whole address of ours as `url`.
LONGEST_ADDRESS = 64 * 1024


def too_long() -> Problem:
    """Return the problem for an address that is longer than any that the parameters allow."""
    detail = f"An address has at most {LONGEST_ADDRESS} characters. Long searches go by POST."
    return Problem("address-too-long", detail, [Culprit("too-long", detail, parameter="address")])


def unknown(parameter: str, detail: str) -> Problem:
    """Return the problem for a parameter that is well formed but refers to nothing."""
    return Problem("not-found", f"{parameter}: {detail}", [Culprit("unknown-value", detail, parameter=parameter)])

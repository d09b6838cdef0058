"""Find contents by identifiers that others use: a DOI, an ISBN, or the last part of an address."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse

from core.text.identifiers import normal_doi, normal_isbn
from publishing.models import DocumentFacet
from publishing.visible import public_documents

from .problems import Culprit, Problem, unknown
from .responses import address_of, etag_of, json_response, not_modified
from .schemas import LookupParameters

_SHOWN = ("content_id", "locale", "type", "title", "html_url", "api_url")


def lookup(request: HttpRequest, parameters: LookupParameters) -> HttpResponse:
    """Return the public documents, in every language, that have this DOI, ISBN or slug."""
    name, value = _asked(parameters)
    having = DocumentFacet.objects.filter(name=name, value=value).values("document")
    rows = list(public_documents().filter(pk__in=having).order_by("content_id", "locale").defer("full"))
    if not rows:
        raise unknown(name, f"No public content has this {name}.")
    etag = etag_of("lookup", *((row.digest, row.seq) for row in rows))
    modified = max(row.updated_at for row in rows)
    cards = [json.loads(row.card) for row in rows]
    body = {"items": [{key: card[key] for key in _SHOWN} for card in cards]}
    return not_modified(request, etag, modified) or json_response(
        body, etag=etag, modified=modified, links=[(address_of(request), 'rel="self"')]
    )


def _asked(parameters: LookupParameters) -> tuple[str, str]:
    """Return the kind of identifier, and its value in normal form. Raise Problem if it is missing or not valid."""
    given = parameters.model_dump(exclude_none=True)
    if not given:
        names = ", ".join(LookupParameters.model_fields)
        culprits = [
            Culprit("missing", f"Give one of {names}.", parameter=name) for name in LookupParameters.model_fields
        ]
        raise Problem("invalid-parameter", f"Give one of {names}.", culprits)
    [(name, value)] = given.items()
    normal = {"doi": normal_doi, "isbn": normal_isbn}.get(name, str)(value)
    if not normal or (name == "doi" and not normal.startswith("10.")):
        detail = f"This is no {name.upper()}: check the digits."
        raise Problem("invalid-parameter", detail, [Culprit(f"no-{name}", detail, parameter=name)])
    return name, normal

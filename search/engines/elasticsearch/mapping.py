"""The fields of an index, and the version of everything that it is built from."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from core.places.countries import table_digest
from search.analysis import rules_of
from search.analysis.data import broken_plurals
from search.documents import SearchDocument
from search.query import FACETS

from .analysis import analysis

_KEYWORD = {"type": "keyword"}
_DATE = {"type": "date"}


def mapping() -> dict[str, Any]:
    exact = {"x": {"type": "text", "analyzer": "exact", "index_options": "offsets"}}
    beginnings = {
        "p": {"type": "text", "analyzer": "beginnings", "search_analyzer": "begun", "index_options": "docs"},
    }
    text = {"type": "text", "analyzer": "text", "search_analyzer": "words", "index_options": "offsets"}
    spelt = {**text, "copy_to": "spelt"}
    return {
        "dynamic": "strict",
        "properties": {
            "content_id": _KEYWORD,
            "seq": {"type": "long"},
            **dict.fromkeys(FACETS, _KEYWORD),
            "identifiers": _KEYWORD,
            "languages": _KEYWORD,
            "published_at": _DATE,
            "updated_at": _DATE,
            "expires_at": _DATE,
            "title": {**spelt, "fields": {**exact, **beginnings}},
            "sort_title": {"type": "keyword", "normalizer": "sorted", "index": False},
            "summary": {**spelt, "fields": exact},
            "body": {**spelt, "fields": exact},
            "meta": {**text, "fields": exact},
            "names": text,
            "spelt": {"type": "text", "analyzer": "surface", "norms": False},
        },
    }


@cache
def version(language: str) -> str:
    """Return a version that changes when an index must be rebuilt: with its analysis, its fields, the rules of plurals,
    and the names of countries.
    """
    plurals = broken_plurals() if rules_of(language) == "ar" else ()
    made_by = [analysis(language, []), mapping(), plurals, table_digest()]
    return hashlib.sha256(json.dumps(made_by, sort_keys=True).encode()).hexdigest()[:8]


def source(document: SearchDocument) -> dict[str, Any]:
    """Return a document as it is stored in its index."""
    return {
        "content_id": str(document.content_id),
        "seq": document.seq,
        **{facet: list(document.facets.get(facet, ())) for facet in FACETS},
        "identifiers": list(document.identifiers),
        "languages": list(document.languages),
        "published_at": document.published_at,
        "updated_at": document.updated_at,
        "expires_at": document.expires_at,
        "title": document.title,
        "sort_title": document.title,
        "summary": document.summary,
        "body": document.body,
        "meta": document.meta,
        "names": document.names,
    }

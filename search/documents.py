"""The parts of a published document that search engines index."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from html import unescape
from typing import Any
from uuid import UUID

from core.content_types.registry import content_type, identifier_keys
from core.languages.declared import LANGUAGE_CODES
from core.models import Topic
from core.places.countries import names_in_search
from publishing.models import PublishedDocument

from .query import FACETS

# Tags that may occur inside a word or sentence, and all tags; those not in the first list end a word or sentence.
_INLINE_TAG = re.compile(r"</?(?:a|abbr|b|bdi|cite|em|i|mark|q|small|span|strong|sub|sup|time)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_NOT_IN_IDENTIFIERS = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True)
class SearchDocument:
    """One piece of content in one language.

    `meta`: details of its type (authors, series), and the names of its topics and countries in its own language.
    `names`: those names in the other languages, and the everyday names of countries in all languages. `facets`: values
    by facet (search.query.FACETS). `languages`: all languages the content exists in, including its own. Dates are those
    of the published document.
    """

    content_id: UUID
    language: str
    seq: int
    type: str
    title: str
    summary: str
    body: str
    meta: str
    names: str
    identifiers: tuple[str, ...]
    facets: dict[str, tuple[str, ...]]
    published_at: datetime | None
    updated_at: datetime
    expires_at: datetime | None
    languages: tuple[str, ...]


def identifier(text: str) -> str:
    """Return an ISBN, ISSN, DOI or reference number as digits and lowercase letters, so that it is found however it is
    typed.
    """
    digits = "".join(str(int(character)) if character.isdecimal() else character for character in text)
    return _NOT_IN_IDENTIFIERS.sub("", digits.lower())


class SearchDocuments:
    """Builds search documents from published documents, querying topics once."""

    @cached_property
    def _topics(self) -> dict[str, Topic]:
        return {topic.slug: topic for topic in Topic.objects.all()}

    def of(self, row: PublishedDocument) -> SearchDocument:
        """Return the search document of `row`, which is not a tombstone and has its facets prefetched."""
        full = json.loads(row.full)
        facets: dict[str, tuple[str, ...]] = {"type": (row.type,)}
        for name, value in sorted((facet.name, facet.value) for facet in row.facets.all()):
            if name in FACETS:
                facets[name] = (*facets.get(name, ()), value)
        return SearchDocument(
            content_id=row.content_id,
            language=row.locale,
            seq=row.seq,
            type=row.type,
            title=row.title,
            summary=full["summary_text"],
            body=_plain_text(full["body_html"]),
            meta=" \n".join(_own_names(full)),
            names=" \n".join(self._other_names(full, row.locale)),
            identifiers=tuple(filter(None, map(identifier, _identifiers(full)))),
            facets=facets,
            published_at=row.published_at,
            updated_at=row.updated_at,
            expires_at=row.expires_at,
            languages=tuple(sorted({row.locale, *(alternate["locale"] for alternate in full["alternates"])})),
        )

    def _other_names(self, full: dict[str, Any], language: str) -> Iterable[str]:
        for other in LANGUAGE_CODES:
            for country in full["countries"]:
                yield from names_in_search(country["code"], other)[other == language :]
            if other != language:
                yield from (
                    self._topics[topic["code"]].name(other) for topic in full["topics"] if topic["code"] in self._topics
                )


def _own_names(full: dict[str, Any]) -> Iterable[str]:
    declared = content_type(full["type"])
    yield from declared.search.words(full) if declared else ()
    yield from (country["label"] for country in full["countries"])
    yield from (topic["label"] for topic in full["topics"])


def _identifiers(full: dict[str, Any]) -> Iterable[str]:
    yield from (full.get(name) or "" for name in identifier_keys())


def _plain_text(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", _INLINE_TAG.sub("", html))).split())

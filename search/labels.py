"""What the values of facets are called in the reader's language."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Final

from core.countries import country_name
from core.models import Topic
from publishing.models import PublishedDocument
from publishing.types import TYPE_LABELS


class FacetLabels:
    """`facets`: values by facet, as counted or chosen. Asks for topics and for programmes once, where there are any."""

    def __init__(self, language: str, facets: Mapping[str, Collection[str]]) -> None:
        self.language: Final = language
        self._facets = facets

    def of(self, facet: str, value: str) -> str:
        """The label of a value; a value that names nothing is given back as it is."""
        if facet == "type":
            return TYPE_LABELS[value][self.language] if value in TYPE_LABELS else value
        if facet == "country":
            return country_name(value, self.language)
        if facet == "topic":
            return self._topics.get(value, value)
        return self._programmes.get(value, value) if facet == "programme" else value

    @cached_property
    def _topics(self) -> dict[str, str]:
        return {topic.slug: topic.name(self.language) for topic in Topic.objects.all()}

    @cached_property
    def _programmes(self) -> dict[str, str]:
        """Titles in the reader's language, or else in another."""
        wanted = list(self._facets.get("programme", ()))
        rows = PublishedDocument.objects.filter(content_id__in=wanted, removal="").order_by("locale")
        titles = {(str(content), locale): title for content, locale, title in rows.values_list(*_NAMED)}
        anywhere = {content: title for (content, _), title in titles.items()}
        return {content: titles.get((content, self.language), title) for content, title in anywhere.items()}


_NAMED = ("content_id", "locale", "title")

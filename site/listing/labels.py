"""The labels of facet values in the reader's language."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Final

from core.content_types.registry import type_label
from core.languages.language import TextIn
from core.models import Topic
from core.places.countries import country_name
from publishing.models import PublishedDocument


class FacetLabels:
    """Labels for facet values. `facets` has the values by facet, as counted or chosen; `topics` has topic names by
    slug, if already known; `titles` has the titles of contents, as far as they are known. Unknown topics and unknown
    programmes take one query each.
    """

    def __init__(
        self,
        language: str,
        facets: Mapping[str, Collection[str]],
        *,
        topics: Mapping[str, str] | None = None,
        titles: Mapping[str, str] | None = None,
    ) -> None:
        self.language: Final = language
        self._facets = facets
        self._known_topics = topics
        self._titles = titles or {}

    def of(self, facet: str, value: str) -> str:
        """Return the label of a value, or the value itself if it has no label."""
        if facet == "type":
            return type_label(value, self.language)
        if facet == "country":
            return country_name(value, self.language)
        if facet == "topic":
            return self._topics.get(value, value)
        return self._programmes.get(value, value) if facet == "programme" else value

    @cached_property
    def _topics(self) -> Mapping[str, str]:
        if self._known_topics is not None:
            return self._known_topics
        return {topic.slug: topic.name(self.language) for topic in Topic.objects.all()}

    @cached_property
    def _programmes(self) -> dict[str, str]:
        """Return titles in the reader's language, or in another if there is none."""
        known = {value: self._titles[value] for value in self._facets.get("programme", ()) if value in self._titles}
        wanted = [value for value in self._facets.get("programme", ()) if value not in known]
        if not wanted:
            return known
        rows = PublishedDocument.objects.filter(content_id__in=wanted, removal="").order_by("locale")
        titles = {(str(content), locale): title for content, locale, title in rows.values_list(*_NAMED)}
        anywhere = {content: TextIn(title, locale) for (content, locale), title in titles.items()}
        return known | {content: titles.get((content, self.language), title) for content, title in anywhere.items()}


_NAMED = ("content_id", "locale", "title")

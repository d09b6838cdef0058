"""Stands in until the embedded engine is there."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.html import escape
from django.utils.safestring import mark_safe

from publishing.models import PublishedDocument
from search.documents import SearchDocument
from search.query import Plan, Window
from search.results import Found, Hit, Suggestion


class SimpleEngine:
    name = "simple"

    def search(self, plan: Plan, window: Window) -> Found:
        rows = PublishedDocument.objects.filter(locale=plan.language, removal="")
        for word in plan.query.text.replace('"', " ").split():
            rows = rows.filter(full__icontains=word)
        for name, choice in plan.query.filters.items():
            if choice.wanted and name == "type":
                rows = rows.filter(type__in=choice.wanted)
            elif choice.wanted:
                rows = rows.filter(facets__name=name, facets__value__in=choice.wanted).distinct()
        rows = rows.order_by("-published_at", "content_id")
        ids = list(rows.values_list("content_id", "title")) if plan.query.text.strip() else []
        start = int(window.after[1]) + 1 if window.after else window.offset
        hits = tuple(
            Hit(content, 1.0, mark_safe(escape(title)), mark_safe(""), ("words", start + number))  # noqa: S308
            for number, (content, title) in enumerate(ids[start : start + window.size])
        )
        return Found(hits, len(ids), len(ids), "words" if ids else "none")

    def suggest(self, text: str, language: str, size: int) -> list[Suggestion]:
        rows = PublishedDocument.objects.filter(locale=language, removal="", title__icontains=text)
        return [Suggestion(row.content_id, row.title, row.type) for row in rows[:size]]

    def apply(self, changed: Iterable[SearchDocument], removed: Iterable[tuple[UUID, str]]) -> None:
        pass

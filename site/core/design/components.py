"""Show every component with a sample in each language: /<language>/components/ in development, without a database."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from core.languages.declared import LANGUAGE_CODES, direction, reader_language

# The text of the samples, in each language.
WORDS = {
    "ar": {
        "title": "مساعدة المهاجرين العالقين",
        "text": "يجد بعض المهاجرين أنفسهم في أوضاع تهدد سلامتهم. راجع PR-2026-0412 أو اكتب إلى press@example.int.",
        "name": "ليلى حداد",
        "role": "مسؤولة الإعلام",
        "topic": "الصحة",
        "correction": "ذُكر الرقم 24 مليونًا، والصحيح 34 مليونًا (PR-2026-0412).",
        "figure": "34 مليون",
        "place": "القاهرة",
        "list": "الأخبار",
    },
    "en": {
        "title": "Help for stranded migrants",
        "text": "Some migrants find themselves in danger. See PR-2026-0412 or write to press@example.int.",
        "name": "Leila Haddad",
        "role": "Media officer",
        "topic": "Health",
        "correction": "The figure was given as 24 million; it is 34 million (PR-2026-0412).",
        "figure": "34 million",
        "place": "Cairo",
        "list": "News",
    },
    "fr": {
        "title": "Aider les migrants bloqués",
        "text": "Certains migrants sont en danger. Voir PR-2026-0412 ou écrire à press@example.int.",
        "name": "Leïla Haddad",
        "role": "Chargée de presse",
        "topic": "Santé",
        "correction": "Le chiffre indiqué était 24 millions ; il est de 34 millions (PR-2026-0412).",
        "figure": "34 millions",
        "place": "Le Caire",
        "list": "Actualités",
    },
}


def samples(language: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the templates, each with a sample context in this language."""
    words = WORDS[language]
    page = SimpleNamespace(
        translation_key=UUID(int=1),
        url=f"/{language}/",
        title=words["title"],
        summary=words["text"],
    )
    card = SimpleNamespace(**vars(page), icon="icons/areas/migration-health.html")
    document = SimpleNamespace(url="#", title=words["title"], file_extension="pdf", file_size=48_213, pages=24)
    years = [
        SimpleNamespace(value=year, label=year, count=count, selected=year == "2026")
        for year, count in (("2026", 12), ("2025", 30))
    ]
    choice = SimpleNamespace(name="year", label=words["topic"], all_label="–", values=years)
    narrowed = SimpleNamespace(filters=[choice], chosen={"year": "2026"})
    items = Paginator([page] * 9, 3).page(2)
    rows = [[words["place"], "2019-2026", "978-92-9268-123-4"], [words["name"], "34", "+20 2 2736 5140"]]
    return [
        (
            "components/page_head.html",
            {"page": page, "kind": words["list"], "icon": "icons/areas/migration-health.html"},
        ),
        ("components/breadcrumb.html", {"ancestors": [page, page], "title": words["title"]}),
        ("components/notice.html", {"kind": "warning", "text": words["text"]}),
        ("components/corrections.html", {"corrections": [{"date": date(2026, 3, 15), "text": words["correction"]}]}),
        ("components/exit.html", {"address": "https://www.example.org/"}),
        ("components/card.html", {"item": card, "level": 3}),
        ("components/area.html", {"item": card}),
        ("components/filters.html", {"narrowed": narrowed, "page": page, "total": 12}),
        ("components/list_pager.html", {"items": items, "query": "year=2026&"}),
        ("components/contact.html", {**words, "email": "press@example.int", "phone": "+20 2 2736 5140"}),
        ("components/file_item.html", {"document": document, "file_language": language}),
        ("components/share.html", {"page": page}),
        ("blocks/heading.html", {"value": {"text": words["title"], "level": "2"}}),
        ("blocks/rich_text.html", {"value": mark_safe(f"<p>{words['text']}</p>")}),  # noqa: S308 - our own words
        ("blocks/quote.html", {"value": {"text": words["text"], "attribution": words["name"]}}),
        (
            "blocks/key_figures.html",
            {"value": [{"value": words["figure"], "label": words["text"], "as_of": "2015", "source": words["name"]}]},
        ),
        ("blocks/table.html", {"caption": words["title"], "rows": rows, "first_column_is_header": True, "number": 1}),
        ("blocks/embed.html", {"value": {"url": "https://example.int/", "title": words["title"]}}),
        ("blocks/call_to_action.html", {"href": "#", "value": {"text": words["text"], "label": words["title"]}}),
    ]


def component_page(request: HttpRequest) -> HttpResponse:
    language = reader_language()
    context = {
        "samples": samples(language if language in WORDS else settings.LANGUAGE_CODE),
        "language": language,
        "direction": direction(language),
        "language_codes": LANGUAGE_CODES,
    }
    return render(request, "components.html", context)

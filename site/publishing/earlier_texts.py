"""Find what sources said when translations were published, for translations that predate the stored texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.models import PageLogEntry

from .texts import Saying, Texts

_PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")


def sources_then(sayings: Mapping[str, Saying], stored: Texts) -> dict[str, Any]:
    """Return, for each language whose translation is older than its source and not stored yet, the source as it was
    last published before the translation. Languages for which the history has no such revision are left out; those
    translations count as up to date.
    """
    found = {}
    for language, saying in sayings.items():
        source = sayings.get(saying.page.source_language)
        if language not in stored and source and _is_newer(source.page, saying.page):
            found[language] = _published_before(source.page, saying.page.last_published_at)
    return {language: page for language, page in found.items() if page}


def _is_newer(source: Any, page: Any) -> bool:
    times = (source.last_published_at, page.last_published_at)
    return None not in times and times[0] > times[1]


def _published_before(page: Any, moment: Any) -> Any:
    entries = PageLogEntry.objects.filter(page=page.pk, action__in=_PUBLISHED, revision__isnull=False)
    entry = entries.filter(timestamp__lte=moment).select_related("revision").order_by("-timestamp", "-pk").first()
    return entry.revision.as_object() if entry else None

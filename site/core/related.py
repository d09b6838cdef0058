"""Contents that are about the same as another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

    from core.models import ClassifiedPage


def related_by_topic(page: ClassifiedPage, pages: PageQuerySet, number: int) -> list[Any]:
    """The first of `pages`, each once, that share a topic with `page`. One query; none where there is no topic."""
    topics = [topic.pk for topic in page.shown_topics]
    if not topics:
        return []
    shared = pages.model.topics.through.objects.filter(topic_id__in=topics)
    owner = pages.model._meta.get_field("topics").m2m_field_name()
    return list(pages.filter(pk__in=shared.values(f"{owner}_id")).exclude(pk=page.pk)[:number])

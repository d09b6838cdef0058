"""Contents that are about the same as another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from wagtail.query import PageQuerySet

    from core.models import ClassifiedPage, Topic


def related_by_topic(page: ClassifiedPage, pages: PageQuerySet, number: int) -> list[Any]:
    """The first of `pages`, each once, that share a topic with `page`. One query; none where there is no topic."""
    if not page.shown_topics:
        return []
    shared, owner = _topics_in_common(page, pages)
    return list(pages.filter(pk__in=shared.values(owner)).exclude(pk=page.pk)[:number])


def topics_with(page: ClassifiedPage, pages: PageQuerySet) -> list[Topic]:
    """The topics of `page` that one of `pages` has, so that a link leads to no empty list. One query."""
    shared, owner = _topics_in_common(page, pages)
    found = set(shared.filter(**{f"{owner}__in": pages.order_by().values("pk")}).values_list("topic_id", flat=True))
    return [topic for topic in page.shown_topics if topic.pk in found]


def _topics_in_common(page: ClassifiedPage, pages: PageQuerySet) -> tuple[QuerySet[Any], str]:
    """The rows that join `pages` to the topics of `page`, and the column that names one of `pages`."""
    topics = [topic.pk for topic in page.shown_topics]
    owner = pages.model._meta.get_field("topics").m2m_field_name()
    return pages.model.topics.through.objects.filter(topic_id__in=topics), f"{owner}_id"

"""The newest contents of a type: all of them, those on a topic, or those that share a topic with a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from .choices import Choice
from .counts import value_counts
from .ordering import ordered
from .query import Choices, ItemQuery
from .state import kept

if TYPE_CHECKING:
    from core.models import ClassifiedPage, Topic


class Place(NamedTuple):
    """The position of a document among the newest."""

    published_at: float
    page_number: int
    number: int
    content_id: UUID


def of_type(content_type: str, language: str, topic: str = "") -> ItemQuery:
    """Return the query for all contents of a type in a language, or only those on a topic."""
    choices: Choices = (("type", Choice((content_type,))),)
    return ItemQuery(language, choices=(*choices, ("topic", Choice((topic,)))) if topic else choices)


@kept
def newest(query: ItemQuery, most: int) -> tuple[Place, ...]:
    """Return the positions of the newest documents."""
    rows = ordered(query.rows(), "newest").values_list("published_at", "page_number", "pk", "content_id")[:most]
    return tuple(
        Place(moment.timestamp() if moment else 0, page or 0, number, content) for moment, page, number, content in rows
    )


def newest_numbers(content_type: str, language: str, most: int) -> tuple[int, ...]:
    """Return the primary keys of the newest documents of a type."""
    return tuple(place.number for place in newest(of_type(content_type, language), most))


def related_numbers(page: ClassifiedPage, content_type: str, most: int) -> tuple[int, ...]:
    """Return the primary keys of the newest documents of a type that share the language and a topic with a page."""
    language = page.locale.language_code
    queries = [of_type(content_type, language, topic.slug) for topic in page.shown_topics]
    # Fetch one more for each topic: the page itself may be among them.
    found = {place for query in queries for place in newest(query, most + 1)}
    others = sorted((place for place in found if place.content_id != page.translation_key), reverse=True)
    return tuple(place.number for place in others[:most])


def topics_with(page: ClassifiedPage, content_type: str) -> list[Topic]:
    """Return the topics of a page on which a type has contents, so that no link leads to an empty list."""
    counted = value_counts(of_type(content_type, page.locale.language_code), ("topic",))["topic"]
    return [topic for topic in page.shown_topics if topic.slug in counted]

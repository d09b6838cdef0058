"""The types of content. Each app declares its own, complete, in its `content_types.py`; the code that shows, serves,
searches, feeds or bundles content looks types up here and names none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.utils import translation

from core.content_types.schemas.content import Card, Full
from core.languages.declared import LANGUAGE_CODES

if TYPE_CHECKING:
    from core.content_types.front_matter import ContentFrontMatter
    from core.models import BasePage

Json = dict[str, Any]


def _nothing(document: Json) -> Any:
    return {}


@dataclass(frozen=True, kw_only=True)
class LinkedData:
    """How schema.org describes a content: as `type`, unless `properties` gives one of `others` (at `@type`).
    `properties` builds, from the whole document, properties that are added to the common ones or replace them.
    """

    type: str
    others: tuple[str, ...] = ()
    properties: Callable[[Json], Json] = _nothing


@dataclass(frozen=True, kw_only=True)
class BundleForm:
    """How contents are stored in a bundle: one file per language in `folder`, below the section `parent` unless they
    name another. `is_ordered`: siblings have an order that editors chose.
    """

    folder: str
    parent: str
    front_matter: type[ContentFrontMatter]
    is_ordered: bool = False


@dataclass(frozen=True, kw_only=True)
class SearchText:
    """What search finds a content by in addition to title, summary, text, topics and countries: `words` of its whole
    document, and the values at the keys of `identifiers` of its card, each mapped to a function that normalises it.
    """

    words: Callable[[Json], Iterable[str]] = _nothing
    identifiers: Mapping[str, Callable[[str], str]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ContentType:
    """A type of content, as readers and partners know it.

    `name`: in documents, and the `document_type` of its page types, of which `model` is the one that editors choose.
    `position`: its place among the types, wherever they are listed. `path`: of its list and feeds in the API. `plural`:
    what several of them are called, translated by the catalogues. `card`, `item`: the schemas of its documents, which
    its page type builds. `date_key`: the key of its card for the date that readers know it by, if any. `ages`: new
    contents are worth more than old ones, as with news.
    """

    name: str
    model: type[BasePage]
    position: int
    path: str
    plural: Any
    card: type[Card]
    item: type[Full]
    linked_data: LinkedData
    bundle: BundleForm
    search: SearchText = SearchText()
    date_key: str = ""
    has_feed: bool = False
    ages: bool = False

    @cached_property
    def labels(self) -> dict[str, str]:
        """What several of them are called, in each language."""
        labels = {}
        for language in LANGUAGE_CODES:
            with translation.override(language):
                labels[language] = str(self.plural)
        return labels

    def label(self, language: str) -> str:
        return self.labels[language]

    def day_of(self, card: Json) -> str | None:
        """Return the date that readers know the content by, if any."""
        return card[self.date_key] if self.date_key else None

    @property
    def own_fields(self) -> list[str]:
        """The keys that its cards have in addition to those of every card."""
        return [name for name in self.card.model_fields if name not in Card.model_fields and name != "type"]


_declared: dict[str, ContentType] = {}


def declare(content_type: ContentType) -> None:
    """Register a type; called once for each while the apps are being loaded."""
    _declared[content_type.name] = content_type


def content_types() -> list[ContentType]:
    """Return all types in the order in which they are listed."""
    return sorted(_declared.values(), key=attrgetter("position"))


def content_type(name: str) -> ContentType | None:
    return _declared.get(name)


def declared_type(name: str) -> ContentType:
    """Return the type of this name. Raise LookupError if no app declares it."""
    found = content_type(name)
    if found is None:
        raise LookupError(f"No app declares the content type “{name}”.")
    return found


def day_of_card(card: Json) -> str | None:
    """Return the date that readers know a content by; pages and programmes have none."""
    declared = content_type(card["type"])
    return declared.day_of(card) if declared else None


def identifier_keys() -> list[str]:
    """Return the keys that hold identifiers in the cards of any type."""
    return [key for each in content_types() for key in each.search.identifiers]


def linked_types() -> list[str]:
    """Return the schema.org types that contents are described as."""
    return sorted({name for each in content_types() for name in (each.linked_data.type, *each.linked_data.others)})


@cache
def types_that_age() -> list[str]:
    """Return the names of the types whose new contents are worth more than old ones."""
    return [each.name for each in content_types() if each.ages]


def type_label(name: str, language: str) -> str:
    """Return the label of a type, or the name itself if no app declares it."""
    found = content_type(name)
    return found.label(language) if found else name

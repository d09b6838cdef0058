"""The contract in types: what may be asked, and what is answered. The OpenAPI document is made from these.

Answers are built as text when content is published and are not validated on the way out; the tests validate every
answer against these schemas.
"""

from .answers import (
    Changes,
    ItemList,
    JsonFeed,
    JsonLd,
    Navigation,
    ProblemDocument,
    Resolution,
    SearchList,
    Service,
    Suggestions,
    Translations,
    Vocabulary,
    WebhookEvent,
)
from .content import Card, Item, PartialCard
from .parameters import (
    AllTypesParameters,
    ChangesParameters,
    FeedParameters,
    ItemFilters,
    ItemParameters,
    ListParameters,
    LocaleParameters,
    Parameters,
    ResolveParameters,
    SearchParameters,
    SuggestParameters,
)

__all__ = [
    "AllTypesParameters",
    "Card",
    "Changes",
    "ChangesParameters",
    "FeedParameters",
    "Item",
    "ItemFilters",
    "ItemList",
    "ItemParameters",
    "JsonFeed",
    "JsonLd",
    "ListParameters",
    "LocaleParameters",
    "Navigation",
    "Parameters",
    "PartialCard",
    "ProblemDocument",
    "Resolution",
    "ResolveParameters",
    "SearchList",
    "SearchParameters",
    "Service",
    "SuggestParameters",
    "Suggestions",
    "Translations",
    "Vocabulary",
    "WebhookEvent",
]

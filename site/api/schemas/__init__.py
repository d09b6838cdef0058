"""The contract as types: what can be requested, and what is returned. The OpenAPI document is built from these.

Responses are built as text when content is published and are not validated when sent; the tests validate every
response against these schemas.
"""

from .answers import (
    Changes,
    ItemList,
    Lookup,
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
from .formats import JsonFeed, JsonLd
from .parameters import (
    AllTypesParameters,
    ChangesParameters,
    ContentListParameters,
    FeedParameters,
    ItemFilters,
    ItemParameters,
    ListParameters,
    LocaleParameters,
    LookupParameters,
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
    "ContentListParameters",
    "FeedParameters",
    "Item",
    "ItemFilters",
    "ItemList",
    "ItemParameters",
    "JsonFeed",
    "JsonLd",
    "ListParameters",
    "LocaleParameters",
    "Lookup",
    "LookupParameters",
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

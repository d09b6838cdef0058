"""All operations of the API, version 1."""

from __future__ import annotations

from functools import partial

from core.content_types.registry import content_types

from . import (
    changes,
    documentation,
    feed_writers,
    feeds,
    items,
    json_ld,
    lists,
    lookup,
    preview,
    schemas,
    search,
    site_views,
    suggest,
)
from .csv_lists import CSV_MEDIA
from .openapi import openapi
from .operations import Operation, View, routes

__all__ = ["OPERATIONS", "app_name", "openapi", "urlpatterns"]

app_name = "api-v1"
_CURSOR = (409,)
_ITEM = "/items/{content_id}"

_OPERATIONS: list[tuple[Operation, View]] = [
    (Operation("/", "service", "What this API is and where to begin.", "service", schemas.Service), site_views.service),
    (
        Operation(
            "/items", "list_items", "Contents of all types.", "items", schemas.ItemList,
            also=(CSV_MEDIA,), parameters=schemas.AllTypesParameters, problems=_CURSOR,
        ),
        lists.item_list,
    ),
    *(
        (
            Operation(
                f"/{declared.path}", f"list_{declared.name}", f"Contents of the type {declared.name}.",
                "items", schemas.ItemList, also=(CSV_MEDIA,), parameters=schemas.ContentListParameters,
                problems=_CURSOR,
            ),
            partial(lists.item_list, content_type=declared.name),
        )
        for declared in content_types()
    ),
    (
        Operation(
            f"{_ITEM}.jsonld", "item_json_ld", "One content as schema.org describes it.", "items", schemas.JsonLd,
            media="application/ld+json", parameters=schemas.ItemParameters,
        ),
        json_ld.json_ld,
    ),
    (
        Operation(
            f"{_ITEM}/translations", "item_translations", "One content in every language that it has.", "items",
            schemas.Translations,
        ),
        items.translations,
    ),
    (
        Operation(
            _ITEM, "item", "One content in one language.", "items", schemas.Item, parameters=schemas.ItemParameters
        ),
        items.one_item,
    ),
    (
        Operation(
            "/search", "search", "Full-text search, best match first.", "search", schemas.SearchList,
            parameters=schemas.SearchParameters, problems=(*_CURSOR, 503),
        ),
        search.search,
    ),
    (
        Operation(
            "/search", "search_by_body", "The same, for long queries: the parameters stand in the body.", "search",
            schemas.SearchList, method="POST", body=schemas.SearchParameters, problems=(*_CURSOR, 413, 415, 503),
            cacheable=False,
        ),
        search.search,
    ),
    (
        Operation(
            "/suggest", "suggest", "Contents whose titles have words that begin as the typed ones do.", "search",
            schemas.Suggestions, parameters=schemas.SuggestParameters, problems=(503,),
        ),
        suggest.suggest,
    ),
    (
        Operation(
            "/changes", "changes", "What is new since a cursor, tombstones included.", "synchronization",
            schemas.Changes, parameters=schemas.ChangesParameters, problems=(*_CURSOR, 410),
        ),
        changes.changes,
    ),
    (
        Operation(
            "/resolve", "resolve", "The content at an address of this site.", "site", schemas.Resolution,
            parameters=schemas.ResolveParameters, problems=(410,),
        ),
        site_views.resolve,
    ),
    (
        Operation(
            "/lookup", "lookup", "The contents with a DOI, an ISBN or a slug, in every language.", "site",
            schemas.Lookup, parameters=schemas.LookupParameters, problems=(409,),
        ),
        lookup.lookup,
    ),
    (
        Operation(
            "/navigation", "navigation", "The public pages of a language, as a tree.", "site", schemas.Navigation,
            parameters=schemas.LocaleParameters,
        ),
        site_views.navigation,
    ),
    (
        Operation(
            "/vocabularies/topics", "topics", "Topics, with their names in three languages.", "vocabularies",
            schemas.Vocabulary,
        ),
        site_views.topics,
    ),
    (
        Operation(
            "/vocabularies/countries", "countries",
            "Countries that content is about (ISO 3166-1 alpha-3), with their names in three languages (CLDR).",
            "vocabularies", schemas.Vocabulary,
        ),
        site_views.countries,
    ),
    (
        Operation(
            "/vocabularies/types", "types", "Types of content, with their names in three languages.", "vocabularies",
            schemas.Vocabulary,
        ),
        site_views.content_types,
    ),
    *(
        (
            Operation(
                f"/feeds/{name}.{form}", f"feed_{feeds.FEEDS[name]}_{form}", f"{label} of {name} in one language.",
                "feeds", schemas.JsonFeed if form == "json" else None, media=feed_writers.WRITERS[form][1],
                parameters=schemas.FeedParameters, problems=_CURSOR,
            ),
            partial(feeds.feed, name=name, form=form),
        )
        for name in feeds.FEEDS
        for form, label in (("json", "JSON Feed"), ("atom", "Atom feed"), ("rss", "RSS feed"))
    ),
    (
        Operation(
            "/preview/{token}", "preview", "A draft, by a link that an editor made; good for an hour.", "preview",
            schemas.Item, also=(preview.HTML_MEDIA,), problems=(403,), cacheable=False,
        ),
        preview.preview,
    ),
    (
        Operation("/openapi.json", "openapi", "This document.", "service", dict, media="application/json"),
        documentation.openapi_document,
    ),
    (
        Operation("/docs", "docs", "This document, for people.", "service", None, media="text/html"),
        documentation.docs_page,
    ),
]  # fmt: skip
OPERATIONS = [operation for operation, _ in _OPERATIONS]
urlpatterns = routes(_OPERATIONS)

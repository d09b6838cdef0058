"""The client, with a method for each operation of the API."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, TypedDict, Unpack, cast
from urllib.parse import quote, urlencode, urlsplit

from . import types
from .cache import Cache, MemoryCache
from .errors import DamagedFile
from .store import Store
from .sync import SyncResult, sync
from .transport import Retry, Transport

VERSION = "1.0.0"
_WHOLE_PAGE = 100
# The largest batch, which keeps its address short.
_MOST_IDS = 50
_RETRY = Retry()


FeedName = Literal["news", "press-releases", "publications"]


class Narrowing(TypedDict, total=False):
    """The filters for a copy, with the same values as for lists: country="EGY,JOR", topic=["health", "labour"]."""

    locale: types.Locale | None
    type: types.ContentType | None
    country: str | list[str] | None
    topic: str | list[str] | None
    programme: str | list[str] | None
    role: str | list[str] | None


class Client:
    """A client of the content API of one site. It must not be used by several threads at once.

    site   the address of the site: https://www.example.org
    key    an API key, if you have one: it raises the number of allowed requests, but gives access to nothing more
    name   the name or address of your site, for the log of the content site
    cache  the cache that keeps answers with their ETag; by default in memory, None for no cache
    retry  how long to wait for an answer, and how often to retry
    """

    def __init__(
        self,
        site: str,
        *,
        key: str | None = None,
        name: str = "",
        cache: Cache | Literal["memory"] | None = "memory",
        retry: Retry = _RETRY,
    ) -> None:
        parts = urlsplit(site)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError(f"The address of a site begins with https://, not {site!r}")
        self._base = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/api/v1"
        headers = {"User-Agent": f"mena-content/{VERSION}" + (f" ({name})" if name else "")}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        kept = MemoryCache() if cache == "memory" else cache
        self._transport = Transport(headers=headers, cache=kept, retry=retry)

    def service(self) -> types.Service:
        """Return a description of the API: languages, types, limits, links, deprecations."""
        return cast(types.Service, self._get("/"))

    def list_items(self, **query: Unpack[types.ItemsQuery]) -> types.ItemList:
        """Return one page of a list, with the total and facets of the list."""
        return cast(types.ItemList, self._get("/items", query))

    def iter_cards(self, **query: Unpack[types.ItemsQuery]) -> Iterator[types.Card]:
        """Yield all matching contents as cards, page after page. Do not pass `view`, `cursor` or `fields`."""
        return cast(Iterator[types.Card], self._iterate({**query, "view": "card"}))

    def iter_items(self, **query: Unpack[types.ItemsQuery]) -> Iterator[types.Item]:
        """Yield all matching contents like `iter_cards`, but complete: with body, files, authors, contacts."""
        return cast(Iterator[types.Item], self._iterate({**query, "view": "full"}))

    def items_by_id(self, content_ids: Iterable[str], *, locale: types.Locale | None = None) -> Iterator[types.Item]:
        """Yield these contents in one language, in this order; those that do not exist are left out."""
        for ids in _batches(content_ids):
            query = {"ids": ",".join(ids), "view": "full", "locale": locale}
            yield from cast(types.ItemList, self._get("/items", query))["items"]  # type: ignore[misc]

    def search(self, **query: Unpack[types.SearchQuery]) -> types.SearchList:
        """Return one page of results for the words `q`, best first. Raise Unavailable if the search engine is down."""
        return cast(types.SearchList, self._get("/search", query))

    def suggest(self, **query: Unpack[types.SuggestQuery]) -> list[types.Suggestion]:
        """Return contents whose titles contain words that begin like those of `q`, for a search field."""
        return cast(types.Suggestions, self._get("/suggest", query))["items"]

    def item(self, content_id: str, **query: Unpack[types.ItemsByContentIdQuery]) -> types.Item:
        """Return one content in one language. Raise NotFound, whose kind is translation-missing if it has others."""
        return cast(types.Item, self._get(f"/items/{quote(content_id, safe='')}", query))

    def translations(self, content_id: str) -> list[types.Item]:
        """Return one content in all its languages."""
        answer = cast(types.Translations, self._get(f"/items/{quote(content_id, safe='')}/translations"))
        return answer["items"]

    def json_ld(self, content_id: str, *, locale: types.Locale | None = None) -> types.JsonLd:
        """Return the schema.org description of one content, for the head of a page."""
        path = f"/items/{quote(content_id, safe='')}.jsonld"
        return cast(types.JsonLd, self._get(path, {"locale": locale}, accept="application/ld+json"))

    def resolve(self, url: str) -> types.Resolution:
        """Return the content at an address or path of the site. Raise NotFound, or Gone if it was removed."""
        return cast(types.Resolution, self._get("/resolve", {"url": url}))

    def lookup(self, **query: Unpack[types.LookupQuery]) -> list[types.FoundContent]:
        """Return the contents with a DOI, an ISBN or a slug, in every language. Raise NotFound if there are none."""
        return cast(types.Lookup, self._get("/lookup", query))["items"]

    def topics(self) -> list[types.Term]:
        return self._vocabulary("topics")

    def countries(self) -> list[types.Term]:
        return self._vocabulary("countries")

    def content_types(self) -> list[types.Term]:
        return self._vocabulary("types")

    def navigation(self, **query: Unpack[types.NavigationQuery]) -> types.Navigation:
        """Return the tree of public pages in one language."""
        return cast(types.Navigation, self._get("/navigation", query))

    def feed(self, name: FeedName, **query: Unpack[types.FeedsNewsJsonQuery]) -> types.JsonFeed:
        """Return the newest contents of a type in one language, as JSON Feed 1.1."""
        return cast(types.JsonFeed, self._get(f"/feeds/{name}.json", query, accept="application/feed+json"))

    def preview(self, token: str) -> types.Item:
        """Return a draft as it was when an editor created the link. Raise ApiError once the link has expired."""
        return cast(types.Item, self._get(f"/preview/{quote(token, safe='')}", cached=False))

    def download(self, file: types.File) -> bytes:
        """Return the content of a file. Raise DamagedFile if it does not match its checksum."""
        content = self._transport.file(file["url"])
        if hashlib.sha256(content).hexdigest() != file["sha256"]:
            raise DamagedFile(f"{file['url']}: {len(content)} bytes, not those of {file['sha256']}.")
        return content

    def changes(self, **query: Unpack[types.ChangesQuery]) -> types.Changes:
        """Return one page of changes. Raise CursorRefused if `since` is too old."""
        return cast(types.Changes, self._get("/changes", query, cached=False))

    def iterate_changes(self, **query: Unpack[types.ChangesQuery]) -> Iterator[types.Changes]:
        """Yield pages of changes until none is left: all content without `since`, otherwise only newer changes.

        To resume, pass the `next_since` of the last page that you have stored. Raise CursorRefused if you must begin
        again without `since`.
        """
        # After the end of a snapshot come the changes made in the meantime.
        ends = 1 if query.get("since") else 2
        while ends:
            page = self.changes(**cast(types.ChangesQuery, {"limit": _WHOLE_PAGE, **query}))
            yield page
            query["since"] = page["next_since"]
            ends -= not page["has_more"]

    def sync(self, store: Store, *, page_size: int = _WHOLE_PAGE, **narrowing: Unpack[Narrowing]) -> SyncResult:
        """Make `store` an exact copy of the content that is public now, or of a part of it."""
        given = {name: value for name, value in narrowing.items() if value}
        query = cast(types.ChangesQuery, {"include": "full", "limit": page_size, **given})

        def fetch(cursor: str | None) -> types.Changes:
            return self.changes(**{**query, "since": cursor} if cursor else query)

        return sync(fetch, store, self._scope(given))

    def _scope(self, narrowing: dict[str, Any]) -> str:
        """Return a description of what a copy contains; it does not depend on the order of the filters."""
        named = {"locale": "*", "type": "*", **narrowing}
        parts = [f"{name}={value if isinstance(value, str) else ','.join(value)}" for name, value in named.items()]
        return " ".join([self._base, *parts[:2], *sorted(parts[2:])])

    def _vocabulary(self, name: str) -> list[types.Term]:
        return cast(types.Vocabulary, self._get(f"/vocabularies/{name}"))["terms"]

    def _iterate(self, query: Mapping[str, object]) -> Iterator[Any]:
        page = self._get("/items", {"limit": _WHOLE_PAGE, **query})
        yield from page["items"]
        while page["links"]["next"]:
            # Use only its query, so that the request and the key always go to the site that we were given.
            page = self._transport.get(f"{self._base}/items?{urlsplit(page['links']['next']).query}")
            yield from page["items"]

    def _get(
        self,
        path: str,
        query: Mapping[str, object] | None = None,
        *,
        cached: bool = True,
        accept: str = "application/json",
    ) -> Any:
        given = {name: value for name, value in sorted((query or {}).items()) if value is not None}
        address = f"{self._base}{path}" + (f"?{urlencode(given, doseq=True)}" if given else "")
        return self._transport.get(address, cached=cached, accept=accept)


def _batches(content_ids: Iterable[str]) -> Iterator[list[str]]:
    ids = list(content_ids)
    for start in range(0, len(ids), _MOST_IDS):
        yield ids[start : start + _MOST_IDS]

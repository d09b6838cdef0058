"""Feeds for feed readers: JSON Feed 1.1 and Atom (RFC 4287), one for each of three types and each language."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed

from core.documents import Json
from core.languages import direction
from core.models import OfficeSettings
from publishing.types import TYPE_LABELS

from . import cursors
from .lists import list_state, page_of
from .query import ItemQuery
from .responses import etag_of, json_response, not_modified
from .schemas import FeedParameters, ListParameters

ITEMS_IN_FEED = 20
FEEDS = {"news": "news", "press-releases": "press_release", "publications": "publication"}
# What XML 1.0 cannot hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def feed(request: HttpRequest, parameters: FeedParameters, name: str, form: str) -> HttpResponse:
    """A page of a feed; `form`: json or atom. Three queries; one for a reader whose copy is current."""
    query = ItemQuery.from_filters(ListParameters.model_validate({"locale": parameters.locale}), FEEDS[name])
    state = list_state(query, with_facets=False)
    etag = etag_of("feed", request.path, request.GET.urlencode(), *state.values())
    unchanged = not_modified(request, etag)
    if unchanged:
        return unchanged
    digest = cursors.query_digest("feed", name, parameters.locale)
    wanted = ListParameters.model_validate(
        {"limit": ITEMS_IN_FEED, "cursor": parameters.cursor, "view": "full", "locale": parameters.locale}
    )
    rows, following = page_of(query, wanted, digest)
    head = _head(name, form, parameters, following)
    items = [{**json.loads(row.full), "updated_at": row.updated_at} for row in rows]
    write, content_type = WRITERS[form]
    text = write(head, items, state["updated"])
    return json_response(
        text, etag=etag, modified=state["updated"], language=parameters.locale, content_type=content_type
    )


def _head(name: str, form: str, parameters: FeedParameters, following: str | None) -> Json:
    office = OfficeSettings.objects.filter(locale__language_code=parameters.locale).first()
    title = TYPE_LABELS[FEEDS[name]][parameters.locale]
    base = f"{settings.BASE_URL}/api/v1/feeds/{name}.{form}"
    given = {"locale": parameters.locale}
    return {
        "title": f"{title} — {office.name}" if office else title,
        "home_page_url": f"{settings.BASE_URL}/{parameters.locale}/",
        "feed_url": f"{base}?{urlencode(given)}",
        "language": parameters.locale,
        "next_url": f"{base}?{urlencode({**given, 'cursor': following})}" if following else None,
    }


def _item_id(item: Json) -> str:
    """The same when the page is renamed or moved."""
    return f"urn:uuid:{item['content_id']}:{item['locale']}"


def _tags(item: Json) -> list[str]:
    return [label["label"] for label in item["topics"] + item["countries"]]


def _json_feed(head: Json, items: list[Json], updated: datetime | None) -> str:
    following = {"next_url": head.pop("next_url")}
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        **head,
        **{name: value for name, value in following.items() if value},
        "items": [_json_item(item) for item in items],
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _json_item(item: Json) -> Json:
    image = item["lead_image"]["renditions"][-1]["url"] if item["lead_image"] else None
    return {
        "id": _item_id(item),
        "url": item["html_url"],
        "title": item["title"],
        "summary": item["summary_text"],
        "content_html": item["body_html"],
        "language": item["locale"],
        "date_published": item["published_at"],
        "date_modified": item["content_updated_at"],
        "tags": _tags(item),
        "authors": [_author(author) for author in item.get("authors", [])],
        **({"image": image} if image else {}),
    }


def _author(author: Json) -> Json:
    address = {"url": f"https://orcid.org/{author['orcid']}"} if author["orcid"] else {}
    return {"name": author["name"], **address}


class _AtomFeed(Atom1Feed):
    """Atom with the direction of its text and a link to its next page (RFC 5005)."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "dir": direction(self.feed["language"])}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if self.feed["next_url"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next_url"]})

    def latest_post_date(self) -> datetime:
        moment: datetime = self.feed["updated"] or super().latest_post_date()
        return moment


def _atom_feed(head: Json, items: list[Json], updated: datetime | None) -> str:
    atom = _AtomFeed(
        title=head["title"],
        link=head["home_page_url"],
        description="",
        language=head["language"],
        feed_url=head["feed_url"],
        feed_guid=head["feed_url"],
        next_url=head["next_url"],
        updated=updated,
        author_name=head["title"].rpartition(" — ")[2],
    )
    for item in items:
        atom.add_item(
            title=_xml(item["title"]),
            link=item["html_url"],
            description=_xml(item["body_html"]),
            unique_id=_item_id(item),
            pubdate=_moment(item["published_at"]),
            updateddate=item["updated_at"],
            categories=[_xml(tag) for tag in _tags(item)],
        )
    return str(atom.writeString("utf-8"))


def _xml(text: str) -> str:
    return _NOT_XML.sub(" ", text)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


WRITERS: dict[str, tuple[Callable[[Json, list[Json], datetime | None], str], str]] = {
    "json": (_json_feed, "application/feed+json"),
    "atom": (_atom_feed, "application/atom+xml"),
}

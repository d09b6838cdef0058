"""The formats of a feed: JSON Feed 1.1, Atom (RFC 4287) and RSS 2.0, all written from the same items."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _

from core.content_types.builder import Json
from core.dates import date_text
from core.languages.declared import direction
from core.text.bidi import for_reader, isolated_text

# Characters that XML 1.0 cannot contain.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _item_id(item: Json) -> str:
    """Return an id that stays the same when the page is renamed or moved."""
    return f"urn:uuid:{item['content_id']}:{item['locale']}"


def _plain_title(item: Json) -> str:
    """Return the title; a right-to-left one gets isolates for its left-to-right runs, since a feed's title has no
    markup.
    """
    title: str = item["title"]
    return isolated_text(title) if item["dir"] == "rtl" else title


def _tags(item: Json) -> list[str]:
    return [label["label"] for label in item["topics"] + item["countries"]]


def _html(item: Json) -> str:
    """Return the HTML of an item, with its corrections first."""
    html: str = item["body_html"]
    if not item.get("corrections"):
        return html
    with translation.override(item["locale"]):
        corrections = "".join(
            f"<dt>{date_text(date.fromisoformat(each['date']))}</dt><dd>{for_reader(each['text'])}</dd>"
            for each in item["corrections"]
        )
        head = f"<p><strong>{_('Corrections')}</strong></p><dl>{corrections}</dl>"
    return f'<div lang="{item["locale"]}" dir="{item["dir"]}">{head}</div>{html}'


def _json_feed(head: Json, items: list[Json], updated: datetime | None) -> str:
    following = {"next_url": head.pop("next_url")}
    rights = head.pop("rights")
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        **head,
        # JSON Feed has no standard field for this, and reserves names with a leading underscore for extensions.
        "_rights": rights,
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
        "content_html": _html(item),
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
    """Atom with its text direction, its licence (RFC 4946), and a link to its next page (RFC 5005)."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "dir": direction(self.feed["language"])}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if self.feed["license_url"]:
            handler.addQuickElement("link", "", {"rel": "license", "href": self.feed["license_url"]})
        if self.feed["next_url"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next_url"]})

    def latest_post_date(self) -> datetime:
        moment: datetime = self.feed["updated"] or super().latest_post_date()
        return moment


class _RssFeed(Rss201rev2Feed):
    """RSS with a link to its next page (RFC 5005)."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if self.feed["next_url"]:
            handler.addQuickElement("atom:link", "", {"rel": "next", "href": self.feed["next_url"]})

    def latest_post_date(self) -> datetime:
        moment: datetime = self.feed["updated"] or super().latest_post_date()
        return moment


def _xml_feed(form: type[SyndicationFeed], head: Json, items: list[Json], updated: datetime | None) -> str:
    feed = form(
        title=head["title"],
        link=head["home_page_url"],
        description=head["title"],
        subtitle="",
        language=head["language"],
        feed_url=head["feed_url"],
        feed_guid=head["feed_url"],
        next_url=head["next_url"],
        updated=updated,
        author_name=head["title"].rpartition(" — ")[2],
        feed_copyright=_rights_text(head["rights"]),
        license_url=(head["rights"]["license"] or {}).get("url"),
    )
    for item in items:
        feed.add_item(
            title=_xml(_plain_title(item)),
            link=item["html_url"],
            description=_xml(_html(item)),
            unique_id=_item_id(item),
            unique_id_is_permalink=False,
            pubdate=_moment(item["published_at"]),
            updateddate=item["updated_at"],
            categories=[_xml(tag) for tag in _tags(item)],
        )
    return str(feed.writeString("utf-8"))


def _atom_feed(head: Json, items: list[Json], updated: datetime | None) -> str:
    return _xml_feed(_AtomFeed, head, items, updated)


def _rss_feed(head: Json, items: list[Json], updated: datetime | None) -> str:
    return _xml_feed(_RssFeed, head, items, updated)


def _rights_text(rights: Json) -> str | None:
    """Return the terms of use in one line, or None if there are none."""
    licence = rights["license"] or {}
    parts = [rights["credit_line"], licence.get("name"), licence.get("url"), rights["terms_url"]]
    return _xml(" · ".join(part for part in parts if part)) or None


def _xml(text: str) -> str:
    return _NOT_XML.sub(" ", text)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


# By the extension in a feed's address: the function that writes it, and its media type.
WRITERS: dict[str, tuple[Callable[[Json, list[Json], datetime | None], str], str]] = {
    "json": (_json_feed, "application/feed+json"),
    "atom": (_atom_feed, "application/atom+xml"),
    "rss": (_rss_feed, "application/rss+xml"),
}

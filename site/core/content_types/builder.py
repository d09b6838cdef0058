"""Turn content into JSON for machines: helpers for the JSON forms of blocks and page types.

A builder makes the parts of one document in one language and records what the document depends on, so that the document
can be rebuilt when that changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html import escape
from typing import TYPE_CHECKING, Any

from django.conf import settings
from wagtail.images.models import SourceImageIOError

from core.content_types.rights import RIGHTS_KEY, rights_in
from core.languages.declared import direction
from core.links.targets import contents_of, linked_documents, linked_pages
from core.pictures.renditions import PARTNER_RENDITIONS, RENDITIONS, SQUARE
from core.web.keys import key_in

if TYPE_CHECKING:
    from wagtail.models import Page

    from core.models import ContentDocument, ContentImage

Json = dict[str, Any]

_LINK = re.compile(r"<a ([^>]*)>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_ROOT_RELATIVE = re.compile(r'\b(href|src)="/(?!/)')
_SRCSET = re.compile(r'srcset="([^"]*)"')
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
# A link of rich text to another content, as `DocumentBuilder.rich_text` writes it; the group names the content.
LINK_TO_CONTENT = re.compile(r'<a href="[^"]*"(?: hreflang="[^"]*")? (data-content-id="[^"]*")>')
# The keys of a picture's JSON that describe the picture itself, not the words about it.
PICTURE_ITSELF = frozenset({"renditions", "focal_point", "credit"})
# Keys derived from the picture and its focal point: a document does not change by being the first to have them.
DERIVED_PICTURES = frozenset({"webp_url", "square"})


def absolute_url(path: str) -> str:
    """Return the address with the site's scheme and host."""
    return path if "://" in path else f"{settings.BASE_URL}{path}"


def api_url(content_id: object, language: str) -> str:
    """Return the address of a content's document in the API."""
    return f"{settings.BASE_URL}/api/v1/items/{content_id}?locale={language}"


def timestamp(moment: datetime | None) -> str | None:
    """Return a moment as RFC 3339 in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def body_html(page: Any) -> str:
    """Return the body of a page as HTML for use anywhere: absolute addresses, no internal ids, language and direction
    stated.
    """
    language = page.locale.language_code
    html = _BLOCK_KEY.sub("", page.body.render_as_block({"page": page, "language": language}))
    html = whole_addresses(html)
    return f'<div lang="{language}" dir="{direction(language)}">{" ".join(html.split())}</div>'


def whole_addresses(html: str) -> str:
    """Return the HTML with absolute addresses, so that it can be shown on any site."""
    html = _ROOT_RELATIVE.sub(rf'\1="{settings.BASE_URL}/', html)
    return _SRCSET.sub(lambda match: 'srcset="' + re.sub(r"(^|, )/", rf"\1{settings.BASE_URL}/", match[1]) + '"', html)


@dataclass
class DocumentBuilder:
    """Builds the parts of one document. `language`: of the document; every name and link in it is in that language."""

    language: str
    # What the document depends on, as (kind, key): a content with its id; an image, document or topic with its number.
    dependencies: set[tuple[str, str]] = field(default_factory=set)

    def image(self, image: ContentImage | None, alt: str, decorative: bool, caption: str = "") -> Json | None:
        """Return a picture as it is used on a page, with its renditions."""
        if image is None:
            return None
        self.dependencies.add(("image", str(image.pk)))
        return {
            "alt": "" if decorative else alt,
            "decorative": decorative,
            "caption": caption,
            "credit": image.credit,
            "focal_point": _focal_point(image),
            **_renditions(image),
        }

    def original(self, image: ContentImage) -> Json:
        """Return a picture as it was uploaded, for the press to download."""
        self.dependencies.add(("original", str(image.pk)))
        return {
            "url": absolute_url(image.file.url),
            "filename": image.filename,
            "mime": image.content_type,
            "width": image.width,
            "height": image.height,
            "bytes": image.file_size,
        }

    def file(self, document: ContentDocument | None, title: str = "", language: str = "") -> Json | None:
        """Return a file to download, with what a partner needs to keep an exact copy; None for one in a private
        collection.
        """
        if document is None:
            return None
        self.dependencies.add(("document", str(document.pk)))
        if document.is_private:
            return None
        return {
            "title": title or document.title,
            "locale": language or document.language or None,
            "url": absolute_url(document.url),
            "filename": document.filename,
            "mime": document.content_type,
            "bytes": document.file_size,
            "sha256": document.sha256,
        }

    def page(self, page: Page | None) -> Json | None:
        """Return a link to another content: its version in this language, otherwise the default for other readers."""
        if page is None:
            return None
        self.dependencies.add(("content", str(page.translation_key)))
        found = linked_pages([page.pk]).get(page.pk)
        return self.link(found) if found else None

    def link(self, page: Page) -> Json:
        language = page.locale.language_code
        return {
            "content_id": str(page.translation_key),
            "locale": language,
            "title": page.title,
            "html_url": absolute_url(page.url),
            "api_url": api_url(page.translation_key, language),
        }

    def rich_text(self, html: str) -> str:
        """Return stored rich text as HTML for use anywhere: absolute links, no internal ids."""
        return _LINK.sub(self._opening_tag, _BLOCK_KEY.sub("", html))

    def rights(self) -> Json:
        """Return the terms under which others may use the content."""
        self.dependencies.add(("office", RIGHTS_KEY.format(self.language)))
        return rights_in(self.language)

    def topics(self, topics: Iterable[Any]) -> list[Json]:
        topics = sorted(topics, key=lambda topic: topic.slug)
        self.dependencies |= {("topic", str(topic.pk)) for topic in topics}
        return [{"code": topic.slug, "label": topic.name(self.language)} for topic in topics]

    def _opening_tag(self, match: re.Match[str]) -> str:
        attributes = dict(_ATTRIBUTE.findall(match[1]))
        kind, number = attributes.get("linktype"), key_in(attributes.get("id", ""))
        if kind == "page" and number:
            return self._page_tag(number)
        if kind == "document" and number:
            return self._document_tag(number)
        return f'<a href="{attributes.get("href", "")}">' if "href" in attributes else "<a>"

    def _page_tag(self, number: int) -> str:
        content = contents_of({number}).get(number)
        if content is None:
            return "<a>"
        self.dependencies.add(("content", str(content)))
        page = linked_pages([number]).get(number)
        if page is None:
            return "<a>"
        language = page.locale.language_code
        hreflang = "" if language == self.language else f' hreflang="{language}"'
        return f'<a href="{escape(absolute_url(page.url))}"{hreflang} data-content-id="{page.translation_key}">'

    def _document_tag(self, number: int) -> str:
        self.dependencies.add(("document", str(number)))
        document = linked_documents([number]).get(number)
        if document is None or document.is_private:
            return "<a>"
        return f'<a href="{escape(absolute_url(document.url))}">'


def _renditions(image: ContentImage) -> Json:
    """Return the sizes of a picture, or none if its file is lost: that must not stop anyone from publishing."""
    try:
        made = image.get_renditions(*RENDITIONS, *PARTNER_RENDITIONS)
    except SourceImageIOError:
        return {"renditions": [], "square": None}
    sizes = [specification.partition("|")[0] for specification in RENDITIONS]
    return {"renditions": [_rendition(made, size) for size in sizes], "square": _rendition(made, SQUARE)}


def _rendition(made: dict[str, Any], size: str) -> Json:
    """Return one size as JPEG, which every program reads, with the address of its WebP form."""
    rendition = made[f"{size}|format-jpeg"]
    return {
        "name": size,
        "url": absolute_url(rendition.url),
        "width": rendition.width,
        "height": rendition.height,
        "mime": "image/jpeg",
        "webp_url": absolute_url(made[f"{size}|format-webp"].url),
    }


def _focal_point(image: ContentImage) -> Json | None:
    """Return the centre of what must stay visible, as fractions of width and height from the upper left corner."""
    if image.focal_point_x is None or image.focal_point_y is None:
        return None
    return {"x": round(image.focal_point_x / image.width, 4), "y": round(image.focal_point_y / image.height, 4)}

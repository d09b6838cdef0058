"""Build the documents of contents from their pages. This module reads pages and writes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from django.utils import translation
from pydantic import BaseModel
from wagtail.models import Page

from core.content_types.builder import DocumentBuilder, Json, body_html, timestamp
from core.content_types.registry import declared_type
from core.content_types.schemas.content import ADDED_BY_ANSWERS
from core.languages.versions import Versions, language_versions_of, public_pages
from core.links.targets import remember_links_of
from core.models import BasePage
from core.pictures.markup import card_picture_of
from core.pictures.renditions import images_with_renditions
from core.web.request_memory import shared_memory

from .document_cards import card_of, published_at
from .earlier_texts import sources_then
from .facets import facets_of, programmes_among
from .models import PublicText
from .texts import Key, Texts, is_outdated, saying_of, texts_now


@dataclass(frozen=True)
class BuiltDocument:
    """The contents of a published document, before it is known whether they have changed."""

    type: str
    path_digest: str
    title: str
    source_locale: str
    published_at: datetime | None
    content_updated_at: datetime | None
    expires_at: datetime | None
    page_number: int | None
    card: str
    full: str
    card_picture: str
    facets: frozenset[tuple[str, str]]
    dependencies: frozenset[tuple[str, str]]
    # The page's own text; it has no primary key if it is not stored yet.
    text: PublicText | None

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(f"{self.card}\n{self.full}".encode()).hexdigest()


@dataclass
class _Draft:
    """A document without the times that depend on its own text and on those of its other languages."""

    page: Any
    card: Json
    full: Json
    builder: DocumentBuilder

    @property
    def contents(self) -> set[str]:
        """Return the ids of the content itself and of those that it lies below or links to."""
        return {str(self.page.translation_key)} | {key for kind, key in self.builder.dependencies if kind == "content"}


def compact(data: Any) -> str:
    """Return JSON without white space and without escaping letters."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def path_digest(path: str) -> str:
    """Return the SHA-256 of the path of a URL, such as /ar/الأخبار/, whether or not it is percent-encoded."""
    return hashlib.sha256(unquote(path).encode()).hexdigest()


def build_documents(content_ids: Iterable[UUID]) -> dict[Key, BuiltDocument]:
    """Return the documents of these contents in every language in which they are public."""
    versions = language_versions_of(content_ids)
    pages = [page for by_language in versions.values() for page in by_language.values()]
    specific = {page.pk: page for page in _specific(pages)}
    parents = _Parents(pages)
    remember_links_of(specific.values())
    stored = _stored_texts(versions)
    drafted: list[tuple[UUID, dict[str, _Draft], Texts]] = []
    for content_id, by_language in versions.items():
        drafts = {
            language: _draft(specific[page.pk], by_language, parents)
            for language, page in by_language.items()
            if page.pk in specific
        }
        sayings = {language: saying_of(draft.page, draft.full) for language, draft in drafts.items()}
        known = stored.get(content_id, {})
        earlier = {
            language: saying_of(page, _draft(page, by_language, parents).full).words
            for language, page in sources_then(sayings, known).items()
        }
        drafted.append((content_id, drafts, texts_now(sayings, known, earlier)))
    named = (draft.contents for _, drafts, _ in drafted for draft in drafts.values())
    programmes = programmes_among(frozenset().union(*named))
    return {
        (content_id, language): _finish(draft, texts, programmes)
        for content_id, drafts, texts in drafted
        for language, draft in drafts.items()
    }


def build_draft(page: BasePage) -> BuiltDocument:
    """Return the document that this version of a page would produce, whether it is published or not."""
    with shared_memory():
        remember_links_of([page])
        versions = language_versions_of([page.translation_key]).get(page.translation_key, {})
        texts = _stored_texts([page.translation_key]).get(page.translation_key, {})
        draft = _draft(page, versions, _Parents([page]))
        return _finish(draft, texts, programmes_among(draft.contents))


def _stored_texts(content_ids: Iterable[UUID]) -> dict[UUID, dict[str, PublicText]]:
    found: dict[UUID, dict[str, PublicText]] = {}
    for text in PublicText.objects.filter(content_id__in=list(content_ids)):
        found.setdefault(text.content_id, {})[text.locale] = text
    return found


def _specific(pages: list[Page]) -> list[Any]:
    """Return these pages as their specific types, with what all types show, in a few queries for any number."""
    found = Page.objects.filter(pk__in=[page.pk for page in pages]).specific()
    specific = [page for page in found if isinstance(page, BasePage)]
    locales = {page.locale_id: page.locale for page in pages}
    images = images_with_renditions(page.lead_image_id for page in specific)
    for page in specific:
        page.locale = locales[page.locale_id]
        page.lead_image = images.get(page.lead_image_id)
    return specific


class _Parents:
    """The parents of pages, fetched together."""

    def __init__(self, pages: Iterable[Page]) -> None:
        above = Page.objects.filter(path__in={_path_above(page) for page in pages}, depth__gt=1)
        self.contents: dict[str, UUID] = dict(above.values_list("path", "translation_key"))
        self.public: dict[str, Page] = {page.path: page for page in public_pages(above)}

    def document(self, page: Page, builder: DocumentBuilder) -> Json | None:
        """Return the link to the parent page, if it is public."""
        path = _path_above(page)
        if path in self.contents:
            builder.dependencies.add(("content", str(self.contents[path])))
        return builder.link(self.public[path]) if path in self.public else None


def _path_above(page: Page) -> str:
    return str(page.path[: -Page.steplen])


def _draft(page: Any, versions: Versions, parents: _Parents) -> _Draft:
    language = page.locale.language_code
    with translation.override(language):
        builder = DocumentBuilder(language)
        card = card_of(page, versions, builder)
        full = {
            **card,
            "body": page.body.stream_block.to_document(page.body, builder),
            "body_html": body_html(page),
            "parent": parents.document(page, builder),
            **page.document_detail(builder),
        }
    declared = declared_type(page.document_type)
    _compare(card, declared.card)
    _compare(full, declared.item)
    return _Draft(page, card, full, builder)


def _compare(document: Json, schema: type[BaseModel]) -> None:
    """Raise TypeError if a document's keys differ from the schema of its type."""
    differing = document.keys() ^ (schema.model_fields.keys() - ADDED_BY_ANSWERS)
    if differing:
        raise TypeError(f"{schema.__name__} and the page type that builds it differ in: {', '.join(sorted(differing))}")


def _finish(draft: _Draft, texts: Texts, programmes: frozenset[str]) -> BuiltDocument:
    page, card = draft.page, draft.card
    text = texts.get(page.locale.language_code)
    changed_at = text.changed_at if text else page.last_published_at
    for alternate in card["alternates"]:
        if alternate["locale"] in texts:
            alternate["content_updated_at"] = timestamp(texts[alternate["locale"]].changed_at)
    now = {
        "translation_status": _translation_status(page, text, texts),
        "content_updated_at": timestamp(changed_at),
    }
    return BuiltDocument(
        type=page.document_type,
        path_digest=path_digest(page.url),
        title=page.title,
        source_locale=page.source_language,
        published_at=published_at(page),
        content_updated_at=changed_at,
        expires_at=page.expire_at,
        page_number=page.pk,
        card=compact(card | now),
        full=compact(draft.full | now),
        card_picture=_card_picture(page),
        facets=frozenset(facets_of(page, card, published_at(page), programmes & draft.contents)),
        dependencies=frozenset(draft.builder.dependencies),
        text=text,
    )


def _card_picture(page: Any) -> str:
    """Return the picture as the site's own cards show it, or an empty string if there is none."""
    picture = card_picture_of(page.lead_image) if page.lead_image else None
    return compact(picture) if picture else ""


def _translation_status(page: Any, text: PublicText | None, texts: Texts) -> str:
    """Return source, current, or outdated if the source has changed since this translation was published."""
    if page.source_language == page.locale.language_code:
        return "source"
    return "outdated" if is_outdated(text, texts.get(page.source_language)) else "current"

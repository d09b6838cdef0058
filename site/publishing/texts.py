"""The text of a page itself: when it last changed, and whether a translation follows its source.

A document also contains data from elsewhere: addresses, other languages, names of topics, credits of pictures. When
that changes, the document changes, but the page's own text does not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from core.content_types.builder import DERIVED_PICTURES, LINK_TO_CONTENT, PICTURE_ITSELF, Json
from core.models import BasePage

from .models import PublicText

Key = tuple[UUID, str]
Texts = Mapping[str, PublicText]

# The keys of a document that are not the page's own text.
_FROM_ELSEWHERE = frozenset(
    {"alternates", "x_default", "translation_status", "published_at", "content_updated_at", "slug", "html_url",
     "api_url", "parent", "body_html", "role", "rights"}
)  # fmt: skip

_NOT_SAID = DERIVED_PICTURES | {"id"}


@dataclass(frozen=True)
class Saying:
    """Fingerprints (SHA-256) of the text of a public page. `said` covers everything that it says; `words` covers what
    a translation repeats in another language.
    """

    page: BasePage
    said: str
    words: str


def saying_of(page: BasePage, full: Json) -> Saying:
    """Return the fingerprints of a page; `full` is its full document."""
    said = {name: _own(value) for name, value in full.items() if name not in _FROM_ELSEWHERE}
    words = {name: _words(value) for name, value in said.items() if name not in page.shared_by_languages}
    return Saying(page, _fingerprint(said), _fingerprint(words))


def texts_now(sayings: Mapping[str, Saying], stored: Texts, earlier_words: Mapping[str, str]) -> dict[str, PublicText]:
    """Return the texts of one content by language: those of `stored` that are still true, and otherwise new ones
    without a primary key. `earlier_words` has what the source said when a translation without a stored text was
    published.
    """
    texts = {language: _text(saying, stored.get(language)) for language, saying in sayings.items()}
    for language, saying in sayings.items():
        source = saying.page.source_language
        if source != language:
            words = _words_translated(texts, stored, language, source) or earlier_words.get(language, "")
            texts[language] = _with(texts[language], source_words=words or _words_of(texts, stored, source))
    return texts


def is_outdated(text: PublicText | None, source: PublicText | None) -> bool:
    """Return whether the source has changed since this translation was last published."""
    return bool(text and source and text.source_words and text.source_words != source.words)


def last_changes(contents: QuerySet[Any]) -> dict[Key, datetime | None]:
    """Return when the text of each page of these contents, given as a query of their ids, last changed."""
    rows = PublicText.objects.filter(content_id__in=contents)
    return {
        (content_id, locale): moment
        for content_id, locale, moment in rows.values_list("content_id", "locale", "changed_at")
    }


def write_texts(texts: Iterable[PublicText]) -> None:
    """Store the texts that are not stored yet."""
    PublicText.objects.bulk_create(
        [text for text in texts if text.pk is None],
        update_conflicts=True,
        unique_fields=["content_id", "locale"],
        update_fields=[*_VALUES],
    )


def forget_texts(keys: set[Key]) -> None:
    """Delete the texts of deleted pages."""
    by_locale: dict[str, set[UUID]] = {}
    for content_id, locale in keys:
        by_locale.setdefault(locale, set()).add(content_id)
    for locale, content_ids in by_locale.items():
        PublicText.objects.filter(locale=locale, content_id__in=content_ids).delete()


_VALUES = ("said", "words", "changed_at", "published_at", "source_words")


def _text(saying: Saying, stored: PublicText | None) -> PublicText:
    page = saying.page
    published_at = page.last_published_at
    if stored is None:
        stored = PublicText(content_id=page.translation_key, locale=page.locale.language_code, changed_at=published_at)
    is_changed = stored.said != saying.said and stored.published_at != published_at
    return _with(
        stored,
        said=saying.said,
        words=saying.words,
        published_at=published_at,
        changed_at=published_at if is_changed else stored.changed_at,
    )


def _words_translated(texts: Texts, stored: Texts, language: str, source: str) -> str:
    """Return the words of the source that this translation is known to follow, or an empty string if nothing is known
    or the translation was published since.
    """
    before, source_before, source_now = stored.get(language), stored.get(source), texts.get(source)
    if before is None or before.published_at != texts[language].published_at:
        return ""
    is_same = source_before and source_now and source_before.published_at == source_now.published_at
    if is_same and source_before and source_before.words == before.source_words:
        return ""
    return before.source_words


def _words_of(texts: Texts, stored: Texts, language: str) -> str:
    """Return the words that the public could last read in a language."""
    text = texts.get(language) or stored.get(language)
    return text.words if text else ""


def _with(text: PublicText, **values: Any) -> PublicText:
    """Return the text itself if it already has these values, otherwise a new one that has them."""
    if all(getattr(text, name) == value for name, value in values.items()):
        return text
    kept = {name: getattr(text, name) for name in _VALUES}
    return PublicText(content_id=text.content_id, locale=text.locale, **(kept | values))


def _own(value: Any) -> Any:
    """Return a value without block ids, data derived from pictures, and the title and address of linked contents."""
    if isinstance(value, dict):
        if "api_url" in value:
            return value["content_id"]
        return {name: _own(item) for name, item in value.items() if name not in _NOT_SAID}
    if isinstance(value, list):
        return [_own(item) for item in value]
    return LINK_TO_CONTENT.sub(r"<a \1>", value) if isinstance(value, str) else value


def _words(value: Any) -> Any:
    """Return a value without pictures but with the words that accompany them."""
    if isinstance(value, dict):
        return {name: _words(item) for name, item in value.items() if name not in PICTURE_ITSELF}
    return [_words(item) for item in value] if isinstance(value, list) else value


def _fingerprint(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()

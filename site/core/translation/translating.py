"""Translate pages: from which text, into which languages, and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from core.languages.declared import language_name
from core.processing.unit_of_work import unit_of_work
from core.translation.localize_fixes import CarefulTranslationCreator, text_to_translate


@dataclass(frozen=True)
class Source:
    """The text that a translation starts from. `since`: when it was published, or saved as a draft."""

    is_draft: bool
    since: datetime | None


def published_source(page: Page) -> Source | None:
    return Source(False, page.last_published_at) if page.live else None


def draft_source(page: Page) -> Source | None:
    """Return the draft if it differs from what is published."""
    is_newer = page.has_unpublished_changes or not page.live
    return Source(True, page.latest_revision_created_at) if is_newer else None


def source_of(page: Page, *, prefer_draft: bool) -> Source:
    """Return the text that `translate` uses for this page."""
    _, is_draft = text_to_translate(page, prefer_draft=prefer_draft)
    return Source(is_draft, page.latest_revision_created_at if is_draft else page.last_published_at)


def translate(
    page: Page, locales: Iterable[Locale], *, user: Any, prefer_draft: bool, with_pages_below: bool, components: Any
) -> None:
    """Make drafts in these languages, from the published text, or from the newest draft if there is none or
    `prefer_draft` is set. Languages that a page already has are left alone.
    """
    with unit_of_work():
        creator = CarefulTranslationCreator(user, list(locales), prefer_draft=prefer_draft)
        creator.create_translations(page)
        for below in page.get_descendants().order_by("path") if with_pages_below else ():
            creator.create_translations(below)
        components.save(creator, sources_and_translations=creator.mappings)


def refusals(user: Any, page: Page, locales: Iterable[Locale], *, with_pages_below: bool = False) -> list[str]:
    """Return why this user may not make these translations: a sentence for each place where they may not add pages."""
    return [
        _("You may not add pages in %(language)s below “%(place)s”. Ask somebody who may to translate “%(page)s”.")
        % {"language": language_name(locale.language_code), "place": place, "page": page.get_admin_display_title()}
        for locale in locales
        for place in _refused_places(user, page, locale, with_pages_below)
    ]


def may_translate(user: Any, page: Page) -> bool:
    """Return whether this user may translate the page into some language, and so may read its drafts."""
    if not user.has_perm("wagtail_localize.submit_translation"):
        return False
    for translation in page.get_translations().filter(alias_of=None):
        if translation.permissions_for_user(user).can_edit():
            return True
    locales = Locale.objects.exclude(pk=page.locale_id)
    return any(not _refused_places(user, page, locale, with_pages_below=False) for locale in _lacking(page, locales))


def _lacking(page: Page, locales: Iterable[Locale]) -> list[Locale]:
    existing = set(page.get_translations(inclusive=True).filter(alias_of=None).values_list("locale_id", flat=True))
    return [locale for locale in locales if locale.pk not in existing]


def _refused_places(user: Any, page: Page, locale: Locale, with_pages_below: bool) -> list[str]:
    places = _places(page, locale, with_pages_below)
    refused = [place for place in places if not place.permissions_for_user(user).can_add_subpage()]
    return [place.get_admin_display_title() for place in refused]


def _places(page: Page, locale: Locale, with_pages_below: bool) -> list[Page]:
    """Return the pages below which translations would be made, and aliases for missing pages between."""
    pages = list(page.get_descendants(inclusive=True).order_by("path")) if with_pages_below else [page]
    by_path = {item.path: item for item in [*page.get_ancestors(), *pages]}
    keys = {item.translation_key for item in by_path.values()}
    found = Page.objects.filter(translation_key__in=keys, locale=locale, depth__gt=1)
    existing = {item.translation_key: item for item in found}
    places = {}
    for item in pages:
        translation = existing.get(item.translation_key)
        if translation is None or translation.alias_of_id:
            place = _place(item, by_path, existing)
            places[place.pk] = place
    return list(places.values())


def _place(page: Page, by_path: dict[str, Page], existing: dict[Any, Page]) -> Page:
    """Return the translation of the nearest page above that has one; otherwise the root."""
    path = page.path[: -page.steplen]
    while len(path) > page.steplen and by_path[path].translation_key not in existing:
        path = path[: -page.steplen]
    above = by_path[path]
    return above if above.depth == 1 else existing[above.translation_key]

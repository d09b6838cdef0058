"""Fixes for wagtail-localize 1.14, which would otherwise lose what an editor wrote.

Each fix says when to delete it.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils.text import slugify
from wagtail.models import Page
from wagtail_localize import models as localize_models
from wagtail_localize import operations

# The slug of a translation is built with a `slugify` that drops every letter but Latin ones, so an Arabic page would
# get an empty slug. Delete when wagtail-localize honours WAGTAIL_ALLOW_UNICODE_SLUGS.
localize_models.slugify = partial(slugify, allow_unicode=True)


def text_to_translate(page: Page, *, prefer_draft: bool) -> tuple[Any, bool]:
    """Return the published page, or its newest draft if it is not live or if `prefer_draft` is set; and whether it is
    the draft.
    """
    is_draft = not page.live or (prefer_draft and page.has_unpublished_changes)
    return (page.get_latest_revision_as_object() if is_draft else page.specific), is_draft


class CarefulTranslationCreator(operations.TranslationCreator):
    """Creates missing translations from the current text.

    "Translate with the pages below" also processes pages that are already translated: wagtail-localize overwrites them
    with the source's text, published ones included. For a second language it translates the text that it stored when it
    created the first, whatever was corrected since. Delete this class when it leaves existing translations alone and
    reads the source again.
    """

    target_locales: Any

    def __init__(self, user: Any, target_locales: Any, *, prefer_draft: bool = False) -> None:
        super().__init__(user, target_locales)
        self.prefer_draft = prefer_draft

    def create_translations(self, instance: Any, include_related_objects: bool = True) -> None:
        wanted = self.target_locales
        if isinstance(instance, Page):
            versions = Page.objects.filter(translation_key=instance.translation_key, alias_of=None)
            existing = set(versions.values_list("locale_id", flat=True))
            self.target_locales = [locale for locale in wanted if locale.pk not in existing]
            instance, _ = text_to_translate(instance, prefer_draft=self.prefer_draft)
        if self.target_locales:
            localize_models.TranslationSource.update_or_create_from_instance(instance)
            super().create_translations(instance, include_related_objects)
        self.target_locales = wanted


operations.TranslationCreator = CarefulTranslationCreator

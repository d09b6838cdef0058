"""Where wagtail-localize 1.14 would lose what an editor wrote.

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


class CarefulTranslationCreator(operations.TranslationCreator):
    """Makes translations where there are none.

    "Translate with the pages below" also takes pages that are translated already: wagtail-localize writes the source's
    text over them, published ones included. Delete when it leaves existing translations alone.
    """

    target_locales: Any

    def create_translations(self, instance: Any, include_related_objects: bool = True) -> None:
        wanted = self.target_locales
        if isinstance(instance, Page):
            versions = Page.objects.filter(translation_key=instance.translation_key, alias_of=None)
            existing = set(versions.values_list("locale_id", flat=True))
            self.target_locales = [locale for locale in wanted if locale.pk not in existing]
        super().create_translations(instance, include_related_objects)
        self.target_locales = wanted


operations.TranslationCreator = CarefulTranslationCreator

"""Give a language that is new to the site a tree of its own to write in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection

from core.languages.declared import LANGUAGE_CODES


def plant_missing_trees(**_kwargs: Any) -> None:
    """Create the locale and a home page, not published yet, of each declared language that has none."""
    from wagtail.models import Locale

    from home.models import HomePage

    if HomePage._meta.db_table not in connection.introspection.table_names():
        return
    present = set(HomePage.objects.values_list("locale__language_code", flat=True))
    missing = [language for language in LANGUAGE_CODES if language not in present]
    if not missing or settings.LANGUAGE_CODE not in present:
        return
    source = HomePage.objects.get(locale__language_code=settings.LANGUAGE_CODE, alias_of=None)
    for language in missing:
        source.copy_for_translation(Locale.objects.get_or_create(language_code=language)[0])

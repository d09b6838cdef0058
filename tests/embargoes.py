"""A content in three languages that is not out yet, and the clock of the office."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Locale, Page

from core.embargo import set_embargo
from press.models import PressReleasePage
from tests.factories import LANGUAGES, make_page, words


def in_hours(number: float) -> datetime:
    """A full minute, so many hours from now."""
    return (timezone.now() + timedelta(hours=number)).replace(second=0, microsecond=0)


def drafts(model: type[Page] = PressReleasePage, **fields: Any) -> dict[str, Any]:
    """A content that is a draft in each language, by language."""
    first = make_page(model, "ar", live=False, title=words("ar"), **fields)
    pages = {"ar": first}
    for language in set(LANGUAGES) - {"ar"}:
        page = first.copy_for_translation(Locale.objects.get(language_code=language))
        page.title = words(language)
        page.slug = slugify(page.title)
        page.save_revision()
        page.save()
        pages[language] = page
    return {language: model.objects.get(pk=page.pk) for language, page in pages.items()}


def scheduled(until: datetime, **fields: Any) -> dict[str, Any]:
    """Drafts in three languages under embargo, all of them published by an editor, and so waiting."""
    pages = drafts(**fields)
    set_embargo(pages["ar"].translation_key, until)
    for page in pages.values():
        page.get_latest_revision().publish()
    return again(pages)


def again(pages: dict[str, Any]) -> dict[str, Any]:
    """The pages as they are stored now."""
    return {language: type(page).objects.get(pk=page.pk) for language, page in pages.items()}


def live_in(pages: dict[str, Any]) -> set[str]:
    return {language for language, page in again(pages).items() if page.live}


def it_is(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Move the clock to a moment, at which the worker does what is due."""
    monkeypatch.setattr(timezone, "now", lambda: moment)
    call_command("publish_scheduled")

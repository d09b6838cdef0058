"""Unpublished contents in three languages, for tests of embargoes, and control of the clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Locale, Page

from core.embargo import set_embargo
from press.releases.page import PressReleasePage
from tests.factories import LANGUAGES, make_page, words


def in_hours(number: float) -> datetime:
    """Return the moment this number of hours from now, rounded down to a full minute."""
    return (timezone.now() + timedelta(hours=number)).replace(second=0, microsecond=0)


def drafts(model: type[Page] = PressReleasePage, **fields: Any) -> dict[str, Any]:
    """Create a content that is a draft in every language; return its pages by language."""
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
    """Create drafts in three languages under embargo that an editor has published, so they wait for its end."""
    pages = drafts(**fields)
    set_embargo(pages["ar"].translation_key, until)
    for page in pages.values():
        page.get_latest_revision().publish()
    return again(pages)


def again(pages: dict[str, Any]) -> dict[str, Any]:
    """Reload the pages from the database."""
    return {language: type(page).objects.get(pk=page.pk) for language, page in pages.items()}


def live_in(pages: dict[str, Any]) -> set[str]:
    return {language for language, page in again(pages).items() if page.live}


def it_is(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Set the clock to a moment, and publish what is scheduled for it."""
    monkeypatch.setattr(timezone, "now", lambda: moment)
    call_command("publish_scheduled")

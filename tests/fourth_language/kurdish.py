"""Pages in Central Kurdish, made by translating those of the sample content, and a catalogue in its letters."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.core.management import call_command
from wagtail.models import Locale, Page

from home.models import HomePage

CODE = "ckb"
TITLE = "کۆچبەران لە هەولێر"
SUMMARY = "پشتگیری بۆ ئەو کەسانەی پێویستیان پێیەتی."
TEXT = "ئەم دەقە بە کوردی نووسراوە و ژمارەی ٣٤ ملیۆن تێیدایە."
# Fields of sample pages that hold text of their language, and what they are in Kurdish.
_TEXTS = {"summary": SUMMARY, "lead_image_alt": TITLE, "lead_image_caption": "", "place": "هەولێر", "organizer": TITLE}
_PLACEHOLDER = re.compile(r"%\(\w+\)s|%\w|\{\w*\}|<[^>]+>|&\w+;|\n")
# The sample pages of these types stay untranslated, each the last of its type.
LEFT_OUT = ("newspage", "publicationpage")


def translate_site() -> list[Page]:
    """Translate and publish the English sample pages; return those that stay untranslated."""
    call_command("migrate", verbosity=0)
    locale = Locale.objects.get(language_code=CODE)
    english = Page.objects.filter(locale__language_code="en", depth__gt=1).live().order_by("depth", "path").specific()
    left_out = {page._meta.model_name: page for page in english if page._meta.model_name in LEFT_OUT}
    for page in english:
        if left_out.get(page._meta.model_name) != page:
            _publish(_translated(page, locale))
    return list(left_out.values())


def _translated(page: Page, locale: Locale) -> Any:
    if isinstance(page, HomePage):
        return HomePage.objects.get(locale=locale)
    return page.copy_for_translation(locale)


def _publish(page: Any) -> None:
    page.title = f"{TITLE} {page.pk}"
    page.seo_title = page.search_description = ""
    for name, text in _TEXTS.items():
        if getattr(page, name, ""):
            setattr(page, name, text)
    page.body = [("rich_text", f"<p>{TEXT}</p>")]
    for name in ("corrections", "contacts", "authors", "files", "pictures", "downloads"):
        if hasattr(page, name):
            setattr(page, name, [])
    page.save_revision(clean=False).publish()


def write_catalogue(source: Path, folder: Path) -> None:
    """Write a catalogue that has every message of another one in Kurdish letters, so that whatever is left in Latin
    letters was not translated.
    """
    with source.open("rb") as file:
        catalogue = read_po(file, locale="ckb")
    for message in catalogue:
        if message.id:
            ids = (message.id,) if isinstance(message.id, str) else message.id
            texts = tuple(_in_kurdish_letters(each) for each in ids)
            message.string = texts[0] if isinstance(message.id, str) else texts
    target = folder / CODE / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, catalogue)


def _in_kurdish_letters(text: str) -> str:
    """Return as many words as a text has, with its placeholders."""
    kept = _PLACEHOLDER.findall(text)
    words = " ".join("وشە" for _ in _PLACEHOLDER.sub(" ", text).split())
    return " ".join([words, *kept]) if kept else words

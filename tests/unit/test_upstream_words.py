"""Every admin text marked for translation upstream has an Arabic and a French translation, upstream's or ours."""

from __future__ import annotations

import gettext as upstream
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.utils.translation import gettext, override, trans_real

from accounts.upstream_words import MISSING, PLURALS, WRONG
from core.languages.declared import LANGUAGE_CODES

OTHERS = [code for code in LANGUAGE_CODES if code != "en"]
ARABIC = re.compile("[ء-ي]")
# Texts in scripts have separate catalogues, into which ours is merged.
DOMAINS = ("django", "djangojs")


def folders() -> list[Path]:
    """Return the catalogue folders of the installed apps that are not ours."""
    found = [Path(app.path) / "locale" for app in apps.get_app_configs()]
    return [folder for folder in found if "site-packages" in folder.parts and folder.is_dir()]


def has_words(text: str) -> bool:
    """Return whether a text contains words and not only placeholders."""
    return bool(re.search("[A-Za-z]{2}", re.sub(r"%\(\w+\)s|\{\w*\}", "", text)))


def marked(folder: Path, domain: str) -> Iterator[str | tuple[str, int]]:
    """Yield the catalogue keys of texts that upstream has marked for translation, except those without words."""
    path = folder / "en/LC_MESSAGES" / f"{domain}.po"
    if not path.exists():
        return
    with path.open("rb") as file:
        for message in read_po(file):
            is_plural = isinstance(message.id, tuple)
            text = str(message.id[0] if is_plural else message.id)
            if has_words(text):
                key = f"{message.context}\x04{text}" if message.context else text
                yield (key, 1) if is_plural else key


def translated(language: str, folder: Path, domain: str) -> dict[str | tuple[str, int], str]:
    """Return the text that the admin shows for each key."""
    folders = None if domain == "django" else [str(folder)]
    catalogue: Any = trans_real.DjangoTranslation(language, domain=domain, localedirs=folders)
    keys = list(marked(folder, domain))
    with_numbers = {key: (key[0], catalogue.plural(1)) if isinstance(key, tuple) else key for key in keys}
    shown = {key: catalogue._catalog.get(wanted) for key, wanted in with_numbers.items()}
    return {key: text or "" for key, text in shown.items()}


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", OTHERS)
def test_whatever_upstream_marks_has_a_translation(language: str, domain: str) -> None:
    lacking = [
        key
        for folder in folders()
        for key, text in translated(language, folder, domain).items()
        if not text or (language == "ar" and has_words(text) and not ARABIC.search(text))
    ]
    assert lacking == []


def test_enough_words_are_looked_at() -> None:
    words = [len(list(marked(folder, domain))) for folder in folders() for domain in DOMAINS]
    assert sum(words) > 1500


@pytest.mark.parametrize("word", MISSING)
def test_word_of_ours_is_in_no_catalogue_of_upstreams(word: str) -> None:
    """If this fails for a word, delete it from the list."""
    found = []
    for language in OTHERS:
        catalogues = [upstream.translation("django", str(folder), [language], fallback=True) for folder in folders()]
        found.append(any(catalogue.gettext(word) != word for catalogue in catalogues))
    assert not all(found)


@pytest.mark.parametrize("word", [*MISSING, *WRONG])
def test_word_that_upstream_lacks_is_in_our_catalogues(word: str) -> None:
    with override("ar"):
        assert ARABIC.search(gettext(word))
    with override("en"):
        assert gettext(word) == word


def test_plurals_of_upstream_are_arabic() -> None:
    with override("ar"):
        assert all(ARABIC.search(str(word % {"counter": 1, "min_length": 1})) for word in PLURALS)

"""Languages, formats and time. Nothing else in the code names a language: how to add one is in docs/code.md."""

from collections.abc import Iterable
from typing import Any

from django.conf import global_settings
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from config.services import BASE_DIR
from core.languages.language import Language

# The order of the language bar: Arabic, English, French (UN minimum standards for multilingual websites, rule 3).
SITE_LANGUAGES: tuple[Language, ...] = (
    Language(
        code="ar",
        name=_("Arabic"),
        native_name="العربية",
        direction="rtl",
        script="Arab",
        # Western digits: CLDR has them for ar, not for ar_EG.
        cldr="ar",
        open_graph="ar_AR",
        analysis="ar",
        quotation_marks=("«", "»"),
    ),
    Language(
        code="en",
        name=_("English"),
        native_name="English",
        direction="ltr",
        script="Latn",
        # The United Nations write the day first.
        cldr="en_GB",
        open_graph="en_GB",
        analysis="en",
    ),
    Language(
        code="fr",
        name=_("French"),
        native_name="Français",
        direction="ltr",
        script="Latn",
        open_graph="fr_FR",
        analysis="fr",
        # As in CLDR, with a narrow no-break space inside.
        quotation_marks=("«\u202f", "\u202f»"),
        first_of_month="1er",
    ),
)


def choices_of(languages: Iterable[Language]) -> list[tuple[str, Any]]:
    """Return (code, name in the reader's language), as Django and Wagtail list languages."""
    return [(language.code, language.name) for language in languages]


def native_choices_of(languages: Iterable[Language]) -> list[tuple[str, str]]:
    return [(language.code, language.native_name) for language in languages]


def right_to_left_of(languages: Iterable[Language]) -> list[str]:
    """Return all codes whose text runs from right to left: Django's, and those of the declared languages."""
    declared = (language.code for language in languages if language.direction == "rtl")
    return sorted({*global_settings.LANGUAGES_BIDI, *declared})


def make_known_to_django(languages: Iterable[Language]) -> None:
    """Register the languages that Django does not know, so that its own functions can name them."""
    for language in languages:
        LANG_INFO.setdefault(
            language.code,
            {
                "bidi": language.direction == "rtl",
                "code": language.code,
                "name": language.name,
                "name_local": language.native_name,
            },
        )


make_known_to_django(SITE_LANGUAGES)
LANGUAGES = choices_of(SITE_LANGUAGES)
LANGUAGES_BIDI = right_to_left_of(SITE_LANGUAGES)
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = native_choices_of(SITE_LANGUAGES)
# Used if neither the address nor the visitor's preferences name another.
LANGUAGE_CODE = "en"
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [BASE_DIR / "locale"]

TIME_ZONE = "Africa/Cairo"
USE_TZ = True

WAGTAIL_ALLOW_UNICODE_SLUGS = True
# A translation is a draft until somebody publishes it, whatever the state of its source. It is a page of its own,
# edited like any other (docs/decisions/0005-one-way-to-translate.md).
WAGTAIL_LOCALIZE_DEFAULT_TRANSLATION_MODE = "simple"
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

"""The settings of the tests, with Central Kurdish declared: all that a new language takes."""

import tempfile
from pathlib import Path

from config.settings.languages import choices_of, make_known_to_django, native_choices_of, right_to_left_of
from config.settings.test import *
from config.settings.test import SITE_LANGUAGES as SHIPPED
from core.languages.language import Language

SITE_LANGUAGES = (
    *SHIPPED,
    Language(
        code="ckb",
        name="Central Kurdish",
        native_name="کوردیی ناوەندی",
        direction="rtl",
        script="Arab",
        is_being_introduced=True,
    ),
)
make_known_to_django(SITE_LANGUAGES)
LANGUAGES = choices_of(SITE_LANGUAGES)
LANGUAGES_BIDI = right_to_left_of(SITE_LANGUAGES)
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = native_choices_of(SITE_LANGUAGES)
STYLE_SHEET_FOLDER = Path(tempfile.mkdtemp(prefix="website-test-styles-"))

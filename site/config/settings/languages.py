"""Languages, formats and time."""

from django.utils.translation import gettext_lazy as _

from config.environment import BASE_DIR

# The order of the language bar: Arabic, English, French (UN minimum standards for multilingual websites, rule 3).
LANGUAGES = [("ar", _("Arabic")), ("en", _("English")), ("fr", _("French"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = [("ar", "العربية"), ("en", "English"), ("fr", "Français")]
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

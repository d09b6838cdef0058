"""Settings that apply everywhere. What differs between installations comes from `config.environment`."""

from config.environment import BASE_DIR, environment

from .cms import *
from .languages import *
from .security import *

ENVIRONMENT = environment()

BASE_URL = ENVIRONMENT.base_url
CHANGE_FEED_EPOCH = ENVIRONMENT.change_feed_epoch
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

INSTALLED_APPS = [
    "core",
    "api",
    "publishing",
    "accounts",
    "mailing",
    "bundles",
    "home",
    "events",
    "news",
    "research",
    "press",
    "search",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "core.web.compression.CompressionMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "api.middleware.ApiMiddleware",
    "core.middleware.TextSanityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.LanguageMiddleware",
    "core.middleware.FormSizeMiddleware",
    "core.pictures.save_data.SaveDataMiddleware",
    "django.middleware.common.CommonMiddleware",
    "core.web.indentation.IndentationMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "press.desk.signed_out.KeepTypedMiddleware",
    "core.middleware.UnitOfWorkMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "publishing.progress.LargeChangeMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.pages.redirect_middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.office",
            ],
            "builtins": ["core.templatetags.site_tags"],
        },
    }
]

DATABASES = {"default": ENVIRONMENT.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
globals().update(ENVIRONMENT.email())
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.email_sender

# The first key encrypts personal data in the database; all keys decrypt it (core.security.encryption).
ENCRYPTION_KEYS = ENVIRONMENT.encryption_keys
INQUIRY_RETENTION_DAYS = ENVIRONMENT.inquiry_retention_days
INQUIRY_PROOF_OF_WORK = ENVIRONMENT.inquiry_proof_of_work

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.static_folder
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "core.design.stylesheet.StyleSheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
# Where the style sheets built from the files of static/css/site are written.
STYLE_SHEET_FOLDER = ENVIRONMENT.data_folder / "style-sheet"
MEDIA_URL = "/media/"
MEDIA_ROOT = ENVIRONMENT.data_folder / "media"
STORAGES = {
    "default": {"BACKEND": "core.files.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Who sends uploaded files, once the application has authorised it (core.files.downloads).
FILES_SENT_BY = ENVIRONMENT.files_sent_by
# Whether bundles that only demonstrate the software may be loaded.
SAMPLE_CONTENT = False
# Whether /en/components/ shows every component of the design; for development.
SHOW_COMPONENTS = False

# Empty: search in the database.
ELASTICSEARCH_URL = ENVIRONMENT.elasticsearch_url
SEARCH_INDEX_PREFIX = ENVIRONMENT.search_index_prefix

WEBHOOK_ALLOW_LOOPBACK = ENVIRONMENT.webhook_allow_loopback

# How many API requests a partner may make per minute, without a key and with one.
API_REQUESTS_PER_MINUTE = {"anonymous": 600, "key": 6000}
# Whether our own proxy states whom a request comes from.
TRUST_PROXY = ENVIRONMENT.trust_proxy

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": ENVIRONMENT.log_level},
    "loggers": {
        # What editors do is in the site's own history, not in the log.
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "elastic_transport": {"level": "ERROR"},
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}

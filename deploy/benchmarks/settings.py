"""The settings of the tests, with Wagtail's own API v2 added; connections stay open, as in production."""

import os

from config.services import BASE_DIR
from config.settings.test import *
from config.settings.test import DATABASES, INSTALLED_APPS, TEMPLATES, WAGTAILSEARCH_BACKENDS

ROOT_URLCONF = "deploy.benchmarks.urls"
INSTALLED_APPS = [*INSTALLED_APPS, "wagtail.api.v2", "rest_framework"]
DATABASES["default"]["CONN_MAX_AGE"] = 600
if "postgresql" in str(DATABASES["default"]["ENGINE"]):
    DATABASES["default"]["NAME"] = "website_benchmark"
# As in production: static files are looked up once, at the start.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = False
# The benchmark sends more requests than a client may; they are still counted.
API_REQUESTS_PER_MINUTE = {"anonymous": 10**9, "key": 10**9}
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "WARNING"}}
TEMPLATES[0]["DIRS"] += [BASE_DIR / "deploy" / "benchmarks" / "templates"]  # type: ignore[operator]
if os.environ.get("ELASTICSEARCH_URL"):
    WAGTAILSEARCH_BACKENDS["stock"] = {
        "BACKEND": "wagtail.search.backends.elasticsearch9",
        "URLS": [os.environ["ELASTICSEARCH_URL"]],
        "INDEX_PREFIX": "benchmark_stock_",
        "AUTO_UPDATE": False,
    }

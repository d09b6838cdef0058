"""The settings of the tests, with Wagtail's own search backends, unmodified, instead of the project's."""

import os

from config.settings.test import *
from config.settings.test import DATABASES, SEARCH_INDEX_PREFIX

if "DATABASE_URL" in os.environ:
    DATABASES["default"]["NAME"] = "website_relevance"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
if os.environ.get("ELASTICSEARCH_URL"):
    WAGTAILSEARCH_BACKENDS["elasticsearch"] = {
        "BACKEND": "wagtail.search.backends.elasticsearch9",
        "URLS": [os.environ["ELASTICSEARCH_URL"]],
        "INDEX_PREFIX": f"stock_{SEARCH_INDEX_PREFIX}_",
        "AUTO_UPDATE": False,
    }
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "WARNING"}}

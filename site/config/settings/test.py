"""Tests: fast hashes, mail in memory, files in a temporary folder."""

import base64
import os
import tempfile
from pathlib import Path

from config import services

from .base import *
from .base import ENVIRONMENT

SECRET_KEY = "tests only, never anything else: 0123456789 0123456789"
ENCRYPTION_KEYS = [base64.urlsafe_b64encode(b"tests only, never anything else!").decode()]
DEBUG = False
BASE_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = BASE_URL
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DATABASES = {"default": services.database(ENVIRONMENT.database_url)}
if "DATABASE_URL" not in os.environ:
    DATABASES["default"]["NAME"] = ":memory:"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Processes that a test starts have its files. What all processes write meanwhile is no uploaded file.
FOLDER_OF_TESTS = Path(os.environ.get("FOLDER_OF_TESTS") or tempfile.mkdtemp(prefix="website-test-"))
MEDIA_ROOT = FOLDER_OF_TESTS / "media"
MEDIA_ROOT.mkdir(exist_ok=True)
TURNSTILE_FILE = FOLDER_OF_TESTS / "signing-in.lock"
COUNTS_FILE = FOLDER_OF_TESTS / "counts.sqlite3"
# Servers that tests start keep pages only where a test asks for it.
PAGE_CACHE_MEGABYTES = ENVIRONMENT.page_cache_megabytes if "PAGE_CACHE_MEGABYTES" in os.environ else 0
SAMPLE_CONTENT = True
STORAGES = {
    "default": {"BACKEND": "core.files.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]  # noqa: F405
# Tests send requests faster than any partner may; those of the quota set their own limits.
API_REQUESTS_PER_MINUTE = {"anonymous": 1_000_000, "key": 10_000_000}

"""A development machine: works with no variable set, listens on loopback, and connects to nothing outside."""

import base64
import secrets
from collections.abc import Callable
from functools import partial

from .base import *
from .base import ENVIRONMENT

DEBUG = ENVIRONMENT.debug


def _kept_secret(name: str, make: Callable[[], str]) -> str:
    """Return a secret that is made on the first start and kept next to the data, so that sessions and data survive a
    restart.
    """
    path = ENVIRONMENT.data_folder / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(make())
    return path.read_text()


SECRET_KEY = ENVIRONMENT.secret_key or _kept_secret("secret-key", partial(secrets.token_urlsafe, 64))
ENCRYPTION_KEYS = ENVIRONMENT.encryption_keys or [
    _kept_secret("encryption-key", lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
]
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts or ["127.0.0.1", "localhost", "[::1]"]
SAMPLE_CONTENT = True
SHOW_COMPONENTS = True
STORAGES = {
    "default": {"BACKEND": "core.files.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
